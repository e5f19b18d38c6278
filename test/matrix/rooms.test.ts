import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, cardShows, command, eventually, open, press } from '../conformance/acts.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import { messagesIn } from '../conformance/matrix-shown.ts';
import type { User } from '../conformance/user.ts';
import type { Client } from '../synapse/client.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openTogether, type World } from '../together/world.ts';

onSynapse('rooms of Matrix', (synapse) => {
  let platform: MatrixPlatform;
  let world: World;
  let ada: User;
  let bo: User;
  beforeAll(async () => {
    platform = matrixPlatform(synapse);
    world = await openTogether([platform]);
    [ada, bo] = await Promise.all([world.user(0, 'ada'), world.user(0, 'bo')]);
  });
  afterAll(() => world?.close());

  const at = (handle: string): Client => {
    const client = platform.world().people.get(handle);
    if (client === undefined) throw new Error(`there is no ${handle}`);
    return client;
  };
  const bot = () => platform.world().bot.userId;
  const room = (name: 'helpdesk' | 'noc' | 'lobby') => platform.world().rooms.get(name) ?? '';
  const botIsIn = (client: Client, id: string) =>
    client.until(() => client.state(id, 'm.room.member', bot())?.['membership'] === 'join');

  /** What Docket has said in a room. */
  const said = (client: Client, id: string): string =>
    client
      .timeline(id)
      .filter(({ sender, type }) => sender === bot() && type === 'm.room.message')
      .map(({ content }) => String(content['body']))
      .join('\n');

  /** A room with Docket in it. */
  async function roomOfAdaAndSue(name: string): Promise<string> {
    const id = await at('ada').createRoom({ name, invite: [bot()] });
    await botIsIn(at('ada'), id);
    await at('ada').invite(id, at('sue').userId);
    await at('sue').join(id);
    return id;
  }

  /** Sue makes a room that she is in a feed of noc. */
  async function feed(id: string): Promise<void> {
    const sue = await world.user(0, 'sue');
    const asked = await at('sue').say(id, '!ticket feed noc here');
    await answer(sue, () => platform.wire().heard(asked));
  }

  /** What is to be told in a room waits, and the administrators have been told why. */
  async function isParked(id: string): Promise<void> {
    const parked = () => world.docket.store.pool.query(`select reason from parked where key like $1`, [`%${id}%`]);
    await expect.poll(async () => (await parked()).rows).toHaveLength(1);
  }

  test('what was said before Docket was invited is none of its business', async () => {
    const id = await at('ada').createRoom({ name: 'new here' });
    await at('ada').say(id, '!ticket new in noc From before');
    await at('ada').invite(id, bot());
    await botIsIn(at('ada'), id);
    const after = await at('ada').say(id, '!ticket new in noc From after');
    await platform.wire().heard(after);
    await world.quiet();
    const subjects = (await ada.cards('noc')).map(({ card }) => card?.subject);
    expect(subjects).toContain('From after');
    expect(subjects).not.toContain('From before');
  });

  test('an invitation is that of its sender, whatever the inviting server tells of the room', async () => {
    const id = await at('rob').createRoom({ name: 'forged' });
    const member = { type: 'm.room.member', state_key: bot(), content: { membership: 'invite' } };
    platform.wire().change((told) => {
      const rooms = told['rooms'] as { invite?: Record<string, { invite_state: { events: unknown[] } }> } | undefined;
      if (rooms?.invite?.[id] !== undefined) {
        rooms.invite[id].invite_state.events = [
          { ...member, sender: at('admin').userId },
          { ...member, sender: '@mallory:evil.example' },
        ];
      }
      return told;
    });
    await at('rob').invite(id, bot());
    await at('rob').until(() => at('rob').state(id, 'm.room.member', bot())?.['membership'] === 'leave');
    platform.wire().change(null);
    const own = at('rob')
      .timeline(id)
      .filter(({ state_key }) => state_key === bot());
    expect(own.map(({ content }) => content['membership'])).toEqual(['invite', 'leave']);
  });

  test('a direct conversation that Docket declines is not one of its own', async () => {
    const member = { type: 'm.room.member', state_key: bot(), sender: '@mallory:evil.example' };
    const invitation = { ...member, content: { membership: 'invite', is_direct: true } };
    platform.wire().change((told) => {
      const rooms = told['rooms'] as { invite?: Record<string, { invite_state: { events: unknown[] } }> } | undefined;
      for (const room of Object.values(rooms?.invite ?? {})) room.invite_state.events = [invitation];
      return told;
    });
    const id = await at('rob').createRoom({ is_direct: true, invite: [bot()] });
    await at('rob').until(() => at('rob').state(id, 'm.room.member', bot())?.['membership'] === 'leave');
    platform.wire().change(null);
    await platform.wire().heard(await at('rob').say(room('lobby'), 'Docket has heard it all'));
    const path = `/v3/user/${encodeURIComponent(bot())}/account_data/m.direct`;
    expect(await platform.world().bot.call('GET', path)).not.toHaveProperty(['@mallory:evil.example']);
  });

  test('a room that cannot be entered for long holds up nobody else, and is entered when it can be', async () => {
    const id = await at('rob').createRoom({ name: 'its server is away' });
    const away = '{"errcode":"M_UNKNOWN","error":"Failed to make_join via any server"}';
    platform.wire().instead({ path: new RegExp(`/rooms/${id}/join`), status: 502, body: away });
    await at('rob').invite(id, bot());
    await at('ada').say(room('noc'), '#new in noc Heard all the same');
    await at('ada').until(() => said(at('ada'), room('noc')).includes('Heard all the same'));
    platform.wire().instead(null);
    await botIsIn(at('rob'), id);
  });

  test('a direct conversation in which a third one reads along is told nothing that is for one alone', async () => {
    const id = await at('bo').createRoom({ preset: 'trusted_private_chat', is_direct: true, invite: [bot()] });
    await botIsIn(at('bo'), id);
    await at('bo').invite(id, at('rita').userId);
    await at('rita').join(id);
    const asked = await at('bo').say(id, '!ticket mine');
    await answer(bo, () => platform.wire().heard(asked));
    expect(said(at('bo'), id)).toBe('');
  });

  test('where Docket is removed, what is to be told waits, and is told when it is invited again', async () => {
    const id = await roomOfAdaAndSue('on call');
    await feed(id);
    await at('ada').kick(id, bot());
    await open(ada, 'in noc While Docket is away');
    await isParked(id);
    await at('ada').invite(id, bot());
    await at('ada').until(() => said(at('ada'), id).includes('While Docket is away'));
  });

  test('where Docket may not write, what is to be told waits, and is told as soon as it may', async () => {
    const id = await at('sue').createRoom({ name: 'read only', invite: [bot()] });
    await botIsIn(at('sue'), id);
    await feed(id);
    const power = at('sue').state(id, 'm.room.power_levels');
    await at('sue').setState(id, 'm.room.power_levels', { ...power, events_default: 50 });
    await open(ada, 'in noc While Docket is mute');
    await isParked(id);
    await at('sue').setState(id, 'm.room.power_levels', { ...power });
    await at('sue').until(() => said(at('sue'), id).includes('While Docket is mute'));
  });

  test('the reactions below a card follow its status', async () => {
    const ticket = await open(ada, 'in noc Watch my reactions');
    const card = await cardShows(ada, 'noc', ticket, {});
    const signs = () =>
      messagesIn(at('ada').timeline(room('noc')))
        .find(({ event }) => event.event_id === card.id)
        ?.reactions.filter(({ by }) => by === bot())
        .map(({ sign }) => sign);
    await eventually(ada, () => expect(signs()).toEqual(['✋', '💬', '📝', '⏸️', '✅']));
    await press(ada, 'noc', ticket, 'Resolve');
    await eventually(ada, () => expect(signs()).toEqual(['💬', '📝', '🔄']));
    await press(ada, 'noc', ticket, 'Reopen');
    await eventually(ada, () => expect(signs()).toEqual(['💬', '📝', '✋', '⏸️', '✅']));
  });

  test('a card from before its room was encrypted is pressed as it reads by now', async () => {
    const id = await roomOfAdaAndSue('encrypted later');
    await feed(id);
    const ticket = await open(ada, 'in noc From before the encryption');
    const card = await at('sue').until(() =>
      at('sue')
        .timeline(id)
        .find(({ content }) => String(content['body']).includes('From before the encryption')),
    );
    await at('ada').setState(id, 'm.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' });
    await command(ada, `resolve ${ticket}`);
    await at('sue').until(() =>
      at('sue')
        .timeline(id)
        .some(({ type, content }) => type === 'm.reaction' && JSON.stringify(content).includes('🔄')),
    );
    await platform.wire().heard(await at('sue').react(id, card.event_id, '🔄'));
    await cardShows(ada, 'noc', ticket, { status: 'open' });
  });

  test('a card that another account of Docket’s posted, which this one cannot edit, is posted anew', async () => {
    const ticket = await open(ada, 'in noc From the former account');
    await cardShows(ada, 'noc', ticket, {});
    await world.quiet(); // People see a card a moment before Docket knows its number.
    const former = await at('sue').say(room('noc'), 'the card, as that account has posted it');
    await world.docket.store.pool.query(`update cards set message = $2 where ticket_id = $1`, [ticket, former]);
    await command(ada, `take ${ticket}`);
    await eventually(ada, async () => {
      const cards = (await ada.cards('noc')).filter(({ card }) => card?.ticket === ticket);
      expect(cards.map(({ card }) => card?.facts['Owner'])).toEqual(['nobody', 'Ada Okafor']);
    });
  });

  test('a room that is upgraded is followed: old tickets get their cards there, and what is said there is heard', async () => {
    const ticket = await open(ada, 'in noc From the old room');
    await cardShows(ada, 'noc', ticket, {});
    const version = { new_version: '11' };
    const upgraded = await at('admin').call('POST', `/v3/rooms/${encodeURIComponent(room('noc'))}/upgrade`, {
      body: version,
    });
    const next = String(upgraded['replacement_room']);
    await at('admin').invite(next, at('ada').userId);
    await at('ada').join(next);
    await at('admin').invite(next, bot());
    await command(ada, `take ${ticket}`);
    await at('ada').until(() => said(at('ada'), next).includes('From the old room'));
    const taken = await at('ada').say(next, `#${ticket} !resolve moved along`);
    await platform.wire().heard(taken);
    await at('ada').until(() => said(at('ada'), next).includes('resolved'));
    expect((await command(ada, `show ${ticket}`)).card).toMatchObject({ status: 'resolved', queue: 'noc' });
  });

  test('a room to whose upgrade Docket is invited afterwards is followed before Docket has said anything', async () => {
    const upgraded = await at('admin').call('POST', `/v3/rooms/${encodeURIComponent(room('helpdesk'))}/upgrade`, {
      body: { new_version: '11' },
    });
    const next = String(upgraded['replacement_room']);
    const tombstone = at('admin').until(() =>
      at('admin')
        .timeline(room('helpdesk'))
        .find(({ type }) => type === 'm.room.tombstone'),
    );
    await platform.wire().heard((await tombstone).event_id);
    await at('admin').invite(next, bot());
    await botIsIn(at('admin'), next);
    await at('admin').say(next, 'Asked in the new room');
    await at('admin').until(() => said(at('admin'), next).includes('Asked in the new room'));
  });

  test('a room that names another as its replacement takes nothing of it over', async () => {
    const id = await at('sue').createRoom({ name: 'war room', invite: [bot()] });
    await botIsIn(at('sue'), id);
    const own = await at('rob').createRoom({ name: 'harmless', invite: [bot()] });
    const elsewhere = await at('rob').createRoom({ name: 'elsewhere', invite: [bot()] });
    for (const each of [own, elsewhere]) await botIsIn(at('rob'), each);
    const replace = async (by: string) =>
      platform.wire().heard(await at('rob').setState(own, 'm.room.tombstone', { body: '', replacement_room: by }));
    await replace(id);
    await feed(id);
    await replace(elsewhere);
    await open(ada, 'in noc For staff alone');
    await at('sue').until(() => said(at('sue'), id).includes('For staff alone'));
    expect(said(at('rob'), elsewhere)).toBe('');
  });
});

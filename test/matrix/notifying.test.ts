import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../conformance/acts.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import type { User } from '../conformance/user.ts';
import type { Client } from '../synapse/client.ts';
import type { Content, RoomEvent } from '../synapse/events.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openTogether, type World } from '../together/world.ts';

onSynapse('those who wait for an answer in Matrix', (synapse) => {
  let platform: MatrixPlatform;
  let world: World;
  let rita: User;
  beforeAll(async () => {
    platform = matrixPlatform(synapse);
    world = await openTogether([platform]);
    rita = await world.user(0, 'rita');
  });
  afterAll(() => world?.close());

  const at = (handle: string): Client => {
    const client = platform.world().people.get(handle);
    if (client === undefined) throw new Error(`there is no ${handle}`);
    return client;
  };
  const bot = () => platform.world().bot.userId;
  const room = (name: 'helpdesk' | 'noc') => platform.world().rooms.get(name) ?? '';
  /** What Docket says in a room, as soon as it stands there; edits left out. */
  const told = (handle: string, id: string, words: string): Promise<RoomEvent> =>
    at(handle).until(() =>
      at(handle)
        .timeline(id)
        .find(({ sender, content }) => {
          const isEdit = (content['m.relates_to'] as Content | undefined)?.['rel_type'] === 'm.replace';
          return sender === bot() && !isEdit && String(content['body']).includes(words);
        }),
    );

  test('a reply in the requestor’s thread is a message that mentions them', async () => {
    const { ticket, message } = await ask(rita, 'My screen flickers');
    await at('bo').say(room('noc'), `#${ticket} !reply Have you changed the cable?`);
    const reply = await told('rita', room('helpdesk'), 'Have you changed the cable?');
    expect(reply.content).toMatchObject({
      msgtype: 'm.text',
      'm.mentions': { user_ids: [at('rita').userId] },
      'm.relates_to': { rel_type: 'm.thread', event_id: message.id },
    });
  });

  test('somebody who was made the owner is mentioned in the room that hears of it', async () => {
    await at('ada').say(room('noc'), '#new in noc Fans are loud');
    const card = await told('ada', room('noc'), 'Fans are loud');
    const ticket = /#(\d+)/.exec(String(card.content['body']))?.[1];
    await at('sue').say(room('noc'), `#${ticket} !give @bo`);
    const line = await told('bo', room('noc'), 'Bo Lindqvist the owner');
    expect(line.content).toMatchObject({ msgtype: 'm.text', 'm.mentions': { user_ids: [at('bo').userId] } });
  });

  test('a mention reaches somebody who is not in the room where it was written, and nobody twice', async () => {
    const { ticket } = await ask(rita, 'My mouse is stuck');
    const { userId } = at('rita');
    const pill = `<a href="https://matrix.to/#/${userId}">Rita Gomez</a>`;
    await at('bo').say(room('noc'), `#${ticket} !reply Rita Gomez please restart`, {
      format: 'org.matrix.custom.html',
      formatted_body: `#${ticket} !reply ${pill} please restart`,
      'm.mentions': { user_ids: [userId] },
    });
    const reply = await told('rita', room('helpdesk'), 'please restart');
    expect(reply.content).toMatchObject({ msgtype: 'm.text', 'm.mentions': { user_ids: [userId] } });
    expect(reply.content['formatted_body']).toContain(encodeURIComponent(userId));

    // In the room where it was written everybody has been called already.
    await at('ada').say(room('noc'), '#new in noc A card to mention below');
    const card = await told('ada', room('noc'), 'A card to mention below');
    const other = /#(\d+)/.exec(String(card.content['body']))?.[1];
    const ada = at('ada').userId;
    await at('bo').say(room('noc'), `#${other} !comment Ada Okafor look`, {
      format: 'org.matrix.custom.html',
      formatted_body: `#${other} !comment <a href="https://matrix.to/#/${ada}">Ada Okafor</a> look`,
      'm.mentions': { user_ids: [ada] },
    });
    const comment = await told('ada', room('noc'), 'Ada Okafor look');
    expect(comment.content).toMatchObject({ msgtype: 'm.notice', 'm.mentions': {} });
  });

  test('a command in a room is marked with how it went, also where its answer is private', async () => {
    const marksOn = (event: string) =>
      at('bo')
        .timeline(room('noc'))
        .flatMap(({ type, sender, content }) => {
          const relation = content['m.relates_to'] as { event_id?: string; key?: string } | undefined;
          return type === 'm.reaction' && sender === bot() && relation?.event_id === event ? [relation.key] : [];
        });
    for (const [line, mark] of [
      ['!ticket new in noc Marked', '🎫'],
      ['!ticket help', '✅'],
      ['!t tkae 1', '❓'],
    ] as const) {
      const event = await at('bo').say(room('noc'), line);
      await at('bo').until(() => marksOn(event).length > 0);
      expect(marksOn(event)).toEqual([mark]);
    }
  });

  test('the card in a requestor’s thread carries no buttons of staff; their reactions work all the same', async () => {
    const { ticket, message } = await ask(rita, 'My chair squeaks');
    const card = await told('rita', room('helpdesk'), 'My chair squeaks');
    expect(card.content['m.relates_to']).toMatchObject({ event_id: message.id });
    expect(card.content['body']).toContain('Reply in this thread.');
    expect(card.content['body']).not.toMatch(/React:|More:/);
    await platform.wire().heard(await at('bo').react(room('helpdesk'), card.event_id, '✋🏽'));
    const owner = async () => {
      const { rows } = await world.docket.store.pool.query(
        'select p.name from tickets t join people p on p.id = t.owner_id where t.id = $1',
        [ticket],
      );
      return rows[0]?.name;
    };
    await expect.poll(owner).toBe('bo');
    const reactions = at('rita')
      .timeline(room('helpdesk'))
      .filter(({ type, sender }) => type === 'm.reaction' && sender === bot())
      .filter(({ content }) => (content['m.relates_to'] as Content)['event_id'] === card.event_id);
    expect(reactions).toEqual([]);
  });

  test('words that were taken back are gone from every version of what Docket said', async () => {
    const ever = async (handle: string, id: string) => {
      const path = `/v3/rooms/${encodeURIComponent(id)}/messages`;
      const { chunk } = await at(handle).call('GET', path, { query: { dir: 'b', limit: '200' } });
      return (chunk as RoomEvent[])
        .filter(({ sender }) => sender === bot())
        .map(({ content }) => JSON.stringify(content));
    };
    const { message, ticket } = await ask(rita, 'My password is swordfish');
    await at('ada').say(room('noc'), `#${ticket} !give @bo`);
    const reply = await at('rita').say(room('helpdesk'), 'It is sesame in fact', { thread: message.id });
    await platform.wire().heard(reply);
    await world.quiet();
    // The owner reads it in his direct conversation.
    for (const invitation of at('bo').invitations()) await at('bo').join(invitation);
    const rooms = await at('bo').joinedRooms();
    const everywhere = async () =>
      (await Promise.all([ever('rita', room('helpdesk')), ...rooms.map((id) => ever('bo', id))])).flat().join('\n');
    await world.quiet();
    expect(await everywhere()).toMatch(/sesame/);
    for (const event of [reply, message.id]) {
      await platform.wire().heard(await at('rita').redact(room('helpdesk'), event));
    }
    await expect.poll(everywhere).not.toMatch(/sesame/);
    await expect.poll(async () => (await ever('rita', room('helpdesk'))).join('\n')).not.toMatch(/swordfish|sesame/);
    const card = await at('rita').until(() =>
      at('rita')
        .timeline(room('helpdesk'))
        .findLast(({ sender, content }) => sender === bot() && String(content['body']).startsWith(`#${ticket} `)),
    );
    expect(card.content['m.relates_to']).toMatchObject({ rel_type: 'm.thread', event_id: message.id });
  });

  test('a conversation goes on in the room that replaces its own, both ways', async () => {
    const { ticket } = await ask(rita, 'My keyboard is dead');
    const upgraded = await at('admin').call('POST', `/v3/rooms/${encodeURIComponent(room('helpdesk'))}/upgrade`, {
      body: { new_version: '11' },
    });
    const next = String(upgraded['replacement_room']);
    for (const client of [at('rita'), platform.world().bot]) await at('admin').invite(next, client.userId);
    await at('rita').join(next);
    await at('bo').say(room('noc'), `#${ticket} !reply Is it plugged in?`);
    const card = await told('rita', next, 'My keyboard is dead');
    const reply = await told('rita', next, 'Is it plugged in?');
    expect(reply.content['m.relates_to']).toMatchObject({ rel_type: 'm.thread', event_id: card.event_id });
    const answer = await at('rita').say(next, 'It is not', { thread: card.event_id });
    await platform.wire().heard(answer);
    const last = async () => {
      const { rows } = await world.docket.store.pool.query(
        `select t.type, p.name from transactions t join people p on p.id = t.actor_id
         where ticket_id = $1 order by t.id desc limit 1`,
        [ticket],
      );
      return rows[0];
    };
    await expect.poll(last).toEqual({ type: 'reply', name: 'rita' });
    expect((await world.docket.store.pool.query('select key from parked')).rows).toEqual([]);
  });
});

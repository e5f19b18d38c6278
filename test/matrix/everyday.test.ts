import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, asked, cardShows, command, eventually, isToldDirectly, open } from '../conformance/acts.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import { messagesIn } from '../conformance/matrix-shown.ts';
import type { Message, Ref, User } from '../conformance/user.ts';
import type { Client } from '../synapse/client.ts';
import type { RoomEvent } from '../synapse/events.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openTogether, type World } from '../together/world.ts';

onSynapse('everyday use of Matrix', (synapse) => {
  let platform: MatrixPlatform;
  let world: World;
  let ada: User;
  let rita: User;
  beforeAll(async () => {
    platform = matrixPlatform(synapse);
    world = await openTogether([platform]);
    [ada, rita] = await Promise.all([world.user(0, 'ada'), world.user(0, 'rita')]);
  });
  afterAll(() => world?.close());

  const at = (handle: string): Client => {
    const client = platform.world().people.get(handle);
    if (client === undefined) throw new Error(`there is no ${handle}`);
    return client;
  };
  const bot = () => platform.world().bot.userId;
  const room = (name: 'helpdesk' | 'noc' | 'lobby') => platform.world().rooms.get(name) ?? '';

  /** The signs that Docket has set below a message of a room by now, without those that it took back. */
  async function marks(user: User, message: Ref): Promise<readonly string[]> {
    const { name } = user;
    const where = room(message.where as 'noc');
    await at(name).caughtUp(where);
    const found = messagesIn(at(name).timeline(where)).find(({ event }) => event.event_id === message.id);
    return (found?.reactions ?? []).filter(({ by }) => by === bot()).map(({ sign }) => sign);
  }
  const isMarked = (user: User, message: Ref, signs: readonly string[]) =>
    eventually(user, async () => expect(await marks(user, message)).toEqual(signs));

  /** What Docket has said in the thread of a form, the newest last. */
  async function below(user: User, root: Ref): Promise<readonly string[]> {
    return (await user.thread(root)).filter(({ author }) => author === 'Docket').map(({ text }) => text);
  }

  async function formRoot(user: User, title: string): Promise<Message> {
    const found = (await user.see('direct')).findLast(({ text }) => text.includes(title));
    if (found === undefined) throw new Error(`the form ${title} is not there`);
    return found;
  }

  test('marks a command in a room with how it went', async () => {
    const ticket = await open(ada, 'in noc Marked commands');
    await isMarked(ada, await ada.say('noc', `!t take ${ticket}`), ['✅']);
    await isMarked(ada, await ada.say('noc', `!t tkae ${ticket}`), ['❓']);
    await isMarked(ada, await ada.say('noc', `!t comment ${ticket} the SFP again`), ['🔒']);
    await isMarked(ada, await ada.say('noc', '!ticket help'), ['✅']);
    await isToldDirectly(ada, 'history · undo');
  });

  test('reads a refused command anew when it is edited, and one that was done not', async () => {
    const ticket = await open(ada, 'in noc Edited commands');
    const typo = await ada.say('noc', `!t tkae ${ticket}`);
    await isMarked(ada, typo, ['❓']);
    await ada.edit(typo, `!t take ${ticket}`);
    await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
    await isMarked(ada, typo, ['✅']);
    const done = await ada.say('noc', `!t comment ${ticket} only once`);
    await isMarked(ada, done, ['🔒']);
    await ada.edit(done, `!t comment ${ticket} only once, please`);
    await world.quiet();
    expect((await command(ada, `history ${ticket}`)).text).not.toContain('please');
  });

  test('asks a wrong answer again at once, in the thread of the form', async () => {
    await asked(rita, () => rita.slash('direct', 'new'));
    const form = await formRoot(rita, 'New ticket');
    expect(form.text).toContain('Reply to this message');
    await rita.say('direct', 'A printer on fire', { thread: form });
    await rita.say('direct', '-', { thread: form });
    await rita.say('direct', 'nonexistingqueue', { thread: form });
    await eventually(rita, async () => expect((await below(rita, form)).at(-1)).toMatch(/❓[\s\S]*Queue\?/));
    await rita.say('direct', '-', { thread: form });
    await rita.say('direct', '999', { thread: form });
    await eventually(rita, async () =>
      expect((await below(rita, form)).at(-1)).toMatch(/❓ .*0 to 100[\s\S]*Priority\?/),
    );
    expect((await below(rita, form)).join('\n')).not.toMatch(/Open ticket|\/ticket|\?\?/);
    await rita.say('direct', '50', { thread: form });
    await rita.say('direct', 'nobody-of-this-name', { thread: form });
    await eventually(rita, async () => expect((await below(rita, form)).at(-1)).toMatch(/❓[\s\S]*For\?/));
    expect((await below(rita, form)).join('\n')).not.toContain('/ticket');
    await rita.say('direct', 'me', { thread: form });
    await eventually(rita, async () => expect((await below(rita, form)).at(-1)).toMatch(/#\d+ A printer on fire/));
  });

  test('takes a plain message for the answer where one form is open, and says what to do where two are', async () => {
    const before = rita.forms().length;
    await rita.say('direct', '!t new');
    await eventually(rita, () => expect(rita.forms()).toHaveLength(before + 1));
    const form = await formRoot(rita, 'New ticket');
    await rita.say('direct', 'Said beside the thread');
    await eventually(rita, async () => expect((await below(rita, form)).at(-1)).toContain('What happened?'));
    expect((await below(rita, form)).join('\n')).not.toContain('??');
    await rita.say('direct', 'mine');
    await isToldDirectly(rita, /A printer on fire|Your tickets|mine/i);
    await rita.say('direct', '!t new');
    await eventually(rita, () => expect(rita.forms()).toHaveLength(before + 2));
    await rita.say('direct', 'To which of them');
    await isToldDirectly(rita, 'Several forms are open');
    for (const each of [form, await formRoot(rita, 'New ticket')]) {
      await rita.say('direct', 'Ended', { thread: each });
      await rita.say('direct', '--', { thread: each });
    }
  });

  test('clears a press where it may, so that the same sign can be pressed again', async () => {
    const ticket = await open(ada, 'in noc Pressed twice');
    const shown = await command(ada, `show ${ticket}`);
    const direct = at('ada');
    const [own = ''] = (await direct.joinedRooms()).filter((id) =>
      messagesIn(direct.timeline(id)).some(({ event }) => event.event_id === shown.id),
    );
    for (const owner of ['Ada Okafor', 'nobody']) {
      const press = await direct.react(own, shown.id, owner === 'nobody' ? '↩️' : '✋🏽');
      await platform.wire().heard(press);
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: owner }) });
      await direct.until(() =>
        direct.timeline(own).some(({ type, sender, redacts, content }) => {
          return type === 'm.room.redaction' && sender === bot() && (redacts ?? content['redacts']) === press;
        }),
      );
    }
  });

  test('shows requestors a card without the buttons of staff', async () => {
    const { ticket } = await ask(rita, 'A plain card');
    const card = await cardShows(rita, 'helpdesk', ticket, {});
    const found = messagesIn(at('rita').timeline(room('helpdesk'))).find(({ event }) => event.event_id === card.id);
    expect(card.text).toContain('Reply in this thread.');
    expect(String(found?.content['body'])).not.toMatch(/React:|More:/);
    await world.quiet();
    expect(await marks(rita, card)).toEqual([]);
  });

  test('names the newest message of a thread as what a line replies to', async () => {
    const { ticket, message } = await ask(rita, 'Falls back to the newest');
    await cardShows(rita, 'helpdesk', ticket, {});
    const own = await rita.say('helpdesk', 'one more thing', { thread: message });
    await isMarked(rita, own, ['✅']);
    await command(ada, `reply ${ticket} answered in the thread`);
    const line = await eventually(rita, async () => {
      await at('rita').caughtUp(room('helpdesk'));
      const found = at('rita').timeline(room('helpdesk')).find(said('answered in the thread'));
      if (found === undefined) throw new Error('the reply is not there');
      return found;
    });
    expect(line.content['m.relates_to']).toEqual({
      ...{ rel_type: 'm.thread', event_id: message.id, is_falling_back: true },
      'm.in_reply_to': { event_id: own.id },
    });
  });

  test('mentions nobody in a direct message who cannot read it', async () => {
    const bo = await world.user(0, 'bo');
    const ticket = await open(ada, 'in noc Given away');
    const told = await command(bo, `give ${ticket} @ada`);
    expect(told.text).toContain('Ada Okafor');
    const event = [...(await at('bo').joinedRooms())]
      .flatMap((id) => [...at('bo').timeline(id)])
      .find(({ event_id }) => event_id === told.id);
    expect(event?.content['m.mentions']).toEqual({});
  });

  test('gives its account a name where it has none', async () => {
    const { bot: account } = platform.world();
    const path = `/v3/profile/${encodeURIComponent(bot())}/displayname`;
    expect(await account.call('GET', path)).toEqual({ displayname: 'Docket' });
  });
});

/** A message that says this. */
function said(words: string): (event: RoomEvent) => boolean {
  return ({ type, content }) => type === 'm.room.message' && String(content['body']).includes(words);
}

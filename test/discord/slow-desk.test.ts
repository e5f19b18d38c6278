import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, asked, cardOf, command, eventually, isTold, isToldDirectly, open } from '../conformance/acts.ts';
import { userId } from '../conformance/discord-guild.ts';
import type { Message } from '../conformance/user.ts';
import { openWorld, type World } from './world.ts';

const minutes = 60_000;

/** Milliseconds that Discord's clock is ahead: so that tokens get old while nobody waits. */
let ahead = 0;
let world: World;
beforeAll(async () => {
  world = await openWorld({ now: () => Date.now() + ahead });
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

const ada = () => world.discord.client(userId('ada'));
const callbacks = () => world.discord.calls.filter(({ path }) => path.endsWith('/callback'));
/** What Discord's client has said went wrong. */
const failures = () => ada().screen.failures;

async function ticketWithCard(subject: string): Promise<{ ticket: number; card: Message }> {
  const ticket = await open(world.ada, `in noc ${subject}`);
  const card = await eventually(world.ada, () => cardOf(world.ada, 'noc', ticket));
  await world.quiet();
  return { ticket, card };
}

test('while the desk takes its time a command is acknowledged at once, and answered in the same place', async () => {
  const { ticket } = await ticketWithCard('Slow command');
  const before = callbacks().length;
  const release = await world.hold('tickets');
  await world.ada.slash('lobby', `comment ${ticket} slowly-said`);
  expect(callbacks().slice(before)).toMatchObject([{ status: 204, body: { type: 5, data: { flags: 64 } } }]);
  expect(ada().ephemerals.at(-1)?.flags).toSatisfy((flags: number) => (flags & 128) !== 0);
  const { id } = ada().ephemerals.at(-1) ?? {};
  const told = await answer(world.ada, release);
  expect(told).toMatchObject({ id, text: expect.stringContaining('commented') });
  expect(failures()).toEqual([]);
});

test('a press on a card is acknowledged with nothing to see, and does what it says when the desk comes to it', async () => {
  const { ticket, card } = await ticketWithCard('Slow press');
  const before = callbacks().length;
  const release = await world.hold('tickets');
  await world.ada.press(card, 'Take');
  expect(callbacks().slice(before)).toMatchObject([{ status: 204, body: { type: 6 } }]);
  await release();
  await eventually(world.ada, async () =>
    expect((await cardOf(world.ada, 'noc', ticket)).card.facts['Owner']).toBe('Ada Okafor'),
  );
  expect(failures()).toEqual([]);
});

test('where the desk takes its time, what opens the form is a button that only they see, and the press acts once', async () => {
  const { ticket, card } = await ticketWithCard('Slow form');
  const release = await world.hold('tickets');
  const form = await asked(world.ada, async () => {
    await world.ada.press(card, 'Reply');
    expect(callbacks().at(-1)).toMatchObject({ status: 204, body: { type: 5 } });
    expect(ada().modals).toEqual([]);
    await release();
  });
  await answer(world.ada, () => world.ada.submit(form, { Reply: 'after-a-while' }));
  expect((await command(world.ada, `history ${ticket}`)).text.match(/after-a-while/g)).toHaveLength(1);
  expect(failures()).toEqual([]);
});

test.each([
  ['just before its token expires, in the same place', 14 * minutes, 'the same place'],
  ['after its token expired, in their direct conversation', 16 * minutes, 'directly'],
])('a command that the desk comes to late is answered: %s', async (_, late, where) => {
  const { ticket } = await ticketWithCard('Very slow command');
  const release = await world.hold('tickets');
  await world.ada.slash('lobby', `comment ${ticket} said-${where.replace(' ', '-')}`);
  ahead += late;
  const before = (await world.ada.see('direct')).length;
  const { id } = ada().ephemerals.at(-1) ?? {};
  const told = await answer(world.ada, release);
  expect(told.text).toContain(`#${ticket}`);
  const directly = (await world.ada.see('direct')).slice(before).filter(({ text }) => text === told.text);
  expect([told.id === id, directly.length]).toEqual(where === 'directly' ? [false, 1] : [true, 0]);
  await isTold(world.ada, 'noc', ticket, 'said-');
});

test('a list and a form that come after the token expired come to their direct conversation too', async () => {
  const { ticket, card } = await ticketWithCard('Refused late');
  const release = await world.hold('tickets');
  await world.ada.press(card, 'Comment');
  await world.ada.slash('lobby', 'list');
  ahead += 16 * minutes;
  await release();
  await isToldDirectly(world.ada, 'Open tickets');
  const asks = await isToldDirectly(world.ada, `Comment · #${ticket}`);
  const form = await asked(world.ada, () => world.ada.press(asks, asks.buttons[0] ?? ''));
  await answer(world.ada, () => world.ada.submit(form, { Comment: 'late-but-written' }));
  await isTold(world.ada, 'noc', ticket, 'late-but-written');
});

test('a form that is sent while the desk takes its time is kept at once, and acts once', async () => {
  const { ticket, card } = await ticketWithCard('Slow submission');
  const form = await asked(world.ada, () => world.ada.press(card, 'Comment'));
  const release = await world.hold('tickets');
  await world.ada.submit(form, { Comment: 'kept-at-once' });
  expect(callbacks().at(-1)?.status).toBe(204);
  await world.ada.redeliver();
  await release();
  await isTold(world.ada, 'noc', ticket, 'kept-at-once');
  await world.quiet();
  expect((await command(world.ada, `history ${ticket}`)).text.match(/kept-at-once/g)).toHaveLength(1);
});

test.each(['a command', 'a press', 'a message', 'a reaction'])(
  '%s that a resumed session tells of once more acts once, and is answered once',
  async (what) => {
    const { ada, rita, quiet, discord, docket } = world;
    const { ticket, card } = await ticketWithCard(`Told twice of ${what}`);
    const count = async () =>
      (await docket.store.pool.query('select (select count(*) from tickets), (select count(*) from transactions)'))
        .rows[0];
    const talk = await rita.say('lobby', 'The tap drips');
    const acts: Record<string, () => Promise<unknown>> = {
      'a command': () => ada.slash('lobby', `comment ${ticket} twice-told`),
      'a press': () => ada.press(card, 'Take'),
      'a message': () => ada.say('noc', `#${ticket} twice-told`),
      'a reaction': () => ada.react(talk, '🎫'),
    };
    await acts[what]?.();
    await quiet();
    const before = await count();
    const calls = discord.calls.length;
    await ada.redeliver();
    await quiet();
    expect(await count()).toEqual(before);
    const again = discord.calls.slice(calls).filter(({ method }) => method !== 'GET');
    expect(again).toEqual([]);
  },
);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, cardShows, command, eventually, isMarked, isToldDirectly, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

/** What Docket has said in the open channel, for all there to read. */
const inLobby = () => JSON.stringify(world.slack.posted('C0LOBBY'));

test('the card of a private ticket that somebody asks for in an open channel is theirs alone, by command and by mention', async () => {
  const { sue, rob, quiet } = world;
  const ticket = await open(sue, 'in security Secret intruder');
  await cardShows(sue, 'security', ticket, { queue: 'security' });
  const talk = await rob.say('lobby', 'Is something going on?');
  for (const shown of [
    await command(sue, `${ticket}`),
    await answer(sue, () => sue.say('lobby', `@docket ${ticket}`)),
    await answer(sue, () => sue.say('lobby', `@docket ${ticket}`, { thread: talk })),
  ]) {
    expect(shown.card?.subject).toBe('Secret intruder');
  }
  await command(sue, `history ${ticket}`);
  await quiet();
  expect(inLobby()).not.toContain('Secret');
  expect(rob.received()).not.toContain('Secret intruder');
});

test('a private ticket that is opened in an open channel is no conversation there: its number is told to its maker alone', async () => {
  const { sue, rob, quiet } = world;
  const said = await sue.say('lobby', '#new in security Odd login');
  await isMarked(sue, said, '🔒');
  const told = await eventually(sue, () => {
    const found = sue.notices().find(({ text }) => /#\d+ Odd login/.test(text));
    if (found === undefined) throw new Error('she is not told the number');
    return found;
  });
  const ticket = Number(/#(\d+)/.exec(told.text)?.[1]);
  await cardShows(sue, 'security', ticket, { subject: 'Odd login' });
  await command(sue, `reply ${ticket} the-culprit-is-known`);
  await quiet();
  expect(inLobby()).not.toMatch(/Odd login|the-culprit-is-known/);
  expect(rob.received()).not.toContain('the-culprit-is-known');
});

test('what is talked about in an open channel and turns private is talked about there no more', async () => {
  const { sue, rob, quiet } = world;
  const said = await sue.say('lobby', '#new in noc Strange traffic');
  const card = await eventually(rob, async () => {
    const found = (await rob.cards('lobby')).find(({ root }) => root?.id === said.id);
    if (found?.card == null) throw new Error('there is no card');
    return found.card;
  });
  await command(sue, `move ${card.ticket} security`);
  await eventually(rob, async () =>
    expect((await rob.cards('lobby')).map((each) => each.card?.ticket)).not.toContain(card.ticket),
  );
  await cardShows(sue, 'security', card.ticket, { queue: 'security' });
  await command(sue, `reply ${card.ticket} it-is-an-attack`);
  await quiet();
  expect(inLobby()).not.toMatch(/it-is-an-attack/);
  expect(rob.received()).not.toContain('it-is-an-attack');
});

test('a reminder of a private ticket for an open channel comes to the one who set it', async () => {
  const { sue, quiet } = world;
  const ticket = await open(sue, 'in security Rotate the keys');
  await command(sue, `remind here ${ticket} 1s`);
  await isToldDirectly(sue, /Reminder[\s\S]*Rotate the keys/);
  await quiet();
  expect(inLobby()).not.toContain('Rotate the keys');
});

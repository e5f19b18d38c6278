import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answer, asked, cardOf, command, eventually, isMarked, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ retries: Array(5).fill(100), unfurlDomains: ['127.0.0.1'] });
});
/** After a start nobody is known: whoever acts first is asked for. */
beforeEach(async () => {
  await world.quiet();
  await world.restart();
  await world.slack.connected();
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const history = async (ticket: number) => (await command(world.ada, `history ${ticket}`)).text;
const calls = (method: string) => world.slack.calls.filter((call) => call.method === method);

/** What became of each event of this type that Slack has sent since. */
function outcomesOf(type: string, since: number) {
  const sent = world.slack.deliveries.slice(since).filter(({ envelope }) => JSON.stringify(envelope).includes(type));
  return sent.map(({ outcomes }) => outcomes.map(({ acked }) => acked));
}

test('a command is acknowledged before Slack has said who typed it, and done when it has', async () => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc Who is it');
  const people = slack.hold('users.info');
  await bo.slash('lobby', `comment ${ticket} nobody-knows-me`);
  await people.arrived;
  expect(slack.deliveries.at(-1)?.outcomes).toMatchObject([{ acked: true }]);
  people.release();
  await quiet();
  expect(slack.client('U0BO').failures).toEqual([]);
  expect(await history(ticket)).toMatch(/Bo Lindqvist[^\n]*\n?[^\n]*nobody-knows-me/);
});

test.each([
  ['an error of its servers', { status: 500 }],
  ['a request to wait', { status: 429, seconds: 1 }],
  ['an error that passes', 'internal_error'],
] as const)('where Slack answers %s when it is asked who typed a command, it is done all the same', async (_, how) => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc Ask again');
  slack.refuse('users.info', how, 2);
  await bo.slash('lobby', `comment ${ticket} asked-again`);
  await quiet();
  expect((await history(ticket)).match(/asked-again/g)).toHaveLength(1);
  expect(slack.client('U0BO').failures).toEqual([]);
});

test('what somebody types while Slack has not said who they are is done in its order', async () => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc One after the other');
  const people = slack.hold('users.info');
  await bo.slash('lobby', `take ${ticket}`);
  await bo.slash('lobby', `comment ${ticket} while-it-is-mine`);
  await bo.slash('lobby', `release ${ticket}`);
  people.release();
  await quiet();
  expect(await history(ticket)).toMatch(/took[\s\S]*while-it-is-mine[\s\S]*(released|nobody)/);
});

test('a modal holds the place of a form while Slack has not said who pressed', async () => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc Slow form');
  const card = await eventually(bo, () => cardOf(bo, 'noc', ticket));
  await quiet();
  const people = slack.hold('users.info');
  await bo.press(card, 'Reply');
  const modal = () => JSON.stringify(slack.client('U0BO').views.at(-1)?.content ?? null);
  await eventually(bo, () => expect(modal()).toContain('One moment'));
  const form = await asked(bo, async () => people.release());
  expect(form.inputs.map(({ label }) => label)).toContain('Reply');
});

test('of ordinary talk, and of its edits, Slack is asked nothing', async () => {
  const { bo, slack } = world;
  const before = slack.calls.length;
  const said = await bo.say('lobby', 'good morning @ada, is #noc awake?');
  await bo.edit(said, 'good morning @ada, is #helpdesk awake?');
  await bo.react(said, '👍');
  await world.quiet();
  expect(slack.calls.slice(before)).toEqual([]);
});

test('people and channels that are mentioned are called by their names, though they are looked up later', async () => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc Named');
  slack.refuse('conversations.info', { status: 500 }, 1);
  const said = await bo.say('noc', `#${ticket} ask @sue in #lobby`);
  await isMarked(bo, said, '🔒');
  expect(await history(ticket)).toMatch(/ask @?Sue Tanaka in #(lobby|C0LOBBY)/);
  await bo.edit(said, `#${ticket} ask @ada in #lobby`);
  await quiet();
  expect(await history(ticket)).toMatch(/ask @?Ada Okafor in #lobby/);
});

test('🎫 on a message is acknowledged before Slack has handed out the message', async () => {
  const { ada, bo, slack } = world;
  const said = await bo.say('lobby', 'The lift is stuck');
  const messages = slack.hold('conversations.history');
  await ada.react(said, '🎫');
  await messages.arrived;
  expect(slack.deliveries.at(-1)?.outcomes).toMatchObject([{ acked: true }]);
  messages.release();
  await eventually(ada, async () =>
    expect((await ada.cards('lobby')).map(({ card }) => card?.subject)).toContain('The lift is stuck'),
  );
});

test.each([
  [
    'a link',
    'chat.unfurl',
    'cannot_find_message',
    'link_shared',
    () => world.ada.say('lobby', `${world.docket.url}/tickets/1`),
  ],
  [
    'a link',
    'chat.unfurl',
    'an_unknown_error',
    'link_shared',
    () => world.ada.say('lobby', `${world.docket.url}/tickets/1`),
  ],
  ['an App Home', 'views.publish', 'not_enabled', 'app_home_opened', () => world.slack.client('U0ADA').openHome()],
  ['an App Home', 'users.info', 'missing_scope', 'app_home_opened', () => world.slack.client('U0SUE').openHome()],
  [
    'a mark',
    'conversations.history',
    'missing_scope',
    'reaction_added',
    async () => world.ada.react(await world.bo.say('lobby', 'x'), '🎫'),
  ],
])(
  'what Slack tells of %s is acknowledged, and comes once, where %s answers %s',
  async (_, method, code, type, act) => {
    const { slack, quiet } = world;
    const since = slack.deliveries.length;
    const before = calls(method).length;
    slack.refuse(method, code);
    await act();
    await expect.poll(() => calls(method).length).toBeGreaterThan(before);
    await quiet();
    slack.allow();
    const outcomes = outcomesOf(type, since);
    expect(outcomes.length).toBeGreaterThan(0);
    for (const each of outcomes) expect(each).toEqual([true]);
  },
);

test('somebody of whom Slack says nothing for good is told so, and whatever else was asked for is done', async () => {
  const { ada, bo, slack, quiet } = world;
  const ticket = await open(ada, 'in noc Unknown people');
  slack.refuse('users.info', 'missing_scope');
  const told = await answer(bo, () => bo.slash('lobby', `comment ${ticket} by-nobody`));
  expect(told.text).toMatch(/users:read/);
  slack.allow();
  await bo.slash('lobby', `comment ${ticket} by-somebody`);
  await quiet();
  expect(await history(ticket)).toContain('by-somebody');
  expect(await history(ticket)).not.toContain('by-nobody');
});

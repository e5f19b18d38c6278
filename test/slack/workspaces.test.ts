import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, cardOf, cardShows, command, eventually, open } from '../conformance/acts.ts';
import { slackUser } from '../conformance/slack-client.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import type { User } from '../conformance/user.ts';
import { mixed, openWorld, type World } from './world.ts';

const feeds = 'feeds: [{ place: "slack:T0DOCKET/C0NOC", audience: staff }]';
const queues = `queues:
  ours: { rights: { "slack:T0DOCKET": [SeeQueue, CreateTicket, ShowTicket, OwnTicket] }, ${feeds} }
  theirs: { rights: { "slack:T0OTHER": [SeeQueue, CreateTicket, ShowTicket, OwnTicket] }, ${feeds} }`;

let world: World;
/** Of another workspace; in channels that are shared with it. */
let pat: User;
beforeAll(async () => {
  const guest = { id: 'U0PAT', name: 'pat', realName: 'Pat Guest', team: 'T0OTHER' };
  world = await openWorld(
    { people: [...(workspace.people ?? []), guest], unfurlDomains: ['127.0.0.1'] },
    { yaml: mixed().replace('queues:', queues) },
  );
  for (const channel of ['C0LOBBY', 'C0NOC']) world.slack.invite(channel, guest.id);
  pat = slackUser(world.slack, 'pat');
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

test('while Slack does not say where somebody is at home, they have no rights; what was known of others still holds', async () => {
  const { ada, slack, quiet } = world;
  const ticket = await open(ada, 'in ours Behind closed doors');
  slack.askToWait('users.info', 1);
  await pat.slash('lobby', `${ticket}`);
  await quiet();
  expect(
    pat
      .notices()
      .map(({ text }) => text)
      .join('\n'),
  ).not.toContain('closed doors');
  expect((await command(pat, `${ticket}`)).text).toContain(`There is no ticket #${ticket}`);
  await slack.events.during(() => slack.rename('U0ADA', 'Ada Lovelace'));
  slack.askToWait('users.info', 1);
  expect((await command(ada, `${ticket}`)).card?.subject).toBe('Behind closed doors');
});

test('a press on the card of a ticket that another workspace alone may see is refused privately, and tells nothing', async () => {
  const { bo, slack, quiet } = world;
  const ticket = await open(pat, 'in theirs Their own trouble');
  const card = await eventually(bo, () => cardOf(bo, 'noc', ticket));
  await quiet();
  const before = slack.posted('C0NOC').length;
  const refusal = await answer(bo, () => bo.press(card, 'Take'));
  expect(refusal.text).toContain(`There is no ticket #${ticket}`);
  expect(refusal.text).not.toMatch(/theirs|trouble|Pat/);
  await quiet();
  expect(slack.posted('C0NOC')).toHaveLength(before);
  await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'nobody' }) });
});

test('in a channel that is shared with guests a link shows no ticket of a queue that is for members alone', async () => {
  const { ada, slack, docket, quiet } = world;
  const [ours, known] = [await open(ada, 'in ours Not for guests'), await open(ada, 'in noc For everybody')];
  await ada.say('lobby', `see ${docket.url}/tickets/${ours} and ${docket.url}/tickets/${known}`);
  await quiet();
  const shown = [...slack.channel('C0LOBBY').messages.values()].flatMap(({ attachments }) => attachments);
  expect(JSON.stringify(shown)).toContain('For everybody');
  expect(JSON.stringify(shown)).not.toContain('Not for guests');
});

test('a guest of another workspace in a shared channel has none of the rights of those who are at home there', async () => {
  const { ada, bo, quiet } = world;
  const ticket = await open(ada, 'in ours Our own trouble');
  const card = await eventually(pat, () => cardOf(pat, 'noc', ticket));
  const refusal = await answer(pat, () => pat.press(card, 'Take'));
  expect(refusal.text).toContain(`There is no ticket #${ticket}`);
  await quiet();
  await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'nobody' }) });
  await bo.press(await cardOf(bo, 'noc', ticket), 'Take');
  await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Bo Lindqvist' }) });
});

test('a press on a card from before a restart is worked as any other', async () => {
  const { ada, bo, slack, restart } = world;
  const ticket = await open(ada, 'in noc Restarted meanwhile');
  const card = await eventually(ada, () => cardOf(ada, 'noc', ticket));
  await restart();
  await slack.connected();
  await ada.press(card, 'Take');
  await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { TryLater } from '../../connectors/connector.ts';
import type { Inbound } from '../../src/desk/inbound.ts';
import { text } from '../../src/ticket/text.ts';
import { type House, openHouse } from './house.ts';
import type { Paper } from './paper.ts';

/** Requestors ask in Discord; staff are told in Slack and in Discord, and Ada is in both. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor, accounts: ['discord:1000/ada9'] }
  bo: { name: Bo Lindqvist }
groups: { staff: [ada, bo] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
    intake: ['discord:1000/help']
    feeds: [{ place: 'slack:T1/desk', audience: staff }, { place: 'discord:1000/staff', audience: staff }]
`;

let house: House;
let ask: string;
beforeAll(async () => {
  house = await openHouse(configuration);
  ask = own(house.discord, 'help');
  await say('discord', 'mia', 'help', null, ask, 'The beamer is dim');
});
afterAll(() => house.close());

/** A message of the platform's own, under which Docket's can be posted. */
function own(paper: Paper, where: string): string {
  const id = `own${paper.notes.length}`;
  const view = { view: 'notice', tone: 'info', text: [], buttons: [] } as const;
  paper.notes.push({ id, where, thread: null, view, edits: 0 });
  return id;
}

let events = 0;
async function hear(platform: string, who: string, channel: string, thread: string | null, act: object): Promise<void> {
  const workspace = platform === 'slack' ? 'T1' : '1000';
  await house.door.receive({
    ...{ event: `p${++events}`, at: house.desk.now(), sender: { id: who, name: who }, answerTo: {} },
    ...{ where: { platform, workspace, channel, thread, direct: false }, ...act },
  } as Inbound);
  await house.quiet();
}
const say = (platform: string, who: string, channel: string, thread: string | null, message: string, words: string) =>
  hear(platform, who, channel, thread, {
    ...{ kind: 'message', message, text: text(words), mentionsBot: false, replyTo: null, files: [] },
  });
const cardIn = (paper: Paper, where: string) =>
  paper.notes.find((note) => note.where === where && note.view.view === 'card') ?? { id: '', thread: null, view: null };
const under = (paper: Paper, thread: string) =>
  paper.notes
    .filter((note) => note.thread === thread && note.view.view === 'line')
    .map(({ view }) => JSON.stringify(view));
const everywhere = () => ({
  requestor: under(house.discord, ask).join(),
  slack: under(house.paper, cardIn(house.paper, 'desk').id).join(),
  discord: under(house.discord, cardIn(house.discord, 'staff').id).join(),
});

test('one ticket has one card on each platform, which shows the same', async () => {
  const cards = [cardIn(house.discord, 'help'), cardIn(house.discord, 'staff'), cardIn(house.paper, 'desk')];
  await hear('slack', 'bo', 'desk', null, { kind: 'press', command: 'take 1', message: cards[2]?.id });
  for (const { view } of cards) expect(JSON.stringify(view)).toContain('"Owner","value":[{"inline":"person"');
  for (const { view } of [cardIn(house.discord, 'staff'), cardIn(house.paper, 'desk')])
    expect(JSON.stringify(view)).toContain('Bo Lindqvist');
});

test('what is said on one platform is told on the others, each once, and not where it was said', async () => {
  await say('slack', 'bo', 'desk', cardIn(house.paper, 'desk').id, 's1', '#1 !reply Which room?');
  expect(everywhere()).toMatchObject({
    requestor: expect.stringContaining('Which room?'),
    discord: expect.stringContaining('Which room?'),
    slack: expect.not.stringContaining('Which room?'),
  });
  await say('discord', 'mia', 'help', ask, 'd1', 'Room 12');
  expect(everywhere()).toMatchObject({
    requestor: expect.not.stringContaining('Room 12'),
    discord: expect.stringContaining('Room 12'),
    slack: expect.stringContaining('Room 12'),
  });
  for (const told of Object.values(everywhere())) expect(told.split('Which room?').length).toBeLessThanOrEqual(2);
});

test('a comment stays with staff on all of them', async () => {
  await say('discord', 'ada9', 'staff', cardIn(house.discord, 'staff').id, 'd2', 'mia is a nuisance');
  expect(everywhere().slack).toContain('nuisance');
  const toRequestors = house.discord.notes.filter(({ where }) => where === 'help' || where === 'mia');
  expect(JSON.stringify(toRequestors)).not.toContain('nuisance');
});

test('an edit on one platform is an edit on the others', async () => {
  await hear('discord', 'mia', 'help', ask, { kind: 'edit', message: 'd1', text: text('Room 13') });
  expect(everywhere().slack).toContain('Room 13');
  expect(everywhere().slack).not.toContain('Room 12');
});

test('whoever is on two platforms is one person, and hears what is for them on one', async () => {
  await hear('discord', 'ada9', 'staff', null, { kind: 'command', line: 'steal 1' });
  await hear('slack', 'ada', 'desk', null, { kind: 'command', line: 'take 1' });
  await hear('slack', 'bo', 'desk', null, { kind: 'command', line: 'give 1 <@ada>' });
  await say('discord', 'mia', 'help', ask, 'd3', 'Hello?');
  const directly = [...house.paper.read('ada'), ...house.discord.read('ada9')].filter((line) =>
    line.includes('Hello?'),
  );
  expect(directly).toHaveLength(1);
});

test('a platform that is down holds up none of the others, and is told in order when it is back', async () => {
  house.paper.trouble.set('*', () => new TryLater('Slack is down', null));
  await say('discord', 'mia', 'help', ask, 'd4', 'first');
  await say('discord', 'mia', 'help', ask, 'd5', 'second');
  expect(everywhere().discord).toMatch(/first.*second/s);
  house.paper.trouble.clear();
  await house.advance(60_000);
  expect(everywhere().slack).toMatch(/first.*second/s);
  expect(everywhere().slack.split('second')).toHaveLength(2);
});

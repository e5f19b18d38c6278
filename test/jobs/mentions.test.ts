import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inbound, LineView } from '../../connectors/connector.ts';
import { calledIn } from '../../src/desk/called.ts';
import { type Inline, paragraph, plain } from '../../src/ticket/text.ts';
import { type House, openHouse } from './house.ts';
import type { Paper } from './paper.ts';

/** Staff are told in Slack and in Discord, and Bo is in both. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor }
  bo: { name: Bo Lindqvist, accounts: ['discord:1000/bo9'] }
  rita: { name: Rita Gomez }
groups: { staff: [ada, bo] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  help:
    rights: { staff: [work], requestor: [ShowTicket, ReplyToTicket] }
    feeds: [{ place: 'slack:T1/desk', audience: staff }, { place: 'discord:1000/staff', audience: staff }]
`;

let house: House;
let bo: number;
beforeAll(async () => {
  house = await openHouse(configuration);
  await house.say('ada', 'new in help The beamer is dim');
  await house.quiet();
  const { rows } = await house.store.pool.query(`select id from people where name = 'bo'`);
  bo = rows[0].id;
});
afterAll(() => house.close());

const mention = (id: string, name: string): Inline => ({ inline: 'mention', id, name });
let events = 0;
/** What Bo was told in the direct conversation. */
const directly = () => house.paper.read('bo').filter((line) => line.includes('mentioned you'));
async function hear(platform: string, sender: string, act: object): Promise<void> {
  const [workspace, channel] = platform === 'slack' ? ['T1', 'desk'] : ['1000', 'staff'];
  await house.door.receive({
    ...{ event: `m${++events}`, at: house.desk.now(), sender: { id: sender, name: sender }, answerTo: {} },
    ...{ where: { platform, workspace, channel, thread: null, direct: false }, ...act },
  } as Inbound);
  await house.quiet();
}
const say = (platform: string, sender: string, ...inlines: Inline[]) =>
  hear(platform, sender, {
    ...{ kind: 'message', message: `said ${events}`, text: [paragraph(...inlines)] },
    ...{ mentionsBot: false, replyTo: null, files: [] },
  });
const told = (paper: Paper, words: string): LineView => {
  const lines = paper.notes.flatMap(({ view }) => (view.view === 'line' ? [view] : []));
  const found = lines.find(({ body }) => plain(body).includes(words));
  if (found === undefined) throw new Error(`nobody was told “${words}”`);
  return found;
};

test('somebody who is mentioned in a message is called where another platform is told of it, and not again where it was said', async () => {
  await say('slack', 'ada', '#1 ', mention('bo', 'bo'), ' should look at it');
  expect(calledIn(told(house.discord, 'should look at it'))).toEqual([bo]);
  const here = told(house.paper, 'should look at it');
  expect(calledIn(here)).toEqual([]);
  expect(plain(here.body)).toBe('Bo Lindqvist should look at it');
});

test('somebody who is mentioned in a command, which nobody else sees, is told directly, and by nothing else', async () => {
  await hear('slack', 'ada', { kind: 'command', line: 'comment 1 <@bo> has the key' });
  expect(directly()).toEqual(['line Ada Okafor mentioned you in #1 The beamer is dim: Bo Lindqvist has the key']);
  for (const [paper, where] of [
    [house.paper, 'desk'],
    [house.discord, 'staff'],
  ] as const) {
    const line = paper.notes.find((note) => note.where === where && JSON.stringify(note.view).includes('has the key'));
    expect(line?.view.view === 'line' && calledIn(line.view)).toEqual([]);
  }
});

test('who is not where the mention was written is told directly, once though they also watch the ticket', async () => {
  house.paper.memberships.set('desk', { members: ['ada'], open: false });
  await house.say('ada', 'admincc 1 @bo');
  await house.quiet();
  const before = directly().length;
  await say('slack', 'ada', '#1 ', mention('bo', 'bo'), ' where is the lamp');
  expect(directly().slice(before)).toEqual([
    'line Ada Okafor mentioned you in #1 The beamer is dim: Bo Lindqvist where is the lamp',
  ]);
  house.paper.memberships.clear();
  await say('slack', 'ada', '#1 ', mention('alex', 'alex'), ' too');
  await house.say('ada', 'admincc 1 -@bo');
});

test('who may not see the ticket, or not the comment, is not told that they were mentioned', async () => {
  await hear('slack', 'ada', { kind: 'command', line: 'comment 1 <@rita> must not know' });
  expect(JSON.stringify(house.paper.notes.filter(({ where }) => where === 'rita'))).not.toContain('must not know');
  await house.say('ada', 'requestor 1 @rita');
  await hear('slack', 'ada', { kind: 'command', line: 'comment 1 <@rita> still must not know' });
  await hear('slack', 'ada', { kind: 'command', line: 'reply 1 <@rita> please restart' });
  const told = house.paper.read('rita');
  expect(told.filter((line) => line.includes('must not know'))).toEqual([]);
  expect(told.filter((line) => line.includes('please restart'))).toEqual([
    'line Ada Okafor mentioned you in #1 The beamer is dim: Rita Gomez please restart',
  ]);
});

test('who was never met in that workspace stays the name that was written, and comes not into being', async () => {
  await say('discord', 'bo9', '#1 ', mention('stranger', 'Some Stranger'), ' and ', mention('bo', 'bo'), ' said so');
  const line = told(house.paper, 'said so');
  expect(plain(line.body)).toBe('Some Stranger and bo said so');
  expect(calledIn(line)).toEqual([]);
  const { rows } = await house.store.pool.query(`select from identities where platform_id = 'stranger'`);
  expect(rows).toEqual([]);
});

test('whom an edit mentions is called by it no more than by the message', async () => {
  await say('discord', 'bo9', '#1 the lamp is new');
  const message = `said ${events - 1}`;
  await hear('discord', 'bo9', {
    ...{ kind: 'edit', message, text: [paragraph('#1 ', mention('bo9', 'Bo'), ' put a lamp in')] },
  });
  expect(calledIn(told(house.paper, 'put a lamp in'))).toEqual([bo]);
  expect(calledIn(told(house.discord, 'put a lamp in'))).toEqual([]);
});

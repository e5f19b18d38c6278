import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inbound } from '../../src/desk/inbound.ts';
import { type House, openHouse } from '../jobs/house.ts';

/** Two guilds that know nothing of each other but for Ada, who works in both, and a queue that only one of them has. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor, accounts: ['slack:T1/ada1', 'slack:T2/ada2'] }
  bo: { name: Bo Lindqvist, accounts: ['slack:T1/bo1'] }
groups: { staff: [ada, bo] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
    feeds: [{ place: 'slack:T1/desk', audience: staff }]
  inner:
    rights: { 'slack:T1': [SeeQueue, CreateTicket], requestor: [ShowTicket], staff: [work] }
`;

let house: House;
beforeAll(async () => {
  house = await openHouse(configuration);
  await house.say('mia', 'new in help Mia cannot print', 'T1');
  await house.say('max', 'new in help Max cannot print', 'T2');
  await house.say('mia', 'new in inner Mia has an inner question', 'T1');
  await house.quiet();
});
afterAll(() => house.close());

const who = (id: string, workspace: string) => ({ platform: 'slack', workspace, sender: { id, name: id } });
const offered = async (id: string, workspace: string, line: string) =>
  (await house.door.complete(who(id, workspace), line)).map(({ text }) => text.slice(line.lastIndexOf(' ') + 1).trim());

let events = 0;
/** What somebody is answered, in words. */
async function answered(id: string, workspace: string, act: Record<string, unknown>): Promise<string> {
  const before = house.paper.answers.length;
  await house.door.receive({
    event: `w${++events}`,
    at: house.desk.now(),
    sender: { id, name: id },
    where: { platform: 'slack', workspace, channel: 'lobby', thread: null, direct: false },
    answerTo: {},
    ...act,
  } as Inbound);
  await house.quiet();
  return JSON.stringify(house.paper.answers.slice(before));
}
const typed = (id: string, workspace: string, line: string) => answered(id, workspace, { kind: 'command', line });

test('whoever is in another workspace is not offered, nor known by name or address', async () => {
  expect(await offered('mia', 'T1', 'new for @m')).toEqual(['@mia']);
  expect(await offered('max', 'T2', 'new for @m')).toEqual(['@max']);
  const unknown = await typed('mia', 'T1', 'new for @nobody.here Printer');
  expect(unknown).toContain('Nobody here is called @nobody.here');
  expect(await typed('mia', 'T1', 'new for @max Printer')).toBe(unknown.replaceAll('nobody.here', 'max'));
  expect(await typed('mia', 'T1', 'list requestor:@max')).toContain('Nobody here is called @max');
});

test('those in the configuration are known everywhere', async () => {
  expect(await offered('mia', 'T1', 'new for @b')).toEqual(['@bo']);
  expect(await offered('max', 'T2', 'new for @b')).toEqual(['@bo']);
});

test('who works on the tickets of both knows the people of both', async () => {
  expect(await offered('ada1', 'T1', 'cc 1 @m')).toEqual(['@max', '@mia']);
  expect(await typed('ada2', 'T2', 'cc 2 @mia')).not.toContain('Nobody here');
});

test('an account that the configuration does not name is a stranger in the other workspace', async () => {
  expect(await typed('bo1', 'T1', 'take 1')).toContain('took it');
  for (const line of ['take 1', 'show 1', 'history 1', 'resolve 1', 'reply 1 hello', 'link 2 depends on 1']) {
    expect(await typed('bo1', 'T2', line)).toContain('There is no ticket');
  }
  expect(await offered('bo1', 'T2', 'take ')).toEqual([]);
});

test('one that it names in both acts as the same person in both', async () => {
  expect((await offered('ada2', 'T2', 'take ')).toSorted()).toEqual(['1', '2', '3']);
  expect(await typed('ada2', 'T2', 'show 1')).toContain('Mia cannot print');
});

test.each([
  ['press', { kind: 'press', command: 'resolve 1', message: 'm1' }],
  ['form', { kind: 'submit', command: 'reply 1', answers: { text: 'I was here' } }],
  ['shorthand', { kind: 'message', message: 'x1', text: [{ block: 'paragraph', inlines: ['#1 !resolve done'] }] }],
  ['talk in its thread', { kind: 'message', message: 'x2', text: [{ block: 'paragraph', inlines: ['#1 hello'] }] }],
])('a ticket is not worked from another workspace: %s', async (_, act) => {
  const said = await answered('max', 'T2', { mentionsBot: false, replyTo: null, files: [], ...act });
  expect(said).toContain('There is no ticket #1 that you can see');
  expect((await house.store.load([1])).get(1)?.status).not.toBe('resolved');
  const { rows } = await house.store.pool.query(`select from transactions where ticket_id = 1 and body like '%here%'`);
  expect(rows).toEqual([]);
});

test('the card of one workspace means nothing in another, even with the same ids of channel and message', async () => {
  const [card] = house.paper.notes.filter(({ where, view }) => where === 'desk' && view.view === 'card');
  const where = { platform: 'slack', workspace: 'T2', channel: 'desk', thread: card?.id ?? '', direct: false };
  const talk = { message: 'x3', text: [{ block: 'paragraph', inlines: ['hello'] }] };
  const taken = await house.door.receive({
    ...{ kind: 'message', mentionsBot: false, replyTo: card?.id ?? '', files: [], ...talk },
    ...{ event: 'same ids', at: house.desk.now(), sender: { id: 'max', name: 'max' }, where, answerTo: {} },
  } as Inbound);
  expect(taken).toBe('ignored');
});

test('a queue that is for the people of one workspace is not named in another', async () => {
  expect(await offered('mia', 'T1', 'new in i')).toEqual(['inner']);
  expect(await offered('max', 'T2', 'new in i')).toEqual([]);
  expect(await typed('max', 'T2', 'new in inner Let me in')).toContain('no queue');
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at, type Client, card, type House, line, openHouse } from './house.ts';

let house: House;
let ada: Client;
let rita: Client;
let ron: Client;

beforeAll(async () => {
  house = await openHouse();
  [ada, rita, ron] = (await Promise.all(['ada', 'rita', 'ron'].map((handle) => house.client(handle)))) as [
    Client,
    Client,
    Client,
  ];
});
beforeEach(() => house.takes(() => 'kept'));
afterAll(() => house.close());

const nothing = { reaction: null, audience: 'everyone', views: [], form: null, tickets: [] } as const;

function lastReceived() {
  const inbound = house.received.at(-1);
  if (inbound === undefined) throw new Error('the desk was handed nothing');
  return inbound;
}

test('a message is seen by its author alone until the desk has told what it is', async () => {
  const id = await ada.say('helpdesk', 'is this a comment?');
  expect(await ada.sees('helpdesk')).toContain('is this a comment?');
  expect(await rita.sees('helpdesk')).not.toContain('is this a comment?');
  await house.connector.answer(lastReceived(), nothing);
  expect(await rita.sees('helpdesk')).toContain(`"id":${id}`);
});

test('ordinary talk is let go at once', async () => {
  house.takes(() => 'ignored');
  await ada.say('helpdesk', 'lunch?');
  expect(await rita.sees('helpdesk')).toContain('lunch?');
});

test('a comment typed among requestors reaches no page, list, count or stream of theirs', async () => {
  house.allow('ada', 41, 'ShowTicket', 'ShowTicketComments');
  house.allow('bo', 41, 'ShowTicket', 'ShowTicketComments');
  house.allow('rita', 41, 'ShowTicket');
  const bo = await house.client('bo');
  const [ritas, bos] = await Promise.all([rita, bo].map((client) => client.follow({ channel: 'helpdesk' })));
  const elsewhere = await rita.follow({ channel: '@rita' });

  await ada.say('helpdesk', '#41 the customer is clueless');
  await house.connector.answer(lastReceived(), { ...nothing, reaction: '🔒', audience: 'staff', tickets: [41] });
  expect(await bos?.until('clueless')).toContain('Staff only');
  house.takes(() => 'ignored');
  await ada.say('helpdesk', 'something else');
  await ritas?.until('something else');
  await elsewhere.until('data-unread');

  expect(ritas?.text).not.toContain('clueless');
  expect(ritas?.text).not.toContain('#41');
  expect(await rita.sees('helpdesk')).not.toContain('clueless');
  expect(await rita.sees('@rita')).not.toContain('clueless');
  for (const stream of [ritas, bos, elsewhere]) stream?.close();
});

test('what the desk refused stays with its author, for a comment may stand in it', async () => {
  await ada.say('helpdesk', '#41 !comennt so clueless');
  await house.connector.answer(lastReceived(), { ...nothing, reaction: '❓', audience: 'author' });
  expect(await rita.sees('helpdesk')).not.toContain('comennt');
  expect(await ada.sees('helpdesk')).toContain('comennt');
});

test('a message that changed tickets is seen by those who may see these tickets', async () => {
  house.allow('rita', 42, 'ShowTicket');
  house.allow('ron', 42);
  await ada.say('helpdesk', '#42 !resolve new toner');
  await house.connector.answer(lastReceived(), { ...nothing, reaction: '✅', audience: 'tickets', tickets: [42] });
  expect(await rita.sees('helpdesk')).toContain('new toner');
  expect(await ron.sees('helpdesk')).not.toContain('new toner');
});

test('a card shows only to those who may see its ticket, with the buttons that they may press', async () => {
  house.allow('ada', 43, 'ShowTicket', 'OwnTicket', 'ReplyToTicket');
  house.allow('rita', 43, 'ShowTicket', 'ReplyToTicket');
  await house.connector.post(at('helpdesk'), card(43, 'Printer on fire'), 'card 43', false);
  const adas = await ada.sees('helpdesk');
  const ritas = await rita.sees('helpdesk');
  expect(adas).toContain('aria-label="#43 Printer on fire"');
  expect(adas).toContain('take 43');
  expect(ritas).toContain('aria-label="#43 Printer on fire"');
  expect(ritas).toContain('reply 43');
  expect(ritas).not.toContain('take 43');
  expect(ritas).not.toContain('delete 43');
  const rons = await ron.sees('helpdesk');
  expect(rons).not.toContain('#43');
  expect(rons).not.toContain('Printer on fire');
});

test('a card disappears from the pages of those who may no longer see its ticket', async () => {
  house.allow('rita', 44, 'ShowTicket');
  const id = await house.connector.post(at('helpdesk'), card(44, 'Moving'), 'card 44', false);
  const stream = await rita.follow({ channel: 'helpdesk' });
  await stream.until('Moving');
  house.allow('rita', 44);
  await house.connector.edit(at('helpdesk'), id, card(44, 'Moved to security'));
  await stream.until(`id="m-${id}" data-gone`);
  expect(stream.text).not.toContain('Moved to security');
  stream.close();
});

test('a line for staff only never shows to others in the thread', async () => {
  house.takes(() => 'ignored');
  const root = await rita.say('helpdesk', 'it hurts');
  house.allow('ada', 45, 'ShowTicket', 'ShowTicketComments');
  house.allow('rita', 45, 'ShowTicket');
  await house.connector.post(at('helpdesk', root), line(45, 'only for us', true), 'line 45 a', false);
  await house.connector.post(at('helpdesk', root), line(45, 'for all', false), 'line 45 b', false);
  const thread = `/c/helpdesk/t/${root}?part=panel`;
  const adas = await (await ada.fetch(thread)).text();
  const ritas = await (await rita.fetch(thread)).text();
  expect(adas).toContain('only for us');
  expect(ritas).toContain('for all');
  expect(ritas).not.toContain('only for us');
  expect(await ada.sees('helpdesk')).toContain('2 replies');
  expect(await rita.sees('helpdesk')).not.toContain('2 replies');
});

const fromOutside: readonly [string, (client: Client) => Promise<Response>][] = [
  ['its page', (client) => client.fetch('/c/noc')],
  ['its messages', (client) => client.fetch('/c/noc/messages')],
  ['its older messages', (client) => client.fetch('/c/noc/older?before=1000')],
  ['a thread in it', (client) => client.fetch('/c/noc/t/1')],
  ['saying something in it', (client) => client.post('/c/noc/messages', { text: 'hello' })],
  ['pressing a button in it', (client) => client.post('/c/noc/press', { command: 'take 1' })],
  ['submitting a form in it', (client) => client.post('/c/noc/submit', { command: 'reply 1' })],
  ['completing in it', (client) => client.fetch('/c/noc/complete?line=/')],
  ["somebody else's talk with Docket", (client) => client.fetch('/c/@ada')],
];

test.each(fromOutside)('who is not in a channel finds nothing there: %s', async (_what, act) => {
  const handed = house.received.length;
  const inside = await act(rita);
  const nowhere = await rita.fetch('/c/there-is-no-such-channel');
  expect(inside.status).toBe(404);
  expect(await inside.text()).toBe(await nowhere.text());
  expect(house.received).toHaveLength(handed);
});

test('a stream on a channel tells those who are not in it nothing', async () => {
  const spying = await rita.follow({ channel: 'noc' });
  const own = await ada.follow({ channel: 'noc' });
  house.takes(() => 'ignored');
  await ada.say('noc', 'the core router is down');
  await own.until('the core router is down');
  await ada.say('helpdesk', 'hello everybody');
  await spying.until('data-unread');
  expect(spying.text).not.toContain('core router');
  spying.close();
  own.close();
});

test('a message of another channel cannot be reached through this one', async () => {
  house.takes(() => 'ignored');
  const id = await ada.say('noc', 'a secret of the noc');
  for (const path of [`t/${id}`, `messages/${id}/edit`]) {
    expect((await rita.fetch(`/c/helpdesk/${path}`)).status).toBe(404);
  }
  expect((await rita.post(`/c/helpdesk/messages/${id}/ticket`, {})).status).toBe(404);
  expect((await rita.post('/c/helpdesk/messages', { text: 'hi', thread: id })).status).toBe(404);
  expect((await rita.post('/c/helpdesk/press', { command: 'take 1', message: id })).status).toBe(404);
});

test('a private answer reaches the page that asked, and nobody else', async () => {
  const second = await house.client('ada');
  const streams = await Promise.all([ada, second, rita].map((client) => client.follow({ channel: 'helpdesk' })));
  await ada.post('/c/helpdesk/messages', { text: '/ticket take 99' });
  const notice = { view: 'notice', tone: 'refused', text: [], buttons: [] } as const;
  await house.connector.answer(lastReceived(), { ...nothing, views: [notice] });
  await streams[0]?.until('class="notice refused"');
  house.takes(() => 'ignored');
  await ada.say('helpdesk', 'and so on');
  for (const stream of streams.slice(1)) {
    expect(await stream.until('and so on')).not.toContain('class="notice refused"');
    stream.close();
  }
  streams[0]?.close();
});

test('a private answer waits for a page that was not connected when it came', async () => {
  const late = await house.client('ada');
  await late.post('/c/helpdesk/press', { command: 'reply 1' });
  const form = { view: 'form', title: 'Reply to #1', command: 'reply 1', submit: 'Send', inputs: [] } as const;
  await house.connector.answer(lastReceived(), { ...nothing, form });
  const stream = await late.follow({ channel: 'helpdesk' });
  expect(await stream.until('Reply to #1')).toContain('<dialog');
  stream.close();
});

test('somebody whom the writer does not know is not called by name, as if there were nobody of that name', async () => {
  house.takes(() => 'ignored');
  await house.db.query(`insert into people (name, display_name) values ('jdoe', 'Jane Doe')`);
  await ada.say('helpdesk', 'ask @jdoe or @bo or @nobody');
  const shown = await ada.sees('helpdesk');
  expect(shown).toContain('ask @jdoe or');
  expect(shown).not.toContain('Jane Doe');
  expect(shown).toContain('class="person">Bo<');
});

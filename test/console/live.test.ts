import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signOut } from '../../src/web/sessions.ts';
import { at, type Client, card, type House, openHouse } from './house.ts';

let house: House;
let ada: Client;
let bo: Client;

beforeAll(async () => {
  house = await openHouse();
  ada = await house.client('ada');
  bo = await house.client('bo');
});
beforeEach(() => house.takes(() => 'ignored'));
afterAll(() => house.close());

test('another page sees what is said, edited, answered and deleted, without asking', async () => {
  const stream = await bo.follow({ channel: 'noc' });
  const id = await ada.say('noc', 'link flaps');
  await stream.until('link flaps');
  await ada.post(`/c/noc/messages/${id}/edit`, { 'answer.text': 'link flapped' });
  await stream.until('link flapped');
  await ada.say('noc', 'since ten', { thread: id });
  await stream.until('since ten');
  await stream.until('1 reply');
  await ada.post(`/c/noc/messages/${id}/delete`, {});
  await stream.until('This message was deleted.');
  stream.close();
});

test('a card is live: each edit of it comes to the pages', async () => {
  house.allow('bo', 5, 'ShowTicket');
  const stream = await bo.follow({ channel: 'noc' });
  const id = await house.connector.post(at('noc'), card(5, 'BGP down'), 'card 5', false);
  await stream.until('#5 BGP down');
  await house.connector.edit(at('noc'), id, card(5, 'BGP up again'));
  await stream.until('#5 BGP up again');
  stream.close();
});

test('a stream ends with its session, and hears nothing after', async () => {
  const ron = await house.client('ron');
  const [his, hers] = [await ron.follow({ channel: 'helpdesk' }), await ada.follow({ channel: 'helpdesk' })];
  await his.until('retry: 1000');
  const { rows } = await house.db.query<{ id: number }>(`select id from people where name = 'ron'`);
  await signOut(house.db, rows[0]?.id ?? 0);
  await his.over;
  await ada.say('helpdesk', 'said after he was signed out');
  await hers.until('said after he was signed out');
  expect(his.text).not.toContain('said after');
  hers.close();
});

test('what somebody reads in one window is read in their others', async () => {
  const read = (message: string) => bo.post('/c/noc/read', { message });
  house.allow('bo', 6, 'ShowTicket');
  await read(await house.connector.post(at('noc'), card(6, 'Old'), 'card 6, old', false));
  const stream = await bo.follow({ channel: 'helpdesk' });
  const id = await house.connector.post(at('noc'), card(6, 'New'), 'card 6, new', false);
  await stream.until('data-unread="');
  await read(id);
  await expect.poll(() => stream.text.split('id="sidebar"').at(-1)).not.toContain('data-unread="');
  stream.close();
});

test('a page that comes back is told what it missed, and nothing older', async () => {
  const told = await bo.follow({ channel: 'noc' });
  await ada.say('noc', 'long ago');
  // What is still to be told is told to whoever comes meanwhile: all about this message is, once the next one has been.
  await told.until('long ago');
  await ada.say('noc', 'a moment later');
  await told.until('a moment later');
  told.close();
  await house.db.query(`alter table console_messages disable trigger tell`);
  await house.db.query(`update console_messages set changed = now() - interval '1 hour'`);
  await house.db.query(`alter table console_messages enable trigger tell`);
  const since = new Date().toISOString();
  await ada.say('noc', 'while away');
  const stream = await bo.follow({ channel: 'noc', since });
  await stream.until('while away');
  expect(stream.text).not.toContain('long ago');
  stream.close();
});

test('a browser that connects again by itself is told from where it was', async () => {
  await ada.say('noc', 'the last word');
  const query = new URLSearchParams({ page: bo.page, as: 'bo', channel: 'noc', since: new Date().toISOString() });
  const abort = new AbortController();
  const headers = { 'last-event-id': new Date(Date.now() - 60_000).toISOString() };
  const response = await bo.fetch(`/events?${query}`, { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('the last word')) told += (await reader?.read())?.value ?? '';
  expect(told).toMatch(/id: \d{4}-\d\d-\d\dT/);
  abort.abort();
});

test('each page hears of what waits in the other channels', async () => {
  const stream = await bo.follow({ channel: 'helpdesk' });
  await stream.until('id="sidebar"');
  const { messages } = (await (await bo.fetch('/c/noc/messages')).json()) as { messages: { id: number }[] };
  await bo.post('/c/noc/read', { message: messages.at(-1)?.id });
  await ada.say('noc', 'news for the noc');
  await stream.until('data-unread="1"');
  stream.close();
});

test('a stream that was drawn for somebody else is not given', async () => {
  const stream = await bo.follow({ channel: 'noc', as: 'ada' });
  expect(stream.response.status).toBe(204);
});

test('an act of a page that was drawn for somebody else is refused', async () => {
  const response = await bo.fetch('/c/noc/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-docket-as': 'ada' },
    body: JSON.stringify({ event: 'abcdefgh', page: bo.page, text: 'who am I?' }),
  });
  expect(response.status).toBe(409);
  expect(await response.text()).toContain('signed in as Bo');
});

test('news are told again after the connection to the database was lost', async () => {
  const stream = await bo.follow({ channel: 'noc' });
  await stream.until('id="sidebar"');
  const killed = await house.db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`,
  );
  expect(killed.rowCount).toBe(1);
  await ada.say('noc', 'said while nobody listened');
  await stream.until('said while nobody listened');
  stream.close();
});

test('the server closes, though pages are open', async () => {
  const other = await openHouse();
  const client = await other.client('ada');
  const stream = await client.follow({ channel: 'noc' });
  await stream.until('id="sidebar"');
  await other.close();
  await expect.poll(() => stream.ended).toBe(true);
});

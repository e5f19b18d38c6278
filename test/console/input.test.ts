import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, type House, openHouse } from './house.ts';

let house: House;
let rita: Client;

beforeAll(async () => {
  house = await openHouse();
  rita = await house.client('rita');
});
beforeEach(() => house.takes(() => 'ignored'));
afterAll(() => house.close());

const says = '/c/helpdesk/messages';
const event = randomUUID();
const page = randomUUID();

const refused: readonly [string, string, unknown, number, string][] = [
  ['a message of 10 MB', says, { text: 'x'.repeat(10_000_000) }, 413, 'at most 20,000 characters'],
  ['an empty message', says, { text: ' \n ' }, 400, 'nothing to send'],
  ['a message without an event', says, { text: 'x', event: undefined }, 400, 'event'],
  ['an event that is no id', says, { text: 'x', event: '../../x' }, 400, 'event'],
  ['a page that is no page', says, { text: 'x', page: 'main' }, 400, 'page'],
  ['a text that is no text', says, { text: { $ne: null } }, 400, 'text'],
  ['a thread that is no number', says, { text: 'x', thread: 'NaN' }, 400, 'thread'],
  ['a thread beyond all numbers', says, { text: 'x', thread: '99999999999999999999' }, 400, 'thread'],
  ['a thread on nothing', says, { text: 'x', thread: '999999' }, 404, 'nothing here'],
  ['a press without a command', '/c/helpdesk/press', {}, 400, 'command'],
  ['a press of a long command', '/c/helpdesk/press', { command: 'x'.repeat(501) }, 413, 'at most 500'],
  [
    'a form with an answer of 10 MB',
    '/c/helpdesk/submit',
    { command: 'new', 'answer.text': 'x'.repeat(10_000_000) },
    413,
    'at most',
  ],
  ['a form with answers that are no texts', '/c/helpdesk/submit', { command: 'new', answers: { a: ['b'] } }, 400, 'a:'],
  [
    'a form with a thousand answers',
    '/c/helpdesk/submit',
    { command: 'new', answers: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`a${index}`, 'x'])) },
    400,
    'at most 50',
  ],
  ['a mark of what was read that is no number', '/c/helpdesk/read', { message: 'all' }, 400, 'message'],
];

test.each(refused)('%s is refused, and told why', async (_what, path, body, status, why) => {
  const response = await rita.fetch(path, {
    method: 'POST',
    body: JSON.stringify({ event, page, ...Object(body) }),
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(status);
  const { error } = (await response.json()) as { error: string };
  expect(error).toContain(why);
});

test('more than the server reads at once is refused, and it goes on', async () => {
  const response = await rita.fetch(says, {
    method: 'POST',
    body: 'x'.repeat(13 * 1024 * 1024),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(response.status).toBe(413);
  expect(await rita.say('helpdesk', 'still there?')).toBeGreaterThan(0);
});

test('a file of more than 10 MB is refused as a whole', async () => {
  const form = new FormData();
  form.set('event', randomUUID());
  form.set('page', page);
  form.set('text', 'with a large file');
  form.append('files', new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'large.bin'));
  const response = await rita.fetch(says, { method: 'POST', body: form });
  expect(response.status).toBe(413);
  expect(await response.text()).toContain('10 MB');
  expect(await rita.sees('helpdesk')).not.toContain('with a large file');
});

const forms: readonly [string, string, string][] = [
  ['without a boundary', 'multipart/form-data', 'x'],
  [
    'that ends halfway',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nhal',
  ],
  [
    'whose file ends halfway',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhal',
  ],
  ['of no parts', 'multipart/form-data; boundary=b', 'nothing of that kind'],
];

test.each(forms)('a form with files %s is refused in words', async (_how, type, body) => {
  const response = await rita.fetch(says, { method: 'POST', body, headers: { 'content-type': type } });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a message of 20,000 characters arrives, however they are written', async () => {
  const text = '網'.repeat(20_000);
  const body = new URLSearchParams({ text, event: randomUUID(), page });
  expect(`${body}`.length).toBeGreaterThan(180_000);
  expect((await rita.fetch(says, { method: 'POST', body })).status).toBe(200);
});

test('one person keeps five pages up to date, and others theirs', async () => {
  const ron = await house.client('ron');
  const streams = await Promise.all([1, 2, 3, 4, 5].map(() => ron.follow({ channel: 'helpdesk' })));
  const sixth = await ron.follow({ channel: 'helpdesk' });
  expect(sixth.response.status).toBe(429);
  const other = await rita.follow({ channel: 'helpdesk' });
  expect(other.response.status).toBe(200);
  streams[0]?.close();
  await expect
    .poll(async () => {
      const again = await ron.follow({ channel: 'helpdesk' });
      streams.push(again);
      return again.response.status;
    })
    .toBe(200);
  for (const stream of [...streams, other]) stream.close();
});

test('more files than somebody may attach a day are refused, with their message', async () => {
  const ron = await house.client('ron');
  const send = async (words: string, bytes: number) => {
    const form = new FormData();
    const fields = { event: randomUUID(), page, text: words };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.append('files', new File([new Uint8Array(bytes)], 'large.bin'));
    return ron.fetch(says, { method: 'POST', body: form });
  };
  expect((await send('the first nine', 9_000_000)).status).toBe(200);
  const second = await send('the second nine', 9_000_000);
  expect(second.status).toBe(429);
  expect(await second.text()).toContain('15 MB of files within 24 hours');
  expect((await send('a little', 100_000)).status).toBe(200);
  expect(await ron.sees('helpdesk')).not.toContain('the second nine');
});

test('broken JSON is refused in words', async () => {
  const response = await rita.fetch(says, {
    method: 'POST',
    body: '{"text":',
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('could not read that');
});

test('what no database can hold is replaced where it can be seen', async () => {
  const body = `{"text":"nul \\u0000, half a pair \\ud83d","event":"${randomUUID()}","page":"${page}"}`;
  const response = await rita.fetch(says, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(response.status).toBe(200);
  expect(await rita.sees('helpdesk')).toContain('nul \u2400, half a pair \ufffd');
});

test('HTML and @everyone stay the text that they are', async () => {
  const nasty = '<img src=x onerror=alert(1)> "quoted" & @everyone <script>alert(1)</script>';
  await rita.say('helpdesk', nasty);
  const shown = await (await rita.fetch('/c/helpdesk', { headers: { accept: 'text/html' } })).text();
  expect(shown).toContain('&lt;img src=x onerror=alert(1)> &#34;quoted&#34; &amp; @everyone');
  expect(shown).not.toContain('<img src=x');
  expect(shown).not.toContain('<script>alert');
});

test('what was typed comes back for an edit as it was typed', async () => {
  const source = '\n**bold** </textarea><script>alert(1)</script> &amp; "q"';
  const id = await rita.say('helpdesk', source);
  const dialog = await (await rita.fetch(`/c/helpdesk/messages/${id}/edit`)).text();
  expect(dialog).not.toContain('<script>');
  expect(dialog).toContain(
    '\n\n**bold** &lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;amp; &#34;q&#34;</textarea>',
  );
});

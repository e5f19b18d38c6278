import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at, type Client, card, type House, line, openHouse } from './house.ts';

let house: House;
let ada: Client;
let rita: Client;

beforeAll(async () => {
  house = await openHouse();
  ada = await house.client('ada');
  rita = await house.client('rita');
});
beforeEach(() => house.takes(() => 'ignored'));
afterAll(() => house.close());

async function data(client: Client, channel: string) {
  const response = await client.fetch(`/c/${channel}/messages`);
  return (await response.json()) as {
    messages: { id: number; source: string; reactions: object[]; files: { id: string }[] }[];
  };
}

test('an event that is sent twice is one message, and the desk is handed it once', async () => {
  house.takes(() => 'kept');
  const event = randomUUID();
  const first = await rita.say('helpdesk', 'once', { event });
  const second = await rita.say('helpdesk', 'once', { event });
  expect(second).toBe(first);
  expect(house.received.filter(({ event: id }) => id.endsWith(event))).toHaveLength(1);
});

test("nobody's event can be taken for another person's", async () => {
  const event = randomUUID();
  const ritas = await rita.say('helpdesk', 'from Rita', { event });
  const adas = await ada.say('helpdesk', 'from Ada', { event });
  expect(adas).not.toBe(ritas);
});

test('a message that the desk could not take is handed over again when it is sent again', async () => {
  const event = randomUUID();
  house.takes(() => {
    throw new Error('the database is away');
  });
  expect((await rita.post('/c/helpdesk/messages', { text: 'broken', event })).status).toBe(500);
  house.takes(() => 'kept');
  await rita.say('helpdesk', 'broken', { event });
  expect(house.received.at(-1)).toMatchObject({ kind: 'message', event: `rita:${event}` });
});

test('a delivery that is posted twice is one message', async () => {
  const first = await house.connector.post(at('noc'), line(1, 'once', false), 'delivery 1', false);
  expect(await house.connector.post(at('noc'), line(1, 'once', false), 'delivery 1', false)).toBe(first);
});

test('two posts of the same delivery at once are one message', async () => {
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => house.connector.post(at('noc'), line(1, 'at once', false), 'delivery 2', false)),
  );
  expect(new Set(ids).size).toBe(1);
});

test('a message goes to the desk as a tree, with mentions, and without the mention of Docket', async () => {
  house.takes(() => 'kept');
  await rita.say('helpdesk', '@docket please ask @ada about **this**');
  expect(house.received.at(-1)).toMatchObject({
    kind: 'message',
    mentionsBot: true,
    sender: { id: 'rita', name: 'Rita' },
    where: { platform: 'console', workspace: 'docket', channel: 'helpdesk', thread: null, direct: false },
    text: [
      {
        block: 'paragraph',
        inlines: [
          'please ask ',
          { inline: 'mention', id: 'ada', name: 'Ada' },
          ' about ',
          { inline: 'strong', inlines: ['this'] },
        ],
      },
    ],
  });
});

test('what begins with /ticket is a command and no message', async () => {
  house.takes(() => 'kept');
  expect((await rita.post('/c/helpdesk/messages', { text: '/ticket give 12 @ada' })).status).toBe(204);
  expect(house.received.at(-1)).toMatchObject({ kind: 'command', line: 'give 12 <@ada>' });
  expect(await ada.sees('helpdesk')).not.toContain('give 12');
});

test('another word after the slash is refused, and says what there is', async () => {
  const response = await rita.post('/c/helpdesk/messages', { text: '/tikcet take 1' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('/ticket help');
});

test('words alone are what they are in the talk with Docket', async () => {
  house.takes(() => 'kept');
  await rita.say('@rita', 'mine');
  expect(house.received.at(-1)).toMatchObject({ kind: 'message', where: { channel: '@rita', direct: true } });
});

test('a card in the thread of a message is shown below it in the channel', async () => {
  const root = await rita.say('helpdesk', 'the printer burns');
  house.allow('rita', 7, 'ShowTicket');
  const id = await house.connector.post(at('helpdesk', root), card(7, 'the printer burns'), 'card 7', false);
  const page = await (await rita.fetch('/c/helpdesk', { headers: { accept: 'text/html' } })).text();
  expect(page.match(/<article/g)).toHaveLength(1);
  expect(page).toContain(`id="card-${id}"`);
  const withThread = await (await rita.fetch(`/c/helpdesk/t/${root}`, { headers: { accept: 'text/html' } })).text();
  expect(withThread.match(/<article/g)).toHaveLength(1);
});

test('people edit and delete what they wrote, and the desk is told', async () => {
  house.takes(() => 'kept');
  const id = await rita.say('helpdesk', 'teh printer');
  expect((await rita.post(`/c/helpdesk/messages/${id}/edit`, { 'answer.text': 'the `printer`' })).status).toBe(204);
  expect(house.received.at(-1)).toMatchObject({ kind: 'edit', message: `${id}` });
  expect(await rita.sees('helpdesk')).toContain('edited');
  expect((await rita.post(`/c/helpdesk/messages/${id}/delete`, {})).status).toBe(204);
  expect(house.received.at(-1)).toMatchObject({ kind: 'deletion', message: `${id}` });
  expect(await rita.sees('helpdesk')).not.toContain('printer`');
});

test('nobody edits or deletes the words of others', async () => {
  const id = await rita.say('helpdesk', 'my words');
  for (const act of ['edit', 'delete']) {
    const response = await ada.post(`/c/helpdesk/messages/${id}/${act}`, { 'answer.text': 'other words' });
    expect(response.status).toBe(403);
  }
  expect(await rita.sees('helpdesk')).toContain('my words');
});

test('a ticket is made of any message that is seen, by its author', async () => {
  const id = await rita.say('helpdesk', 'please make a ticket of this');
  house.takes(() => 'kept');
  expect((await ada.post(`/c/helpdesk/messages/${id}/ticket`, {})).status).toBe(204);
  expect(house.received.at(-1)).toMatchObject({
    kind: 'reaction',
    emoji: '🎫',
    message: `${id}`,
    sender: { id: 'ada' },
    author: { id: 'rita', name: 'Rita' },
  });
});

test('attached files are kept with their message, for those who see it', async () => {
  const form = new FormData();
  form.set('event', randomUUID());
  form.set('page', rita.page);
  form.set('text', 'see the log');
  form.append('files', new File(['line one\n'], '../error "log".html', { type: 'text/html' }));
  const response = await rita.fetch('/c/helpdesk/messages', { method: 'POST', body: form });
  const { id } = (await response.json()) as { id: number };
  const message = (await data(rita, 'helpdesk')).messages.find((one) => one.id === id);
  const path = `/c/helpdesk/messages/${id}/files/${message?.files[0]?.id}`;
  const file = await ada.fetch(path);
  expect(await file.text()).toBe('line one\n');
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
  expect(file.headers.get('content-disposition')).toContain('attachment');
  expect(file.headers.get('content-security-policy')).toContain('sandbox');
  expect((await ada.fetch(path.replace('helpdesk', 'noc'))).status).toBe(404);
  expect((await rita.fetch(`/c/helpdesk/messages/${id}/files/${randomUUID()}`)).status).toBe(404);
});

test('an edit or a deletion that the desk could not take is not shown, and can be done again', async () => {
  const message = await rita.say('helpdesk', 'as it was');
  const acts = [
    { path: `/c/helpdesk/messages/${message}/edit`, fields: { 'answer.text': 'as it is' } },
    { path: `/c/helpdesk/messages/${message}/delete`, fields: {} },
  ];
  house.takes(() => Promise.reject(new Error('the database is away')));
  for (const { path, fields } of acts) expect((await rita.post(path, fields)).status).toBe(500);
  expect((await data(rita, 'helpdesk')).messages.find(({ id }) => id === message)?.source).toBe('as it was');
  house.takes(() => 'kept');
  for (const { path, fields } of acts) expect((await rita.post(path, fields)).status).toBe(204);
  expect((await data(rita, 'helpdesk')).messages.find(({ id }) => id === message)).toBeUndefined();
});

test('what was not read is counted, by channel, without what one may not see', async () => {
  const reader = await house.client('bo');
  const before = await ada.say('noc', 'first');
  await reader.post('/c/noc/read', { message: before });
  await ada.say('noc', 'second');
  await house.connector.post(at('noc'), card(77, 'not for Bo'), 'card 77', false);
  const page = await (await reader.fetch('/c/helpdesk', { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('data-unread="1"');
});

test('a place that is not there cannot be posted to, which the deliveries are told', async () => {
  await expect(house.connector.post(at('nowhere'), line(1, 'x', false), 'k1', false)).rejects.toThrow(
    'no channel #nowhere',
  );
  await expect(house.connector.post(at('noc', 999_999), line(1, 'x', false), 'k2', false)).rejects.toThrow(
    'no message 999999',
  );
});

test('there is a direct conversation with everybody who is there, and with nobody else', async () => {
  expect(await house.connector.direct('docket', 'rita')).toEqual(at('@rita'));
  expect(await house.connector.direct('docket', 'nobody-of-this-name')).toBeNull();
});

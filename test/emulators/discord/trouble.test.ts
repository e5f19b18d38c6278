import { afterEach, beforeEach, expect, test } from 'vitest';
import { described } from './description.ts';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';
import { requester } from './requests.ts';

let discord: Discord;
let ask: ReturnType<typeof requester>;
beforeEach(async () => {
  discord = await startDiscord(smallGuild);
  ask = requester(discord);
});
afterEach(() => discord.stop());

const path = `/channels/${ids.noc}/messages`;
const post = (content = 'x') => ask('POST', path, { content });

test('a request that is too much is pushed back, and does nothing', async () => {
  discord.trouble({ status: 429, retryAfter: 2, what: /^POST \/channels/ });
  const { status, body, headers } = await post();
  expect({ status, body }).toMatchObject({ status: 429, body: { retry_after: 2, global: false } });
  expect(headers.get('x-ratelimit-scope')).toBe('user');
  expect(discord.posted(ids.noc)).toEqual([]);
  expect((await post()).status).toBe(200);
});

test('so are all requests together', async () => {
  discord.trouble({ status: 429, global: true, retryAfter: 0.5 });
  const { body, headers } = await ask('GET', '/users/@me');
  expect(body).toMatchObject({ global: true, retry_after: 0.5 });
  expect(headers.get('x-ratelimit-global')).toBe('true');
});

test('each channel has a bucket of its own, which its headers tell of', async () => {
  discord.limitRates();
  const left: (string | null)[] = [];
  for (let nth = 0; nth < 5; nth++) left.push((await post()).headers.get('x-ratelimit-remaining'));
  expect(left).toEqual(['4', '3', '2', '1', '0']);
  expect((await post()).status).toBe(429);
  expect((await ask('POST', `/channels/${ids.secret}/messages`, { content: 'x' })).status).toBe(200);
  discord.limitRates(false);
  expect((await post()).status).toBe(200);
});

test('Discord can have trouble of its own', async () => {
  discord.trouble({ status: 503, times: 2 });
  expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([503, 503, 200]);
});

test('Discord can be away, and come back where it was', async () => {
  await discord.down();
  await expect(post()).rejects.toThrow('fetch failed');
  await discord.up();
  expect((await post()).status).toBe(200);
});

test('an answer can be lost after all was done', async () => {
  const done = discord.loseAnswer('POST', /messages$/, 'cut');
  await expect(post('once')).rejects.toThrow();
  await done;
  expect(discord.posted(ids.noc)).toHaveLength(1);
});

test('an answer can be held back after all was done', async () => {
  const done = discord.loseAnswer('POST', /messages$/);
  const held = post('once').catch(() => 'cut');
  await done;
  expect(discord.posted(ids.noc)).toHaveLength(1);
  await discord.stop();
  expect(await held).toBe('cut');
});

test('what Discord would not repeat to be asked is counted', async () => {
  await ask('GET', '/channels/1');
  await ask('GET', `/channels/${ids.hidden}`);
  await ask('GET', '/users/@me', undefined, 'wrong');
  await post('');
  expect(discord.invalidRequests.map(({ status }) => status)).toEqual([404, 403, 401]);
});

test.skipIf(!described)('what Discord does not describe is refused, and told', async () => {
  expect((await ask('POST', path, { content: 'x', nonsense: { deep: 1 }, embeds: 'no' })).code).toBe(50035);
  expect((await ask('GET', `${path}?nonsense=1`)).code).toBe(50035);
  expect(discord.violations).toHaveLength(2);
});

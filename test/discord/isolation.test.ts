import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMistaken, parseConfig } from '../../src/config/load.ts';
import { type Docket, startDocket } from '../../src/docket.ts';
import type { Client } from '../emulators/discord/client.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import type { Message } from '../emulators/discord/shapes.ts';
import { freshDatabase } from '../support/postgres.ts';
import { settled } from '../support/time.ts';

const ours = '200000000000000001';
const theirs = '200000000000000002';
const noc = '300000000000000001';
const lobby = '300000000000000002';
const elsewhere = '300000000000000003';
const ada = '400000000000000001';
const bo = '400000000000000002';
const mallory = '400000000000000003';

/** Ada has an account in our server alone, Bo in both, Mallory in the other one. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor, accounts: [discord:${ours}/${ada}] }
  bo: { name: Bo Lindqvist, accounts: [discord:${ours}/${bo}, discord:${theirs}/${bo}] }
groups: { operators: [ada, bo] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  noc:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], operators: [work] }
    feeds: [{ place: 'discord:${ours}/${noc}', audience: staff }]
`;

let discord: Discord;
let docket: Docket;
let drop: () => Promise<void>;

beforeAll(async () => {
  const config = parseConfig(configuration, 'docket.yaml');
  if (isMistaken(config)) throw new Error(JSON.stringify(config.mistakes, null, 2));
  const database = await freshDatabase();
  drop = database.drop;
  const people = { [ada]: 'ada', [bo]: 'bo', [mallory]: 'mallory' };
  discord = await startDiscord({
    people: Object.entries(people).map(([id, name]) => ({ id, name })),
    guilds: [
      {
        id: ours,
        name: 'Ours',
        members: [ada, bo],
        channels: [
          { id: noc, name: 'noc' },
          { id: lobby, name: 'lobby' },
        ],
      },
      { id: theirs, name: 'Theirs', members: [ada, bo, mallory], channels: [{ id: elsewhere, name: 'elsewhere' }] },
    ],
  });
  docket = await startDocket({
    config,
    environment: {
      ...{ config: '', data: '', databaseUrl: database.url, host: '127.0.0.1', port: 0, logLevel: 'warn' },
      ...{ slack: null, matrix: null, discord: { token: discord.token, guild: null, apiUrl: discord.apiUrl } },
    },
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }),
  });
  await Promise.all([discord.listening(), discord.registered()]);
});
afterAll(async () => {
  await docket.stop();
  await discord.stop();
  await drop();
});

/** What somebody alone is told in a channel when they use a command. */
async function told(client: Client, where: string, verb: string, on: string): Promise<string> {
  const before = answers(client).length;
  await client.slash(where, ['ticket', verb], { on });
  await expect.poll(() => answers(client).slice(before).join(), { timeout: 5_000 }).not.toBe('');
  return answers(client).slice(before).join('\n');
}

/** The words of what somebody alone was told, as far as it has come. */
function answers(client: Client): readonly string[] {
  return client.ephemerals.map(({ components }) => JSON.stringify(components)).filter((words) => words !== '[]');
}

test('a ticket of one server is not there in another, but for those whom the configuration knows in both', async () => {
  const [adas, bos, mallorys] = [discord.client(ada), discord.client(bo), discord.client(mallory)];
  await adas.slash(lobby, ['ticket', 'new'], { subject: 'Fan is-loud', queue: 'noc' });
  const card = () => discord.posted(noc).find(({ components }) => JSON.stringify(components).includes('is-loud'));
  await expect.poll(card, { timeout: 5_000 }).toBeDefined();
  await settled(docket);

  for (const stranger of [adas, mallorys]) {
    const unknown = await told(stranger, elsewhere, 'show', '999');
    for (const verb of ['show', 'take', 'resolve']) {
      const answer = await told(stranger, elsewhere, verb, '1');
      expect(answer).not.toContain('is-loud');
      expect(answer).toContain('There is no ticket');
    }
    expect(unknown).toContain('There is no ticket');
    expect(await stranger.complete(elsewhere, ['ticket', 'take'], { on: '1' }, 'on')).toEqual([]);
    expect(await stranger.complete(elsewhere, ['ticket', 'take'], { on: 'fan' }, 'on')).toEqual([]);
  }
  expect(await adas.complete(lobby, ['ticket', 'take'], { on: 'fan' }, 'on')).toHaveLength(1);

  expect(await told(bos, elsewhere, 'show', '1')).toContain('is-loud');
  const shown = bos.ephemerals.at(-1) as Message;
  await bos.press(shown, 'Take');
  await expect.poll(() => JSON.stringify(card()?.components), { timeout: 5_000 }).toContain('Bo Lindqvist');
  expect(mallorys.screen.received()).not.toContain('is-loud');
  expect(discord.violations).toEqual([]);
});

test('a button that was carried into another server is refused in the same words as one for no ticket', async () => {
  const mallorys = discord.client(mallory);
  const card = discord.posted(noc)[0];
  if (card === undefined) throw new Error('there is no card');
  // As a forwarded message, or a client that is not Discord's own, would bring it there.
  const copy = { ...card, id: discord.world.ids.next(), channel: elsewhere, reactions: new Map() };
  discord.world.post(copy);
  const before = answers(mallorys).length;
  await mallorys.press(copy, 'Resolve');
  await expect.poll(() => answers(mallorys).slice(before).join(), { timeout: 5_000 }).toContain('There is no ticket');
  await settled(docket);
  expect(JSON.stringify(card.components)).not.toContain('resolved');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelId, guild, guildId } from '../conformance/discord-guild.ts';
import type { Client } from '../emulators/discord/client.ts';
import type { Trouble } from '../emulators/discord/faults.ts';
import { walkedRefusals } from './documented-errors.ts';
import { openWorld, type World, yaml } from './world.ts';

/*
 * Every route that Docket calls while it runs × every class of errors, through the whole chain; failure.test.ts puts every
 * documented error into its class. Each call has a lane: a person who causes it, and a channel that it may be about. The
 * lanes run side by side. In each round every call fails with the next error, while somebody else uses Docket undisturbed.
 */

const lanes = [
  ...['post a card', 'post a line', 'start a thread', 'edit a card', 'react', 'open a direct conversation'],
  ...['write directly', 'read a message', 'fetch a file', 'look for a delivery', 'look up a member', 'start a post'],
  ...['read a post', 'tag a post', 'reopen a thread'],
] as const;
type Lane = (typeof lanes)[number];

/** Calls on interactions name nobody beforehand: they fail one after the other, and once each. */
const answers: readonly { readonly what: RegExp; readonly act: (probe: Ticket) => Promise<unknown> }[] = [
  { what: /^POST \/interactions\/\d+\/[^/]+\/callback$/, act: () => command(presser, 'list') },
  { what: /^PATCH \/webhooks\/\d+\/[^/]+\/messages\/(@|%40)original$/, act: () => command(presser, 'list') },
  {
    what: /^POST \/webhooks\/\d+\/[^/]+$/,
    act: ({ card }) => client(presser).press(world.discord.world.message(world.discord.channel(probes), card), 'Take'),
  },
];

const numbered = (start: string, lane: number) => `${start}${String(lane).padStart(4, '0')}`;
const worker = (lane: Lane) => numbered('41000000000000', lanes.indexOf(lane));
const victim = (lane: Lane) => numbered('31000000000000', lanes.indexOf(lane));
const stranger = (kind: 1 | 2, round: number) => numbered(`4200000000000${kind}`, round);
const queue = (lane: Lane) => `victim${lanes.indexOf(lane)}`;
const isForum = (lane: Lane) => lane.endsWith(' a post');
const bo = '420000000000000000';
const presser = '430000000000000000';
const probes = '320000000000000000';
const lobby = channelId('lobby');
const rounds = walkedRefusals.length;

let world: World;
beforeAll(async () => {
  const [server] = guild.guilds ?? [];
  if (server === undefined) throw new Error('there is no server');
  const strangers = ([1, 2] as const).flatMap((kind) => walkedRefusals.map((_, round) => stranger(kind, round)));
  const people = [...lanes.map(worker), ...strangers, bo, presser];
  const tags = ['New', 'Open'].map((name, nth) => ({ id: `60000000000000000${nth}`, name }));
  const channels = [
    ...lanes.map((lane) => ({
      ...{ id: victim(lane), name: queue(lane) },
      ...(isForum(lane) ? { type: 'forum' as const, tags } : {}),
    })),
    { id: probes, name: 'probes' },
  ];
  const queues = channels.map(
    ({ id, name }) =>
      `  ${name}: { rights: { everyone: [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket, ModifyTicket] }, feeds: [{ place: "discord:${guildId}/${id}", audience: staff }] }\n`,
  );
  world = await openWorld(
    {
      people: [...(guild.people ?? []), ...people.map((id) => ({ id, name: `p${id}`, displayName: `P ${id}` }))],
      guilds: [{ ...server, members: [...server.members, ...people], channels: [...server.channels, ...channels] }],
    },
    { yaml: yaml().replace('\nqueues:\n', `\nqueues:\n${queues.join('')}`) },
  );
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

const soon = { timeout: 30_000, interval: 20 };
const client = (user: string): Client => world.discord.client(user);
const command = (user: string, line: string) => client(user).slash(lobby, ['ticket', 'do'], { line });
const words = (channel: string) => JSON.stringify(world.discord.posted(channel).map((each) => each.components));

/** A ticket, and its card in the channel of its queue. */
interface Ticket {
  readonly number: number;
  /** The id of the message, and of the thread below it. */
  readonly card: string;
}

async function opened(by: string, into: string, channel: string, subject: string): Promise<Ticket> {
  const { discord } = world;
  await command(by, `new in ${into} ${subject}`);
  const found = () =>
    [...discord.world.messages.values()].find(
      (each) =>
        [each.channel, discord.world.channels.get(each.channel)?.parent].includes(channel) &&
        JSON.stringify(each.components).includes(subject),
    );
  await expect.poll(found, soon).toBeDefined();
  const message = found();
  const number = Number(/#(\d+)/.exec(JSON.stringify(message?.components))?.[1]);
  expect(number).toBeGreaterThan(0);
  await world.quiet();
  return { number, card: message?.id ?? '' };
}

interface Act {
  /** The calls that fail. */
  readonly what: (round: number, ticket: Ticket) => RegExp;
  /** What is there before anything fails. */
  readonly before?: (round: number, ticket: Ticket) => Promise<unknown>;
  /** Has the call made. */
  readonly act: (round: number, ticket: Ticket) => unknown;
}

/** Lanes that have another ticket in every round: a card that is gone is not edited again. */
const renewed: ReadonlySet<Lane> = new Set(['start a thread', 'edit a card', 'read a post', 'tag a post']);

/** The messages whose lines are amended. */
const lines = new Map<number, string>();

const acts: Readonly<Record<Lane, Act>> = {
  'post a card': {
    what: () => new RegExp(`^POST /channels/${victim('post a card')}/messages$`),
    act: (round) => command(worker('post a card'), `new in ${queue('post a card')} Card-${round}`),
  },
  'post a line': {
    what: (_, { card }) => new RegExp(`^POST /channels/${card}/messages$`),
    act: (round, { number }) => command(worker('post a line'), `reply ${number} line-${round}-end`),
  },
  'start a thread': {
    what: () => new RegExp(`^POST /channels/${victim('start a thread')}/messages/\\d+/threads$`),
    act: (round, { number }) => command(worker('start a thread'), `reply ${number} first-${round}`),
  },
  'edit a card': {
    what: (_, { card }) => new RegExp(`^PATCH /channels/${victim('edit a card')}/messages/${card}$`),
    act: (round, { number }) => command(worker('edit a card'), `next ${number} next-${round}`),
  },
  react: {
    what: () => new RegExp(`^PUT /channels/${victim('react')}/messages/\\d+/reactions/`),
    act: (round, { number }) => client(worker('react')).say(victim('react'), `#${number} marked-${round}`),
  },
  'open a direct conversation': {
    what: () => /^POST \/users\/@me\/channels$/,
    act: (round) => client(stranger(1, round)).say(victim('open a direct conversation'), '#99999 nothing-there'),
  },
  'write directly': {
    what: () => new RegExp(`^POST /channels/${world.discord.world.direct(worker('write directly')).id}/messages$`),
    act: () => client(worker('write directly')).say(victim('write directly'), '#99999 nothing-there'),
  },
  'read a message': {
    what: () => new RegExp(`^GET /channels/${victim('read a message')}/messages/\\d+$`),
    act: (round) => {
      const one = client(worker('read a message'));
      const { id } = one.say(victim('read a message'), `talk-${round}`);
      one.react(victim('read a message'), id, '🎫');
    },
  },
  'fetch a file': {
    what: () => new RegExp(`^GET /channels/${victim('fetch a file')}/messages/\\d+$`),
    act: (round, { number }) =>
      client(worker('fetch a file')).say(victim('fetch a file'), `#${number} file-${round}`, {
        files: [{ name: `file-${round}.txt`, content: 'x' }],
      }),
  },
  'look for a delivery': {
    what: () => new RegExp(`^GET /channels/${victim('look for a delivery')}/messages$`),
    // The library asks twice.
    before: async () =>
      world.discord.trouble({
        status: 500,
        times: 2,
        what: new RegExp(`^POST /channels/${victim('look for a delivery')}/messages$`),
      }),
    act: (round) => command(worker('look for a delivery'), `new in ${queue('look for a delivery')} Sought-${round}`),
  },
  'look up a member': {
    what: (round) => new RegExp(`^GET /guilds/${guildId}/members/${stranger(2, round)}$`),
    act: (round) => client(stranger(2, round)).say('direct', 'list'),
  },
  'start a post': {
    what: () => new RegExp(`^POST /channels/${victim('start a post')}/threads$`),
    act: (round) => command(worker('start a post'), `new in ${queue('start a post')} Post-${round}`),
  },
  'read a post': {
    what: (_, { card }) => new RegExp(`^GET /channels/${card}$`),
    act: (round, { number }) => command(worker('read a post'), `next ${number} next-${round}`),
  },
  'tag a post': {
    what: (_, { card }) => new RegExp(`^PATCH /channels/${card}$`),
    before: async (_, { card }) => {
      // Somebody takes the tags away, so that every card sets them again.
      const post = world.discord.channel(card);
      world.discord.world.alter({ ...post, thread: post.thread && { ...post.thread, tags: [] } });
    },
    act: (round, { number }) => command(worker('tag a post'), `next ${number} next-${round}`),
  },
  'reopen a thread': {
    what: (_, { card }) => new RegExp(`^PATCH /channels/${card}$`),
    before: async (round, { number, card }) => {
      const { id } = client(worker('reopen a thread')).say(lobby, `#${number} !reply written-${round}`);
      lines.set(round, id);
      await expect.poll(() => words(card), soon).toContain(`written-${round}`);
      world.discord.administrator.setThread(card, { archived: true });
    },
    // A line in an archived thread is to be amended.
    act: (round, { number }) =>
      client(worker('reopen a thread')).edit(lobby, lines.get(round) ?? '', `#${number} !reply edited-${round}`),
  },
};

/** How often such calls have failed. */
const met = (what: RegExp) =>
  world.discord.core.faults.met.filter((each) => what.test(each.slice(0, each.lastIndexOf(' ')))).length;

/** What somebody else does meanwhile: a command and a message, and the lines that are delivered of both. */
async function allElseWorks(round: number, { number, card }: Ticket): Promise<void> {
  await command(bo, `reply ${number} typed-${round}-end`);
  client(bo).say(probes, `#${number} !reply said-${round}-end`);
  await expect.poll(() => words(card), soon).toContain(`said-${round}-end`);
  expect(words(card)).toContain(`typed-${round}-end`);
}

async function walkRound(how: Trouble, round: number, tickets: ReadonlyMap<Lane, Ticket>, probe: Ticket) {
  const { discord } = world;
  for (const { what, act } of answers) {
    const before = met(what);
    // The library asks twice where Discord's servers fail.
    discord.trouble({ ...how, what, times: how.status >= 500 ? 2 : 1 });
    void act(probe);
    await expect.poll(() => met(what), soon).toBeGreaterThan(before);
  }
  discord.calm();
  const ready = await Promise.all(
    lanes.map(async (lane) => {
      const subject = `${queue(lane)}-${round}-end`;
      const ticket = renewed.has(lane)
        ? await opened(worker(lane), queue(lane), victim(lane), subject)
        : (tickets.get(lane) ?? probe);
      await acts[lane].before?.(round, ticket);
      return { lane, ticket, what: acts[lane].what(round, ticket) };
    }),
  );
  const before = new Map(ready.map(({ lane, what }) => [lane, met(what)]));
  for (const { what } of ready) discord.trouble({ times: Number.POSITIVE_INFINITY, ...how, what });
  for (const { lane, ticket } of ready) void acts[lane].act(round, ticket);
  await expect
    .poll(() => ready.filter(({ lane, what }) => met(what) === before.get(lane)).map(({ lane }) => lane), soon)
    .toEqual([]);
  await allElseWorks(round, probe);
  discord.calm();
  await allReachable();
}

const allReachable = () => world.docket.door.reachable({ platform: 'discord', workspace: guildId, channel: null });

test('a refused call, whatever the error, stops nothing else and repeats nothing', async () => {
  const { discord, docket } = world;
  const tickets = new Map<Lane, Ticket>();
  for (const lane of lanes) {
    tickets.set(lane, await opened(worker(lane), queue(lane), victim(lane), `Of-${queue(lane)}-end`));
  }
  for (const lane of ['post a line', 'reopen a thread'] as const) {
    const { number = 0, card = '' } = tickets.get(lane) ?? {};
    await command(worker(lane), `reply ${number} begins-the-thread`);
    await expect.poll(() => discord.world.channels.has(card), soon).toBe(true);
  }
  client(worker('write directly')).say(victim('write directly'), '#99999 nothing-there');
  const direct = discord.world.direct(worker('write directly')).id;
  await expect.poll(() => discord.posted(direct).length, soon).toBeGreaterThan(0);
  const probe = await opened(bo, 'probes', probes, 'Of-probes-end');
  for (const [round, how] of walkedRefusals.entries()) await walkRound(how, round, tickets, probe);

  // What was refused and may be told later is told in the end.
  const left = async () => {
    await allReachable();
    const { rows } = await docket.store.pool.query(
      `select (select count(*)::int from deliveries where state = 'waiting') as deliveries,
         (select count(*)::int from inbox where done_at is null) as inbox`,
    );
    return rows[0];
  };
  await expect.poll(left, { timeout: 60_000, interval: 500 }).toEqual({ deliveries: 0, inbox: 0 });
  // Each interaction was acknowledged in time, but for those whose acknowledgement itself was refused.
  const late = discord.core.interactions.all.filter(({ user, answer }) => user !== presser && answer === null);
  expect(late).toEqual([]);
  const told = [...discord.world.messages.values()].filter((each) => each.author === discord.applicationId);
  const marks = told
    .filter(({ onlyFor }) => onlyFor === null)
    .map(({ components }) => Number(components[0]?.['id'] ?? 0));
  const delivered = marks.filter((mark) => mark > 1_000);
  expect(delivered.length).toBeGreaterThan(rounds * 4);
  expect(delivered.filter((mark, nth) => delivered.indexOf(mark) !== nth)).toEqual([]);
  const times = (word: string) =>
    discord.posted(probe.card).filter((each) => JSON.stringify(each).includes(word)).length;
  const own = Array.from({ length: rounds }, (_, round) => [`typed-${round}-end`, `said-${round}-end`]).flat();
  expect(own.filter((word) => times(word) !== 1)).toEqual([]);
}, 300_000);

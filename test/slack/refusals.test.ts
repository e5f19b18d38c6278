import { afterAll, beforeAll, expect, test } from 'vitest';
import { shortcuts } from '../../connectors/slack/app.ts';
import { channelId, workspace } from '../conformance/slack-workspace.ts';
import type { Arguments } from '../emulators/slack/arguments.ts';
import type { Client } from '../emulators/slack/client.ts';
import { commandPayload, globalShortcutPayload } from '../emulators/slack/interactions.ts';
import { bot } from '../emulators/slack/workspace.ts';
import { type Walked, walked, walkedRefusals } from './documented-errors.ts';
import { mixed, openWorld, type World } from './world.ts';

/*
 * Every outgoing call × every class of documented errors, through the whole chain; failure.test.ts puts every documented
 * error into its class. Each method has a lane: a person who has it called, and a channel that it may be about. The lanes
 * run side by side. In each round every method fails with its next error, while somebody else uses Docket undisturbed.
 */

const lane = (method: string) => walked.indexOf(method as Walked);
const worker = (method: string) => `U0WORKER${lane(method)}`;
const victim = (method: string) => `C0VICTIM${lane(method)}`;
const lobby = channelId('lobby');
const probes = 'C0PROBES';

let world: World;
beforeAll(async () => {
  const people = walked.map(worker);
  const queue = (name: string, channel: string) =>
    `  ${name}: { rights: { everyone: [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket, ModifyTicket] }, feeds: [{ place: "slack:T0DOCKET/${channel}", audience: staff }] }\n`;
  const queues = [queue('probes', probes), ...walked.map((each) => queue(`victim${lane(each)}`, victim(each)))].join(
    '',
  );
  const channels = [...walked.map(victim), probes].map((id) => ({
    id,
    name: id.toLowerCase(),
    members: [...people, 'U0BO'],
  }));
  const known = (workspace.channels ?? []).map((each) =>
    each.id === lobby ? { ...each, members: [...each.members, ...people] } : each,
  );
  world = await openWorld(
    {
      people: [...(workspace.people ?? []), ...people.map((id) => ({ id, name: id.toLowerCase(), realName: id }))],
      channels: [...known, ...channels],
      groups: [{ id: 'S0CREW', handle: 'crew', users: [] }],
      unfurlDomains: ['127.0.0.1'],
      patience: 30_000,
    },
    {
      yaml: mixed()
        .replace('operators: [ada, bo]', 'operators: [ada, bo, "slack:T0DOCKET/S0CREW"]')
        .replace('\nqueues:\n', `\nqueues:\n${queues}`),
    },
  );
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const client = (user: string): Client => world.slack.client(user);
const refused = (method: string) =>
  world.slack.core.faults.refused.filter((each) => each.startsWith(`${method} `)).length;
const said = (channel: string) => JSON.stringify(world.slack.posted(channel).map(({ blocks, text }) => [text, blocks]));
/** What lasts a moment on a quiet machine; on a busy one it may take long, and is waited for no longer than it must. */
const soon = { timeout: 120_000, interval: 20 };

interface Act {
  /** What is there before anything is refused. */
  readonly before?: (n: number) => Promise<void>;
  /** Has the method called, for the nth time. */
  readonly act: (n: number, ticket: number) => Promise<unknown>;
  readonly only?: (args: Arguments) => boolean;
}

async function reachable(channel: string): Promise<void> {
  await world.docket.door.reachable({ platform: 'slack', workspace: 'T0DOCKET', channel });
}

const fileNamed = (start: string) => (args: Arguments) =>
  world.slack.workspace.files.get(args.text('file'))?.name.startsWith(start) ?? false;
const withFile = (method: string, start: string) => (n: number, ticket: number) =>
  client(worker(method)).say(lobby, `#${ticket} file-${n}`, { files: [{ name: `${start}-${n}.txt`, content: 'x' }] });
const inVictim = (method: string) => (args: Arguments) => args.text('channel') === victim(method);

/** A person, channel or group that nobody has asked for yet. */
const stranger = (kind: string, n: number) => `U0${kind}${n}`;
function newcomer(id: string): string {
  const { workspace: place } = world.slack;
  place.people.set(id, { ...place.person('U0ADA'), id, name: id, realName: id, displayName: id });
  world.slack.channel(lobby).members.add(id);
  return id;
}

/** Messages below which lines stand that then slip out of their threads, by round. */
const slips = new Map<number, { readonly root: string; readonly card: string; readonly ticket: number }>();

const acts: Readonly<Record<Walked, Act>> = {
  'chat.delete': {
    before: async (n) => {
      const { slack, docket } = world;
      const { ts: root } = await client(worker('chat.delete')).say(
        lobby,
        `#new in victim${lane('chat.delete')} Slips ${n}`,
      );
      const card = () => slack.posted(lobby).find(({ thread, text }) => thread === root && /#\d+/.test(text));
      await expect.poll(card, soon).toBeDefined();
      const { ts = '', text = '' } = card() ?? {};
      const recorded = () => docket.store.pool.query('select from cards where message = $1', [ts]);
      await expect.poll(async () => (await recorded()).rowCount, soon).toBeGreaterThan(0);
      slips.set(n, { root, card: ts, ticket: Number(/#(\d+)/.exec(text)?.[1]) });
    },
    act: async (n) => {
      // Both messages that a line could stand below are gone: it slips out of its thread, and is taken back.
      const { root = '', card = '', ticket } = slips.get(n) ?? {};
      world.slack.remove(lobby, card);
      await client(worker('chat.delete')).delete(lobby, root);
      await client('U0BO').slash(lobby, '/ticket', `reply ${ticket} slips-${n}`);
    },
  },
  'chat.postEphemeral': {
    act: (n) => client(worker('chat.postEphemeral')).say(lobby, `#9${n + 10_000} nothing-there`),
    only: (args) => args.text('user') === worker('chat.postEphemeral'),
  },
  'chat.postMessage': {
    act: (n, ticket) => client(worker('chat.postMessage')).slash(lobby, '/ticket', `reply ${ticket} line-${n}-end`),
    only: inVictim('chat.postMessage'),
  },
  'chat.unfurl': {
    act: (n, ticket) => client(worker('chat.unfurl')).say(lobby, `${world.docket.url}/tickets/${ticket} ${n}`),
  },
  'chat.update': {
    act: (n, ticket) => client(worker('chat.update')).slash(lobby, '/ticket', `next ${ticket} next-${n}`),
    only: inVictim('chat.update'),
  },
  'conversations.history': {
    act: async (n) => {
      const one = client(worker('conversations.history'));
      const { ts } = await one.say(lobby, `talk-${n}`);
      await one.react(lobby, ts, '🎫');
    },
    only: (args) => args.text('channel') === lobby,
  },
  'conversations.info': {
    act: (n, ticket) => {
      const id = `C0NAMED${n}`;
      const { workspace: place } = world.slack;
      place.channels.set(id, { ...world.slack.channel(lobby), id, name: `named-${n}`, messages: new Map() });
      return client(worker('conversations.info')).say(lobby, `#${ticket} see #named-${n}`);
    },
    only: (args) => args.text('channel').startsWith('C0NAMED'),
  },
  'conversations.open': {
    act: (n) => {
      const payload = globalShortcutPayload(world.slack.core, newcomer(stranger('OPENS', n)), shortcuts.newTicket);
      return world.slack.core.deliveries.send({ type: 'interactive', payload });
    },
    only: (args) => args.text('users').startsWith('U0OPENS'),
  },
  'conversations.replies': {
    act: async (n) => {
      const one = client(worker('conversations.replies'));
      const { ts } = await one.say(victim('conversations.replies'), `root-${n}`);
      const reply = await one.say(victim('conversations.replies'), `reply-${n}`, { thread: ts });
      await one.react(victim('conversations.replies'), reply.ts, '🎫');
    },
    only: inVictim('conversations.replies'),
  },
  'files.completeUploadExternal': {
    act: withFile('files.completeUploadExternal', 'completed'),
    only: (args) => JSON.stringify(args.records('files')).includes('completed'),
  },
  'files.getUploadURLExternal': {
    act: withFile('files.getUploadURLExternal', 'addressed'),
    only: (args) => args.text('filename').startsWith('addressed'),
  },
  'files.info': { act: withFile('files.info', 'info'), only: fileNamed('info') },
  'reactions.add': { act: (n, ticket) => client(worker('reactions.add')).say(lobby, `#${ticket} marked-${n}`) },
  'usergroups.list': {
    act: async (n, ticket) => {
      const channel = world.slack.channel(lobby);
      const { workspace: place } = world.slack;
      const message = await client(worker('usergroups.list')).say(lobby, `plain-${n}`);
      const text = `#${ticket} ask <!subteam^S0NAMED${n}> ${n}`;
      await world.slack.events.during(() => place.change(channel, { ...message, text, blocks: [] }));
      await world.slack.events.during(() =>
        place.post(channel, { ...message, ts: place.ts(), text, blocks: [], reactions: new Map() }),
      );
    },
  },
  'usergroups.users.list': {
    act: (n) => world.slack.events.during(() => world.slack.regroup('S0CREW', [stranger('CREW', n)])),
  },
  'users.info': {
    act: (n, ticket) => {
      const { core } = world.slack;
      const id = newcomer(stranger('TYPES', n));
      const payload = commandPayload(core, id, world.slack.channel(lobby), '/ticket', `reply ${ticket} typed-${n}`);
      return core.deliveries.send({ type: 'slash_commands', payload });
    },
    only: (args) => args.text('user').startsWith('U0TYPES'),
  },
  'views.open': { act: (_n, ticket) => client(worker('views.open')).slash(lobby, '/ticket', `reply ${ticket}`) },
  'views.publish': { act: () => client(worker('views.publish')).openHome() },
};

/** What somebody else does meanwhile: a command and a message, and the lines that are delivered of both. */
async function allElseWorks(round: number, ticket: number): Promise<void> {
  const bo = client('U0BO');
  await bo.slash(lobby, '/ticket', `reply ${ticket} typed-${round}-end`);
  await bo.say(lobby, `#${ticket} !reply said-${round}-end`);
  await expect.poll(() => said(probes), soon).toContain(`said-${round}-end`);
  expect(said(probes)).toContain(`typed-${round}-end`);
}

/** The number of a ticket whose card stands alone in a channel. */
async function opened(by: string, queue: string, channel: string): Promise<number> {
  await client(by).slash(lobby, '/ticket', `new in ${queue} Of ${queue}`);
  const number = () => Number(/#(\d+)/.exec(world.slack.posted(channel)[0]?.text ?? '')?.[1]);
  await expect.poll(number, soon).toBeGreaterThan(0);
  return number();
}

/** In each round every method is refused with the next of its errors, all at once. */
async function walkRound(round: number, tickets: ReadonlyMap<Walked, number>, probe: number): Promise<void> {
  const { slack } = world;
  const lanes = walked.flatMap((method) => {
    const how = walkedRefusals(method)[round];
    return how === undefined ? [] : [{ method, how, before: refused(method) }];
  });
  await Promise.all(lanes.map(({ method }) => acts[method].before?.(round)));
  for (const { method, how } of lanes) slack.refuse(method, how, Number.POSITIVE_INFINITY, acts[method].only);
  await Promise.all(lanes.map(({ method }) => acts[method].act(round, tickets.get(method) ?? 0)));
  await expect
    .poll(() => lanes.filter(({ method, before }) => refused(method) === before).map(({ method }) => method), soon)
    .toEqual([]);
  await allElseWorks(round, probe);
  slack.allow();
  await Promise.all(lanes.map(({ method }) => reachable(victim(method))));
}

test('a refused call, whatever the error, stops nothing else and repeats nothing', async () => {
  const { slack, docket } = world;
  const tickets = new Map<Walked, number>();
  for (const method of walked) {
    tickets.set(method, await opened(worker(method), `victim${lane(method)}`, victim(method)));
  }
  const probe = await opened('U0BO', 'probes', probes);
  const rounds = Math.max(...walked.map((method) => walkedRefusals(method).length));
  for (let round = 0; round < rounds; round++) await walkRound(round, tickets, probe);

  // What was refused and may be told later is told in the end.
  const left = async () => {
    await docket.door.reachable({ platform: 'slack', workspace: 'T0DOCKET', channel: null });
    const { rows } = await docket.store.pool.query(
      `select (select count(*)::int from deliveries where state = 'waiting') as deliveries,
         (select count(*)::int from inbox where done_at is null) as inbox`,
    );
    return rows[0];
  };
  await expect.poll(left, { timeout: 60_000, interval: 500 }).toEqual({ deliveries: 0, inbox: 0 });
  // Each event was acknowledged, at once.
  const late = slack.deliveries.filter(({ outcomes }) => outcomes.length !== 1 || !outcomes[0]?.acked);
  expect(late.map(({ envelope, outcomes }) => [envelope, outcomes])).toEqual([]);
  const messages = [...slack.workspace.channels.values()].flatMap(({ messages: those }) => [...those.values()]);
  const keys = messages
    .filter(({ user }) => user === bot.user)
    .flatMap(({ metadata }) => metadata?.['event_payload'] ?? []);
  const names = keys.map((each) => JSON.stringify(each));
  expect(names.filter((name, nth) => names.indexOf(name) !== nth)).toEqual([]);
  const times = (word: string) => slack.posted(probes).filter(({ text }) => text.includes(word)).length;
  const words = Array.from({ length: rounds }, (_, round) => [`typed-${round}-end`, `said-${round}-end`]).flat();
  expect(words.filter((word) => times(word) !== 1)).toEqual([]);
}, 600_000);

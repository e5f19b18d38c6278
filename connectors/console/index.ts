import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { Actor } from '../../src/ticket/actor.ts';
import type { Streams } from '../../src/web/streams.ts';
import type { Visitors } from '../../src/web/visitors.ts';
import {
  type Address,
  type Answer,
  type Connector,
  type Door,
  Gone,
  type Inbound,
  Undeliverable,
  type View,
} from '../connector.ts';
import { actRoutes } from './act-routes.ts';
import { Answers } from './answers.ts';
import { Channels, type ConsoleChannel } from './channels.ts';
import type { Chat, FileKeeper } from './chat.ts';
import { chatFeeder } from './feeder.ts';
import { released } from './held.ts';
import { botHandle, platform, workspace } from './message.ts';
import { messageRoutes } from './message-routes.ts';
import { Messages } from './messages.ts';
import { readRoutes } from './read-routes.ts';
import { sayRoutes } from './say-routes.ts';

export type { ConsoleChannel } from './channels.ts';
export type { FileKeeper } from './chat.ts';

export interface ConsoleOptions {
  /** The server that takes the chat's routes; it must not listen yet. */
  readonly app: FastifyInstance;
  readonly db: Pool;
  readonly visitors: Visitors;
  readonly streams: Streams;
  readonly channels: readonly ConsoleChannel[];
  /** Who a person is, with every group they are in. */
  readonly actorOf: (person: number) => Promise<Actor>;
  /** The people in a group, also by way of other groups. */
  readonly membersOf: (group: string) => Promise<readonly number[]>;
  /** Which of these people somebody may know of. */
  readonly acquainted: (person: number, people: readonly number[]) => Promise<ReadonlySet<number>>;
  readonly files: FileKeeper;
  /** Bytes of files that a person may attach within 24 hours. */
  readonly uploadsPerDay: number;
  /** Counts what a person writes. Gives 0; or, where it is one too many, the milliseconds until there is room for it. */
  readonly written: (person: number) => number;
  /** The moment (ISO 8601, UTC), at which people are taken to speak. */
  readonly now: () => string;
}

/**
 * The chat that is built in: the fourth platform. Its routes are there as soon as it is made; people are heard once it
 * has been started. The id of somebody in it is the name that `@` mentions.
 */
export function consoleConnector(options: ConsoleOptions): Connector {
  const { app, db, visitors, streams, files, acquainted, uploadsPerDay, written, now } = options;
  const channels = new Channels(options.channels, options.actorOf);
  const messages = new Messages(db);
  const answers = new Answers(db);
  let door: Door | null = null;
  const kept = { channels, messages, answers, files, uploadsPerDay, acquainted };
  const chat: Chat = { db, visitors, streams, ...kept, written, now, door: openDoor };
  readRoutes(app, chat);
  sayRoutes(app, chat);
  messageRoutes(app, chat);
  actRoutes(app, chat);
  streams.add(chatFeeder(chat));

  return {
    platform,
    capabilities: { buttons: true, forms: true, privateNotices: true, threads: true, edits: true },
    async start(to) {
      door = to;
      await messages.releaseTakenUp();
    },
    async stop() {
      // Its routes end with the server; pages that are being told something until then still ask the desk.
    },
    post,
    async edit(_to, message, view) {
      const { tickets, staffOnly } = concerns(view);
      const there = await messages.redraw(Number(message), view, tickets, staffOnly);
      if (!there) throw new Gone(`there is no message ${message}`);
    },
    answer,
    async direct(_workspace, person) {
      const { rows } = await db.query('select from people where name = $1 and active', [person]);
      return rows.length === 0 ? null : { platform, workspace, channel: `@${person}`, thread: null, direct: true };
    },
    // A mention is only shown here, and notifies nobody.
    async reachedByMention() {
      return new Set();
    },
    async members({ channel }) {
      const groups = options.channels.find(({ name }) => name === channel)?.members;
      if (groups === undefined) return null;
      const people = await Promise.all(
        groups.filter((name) => name !== 'everyone').map((name) => options.membersOf(name)),
      );
      const { rows } = await db.query<{ name: string }>(
        'select name from people where active and id = any($1::int[]) order by name',
        [people.flat()],
      );
      return { members: rows.map(({ name }) => name), open: groups.includes('everyone') };
    },
    async fetchFile(ref) {
      const bytes = await files.bytes(ref);
      if (bytes === null) throw new Undeliverable(`there is no file ${ref}`);
      return bytes;
    },
  };

  function openDoor(): Door {
    if (door === null) throw new Error('the console was not started, or has been stopped');
    return door;
  }

  async function post(to: Address, view: View, key: string): Promise<string> {
    if (!channels.exists(to.channel)) {
      throw new Undeliverable(`the console has no channel #${to.channel}`, {
        mend: `Add it to the channels of the console in the configuration, or take its feeds out of it.`,
      });
    }
    const root = to.thread === null ? null : Number(to.thread);
    const hangsOn = root === null ? null : await messages.byId(root);
    if (root !== null && hangsOn?.channel !== to.channel) throw new Gone(`there is no message ${to.thread}`);
    const id = await messages.add({
      key: `posted:${key}`,
      channel: to.channel,
      root,
      author: await bot(),
      text: [],
      source: '',
      files: [],
      view,
      ...concerns(view),
      held: false,
    });
    // A message that became a ticket is known by its card, also when the answer to it was lost with a process. Whether
    // more may read it than the ticket's own readers, only the answer tells.
    if (hangsOn?.held === true && view.view === 'card') await messages.release(hangsOn.id, concerns(view), true);
    return `${id}`;
  }

  async function answer(inbound: Inbound, { reaction, audience, views, form, tickets }: Answer): Promise<void> {
    const page = inbound.answerTo['page'];
    const all = form === null ? views : [...views, form];
    if (inbound.kind === 'message') {
      const to = released({ audience, tickets });
      if (to !== null) await messages.release(Number(inbound.message), to);
    }
    if (reaction !== null && (inbound.kind === 'message' || inbound.kind === 'reaction')) {
      await messages.react(Number(inbound.message), await bot(), reaction);
    }
    if (page !== undefined && all.length > 0) {
      const thread = inbound.where.thread === null ? null : Number(inbound.where.thread);
      await answers.add({ person: inbound.sender.id, page, channel: inbound.where.channel, thread }, all);
    }
  }

  async function bot(): Promise<number> {
    const { rows } = await db.query<{ id: number }>('select id from people where name = $1', [botHandle]);
    const [row] = rows;
    if (row === undefined) throw new Error('the person that is Docket itself is missing from the database');
    return row.id;
  }
}

/** Which tickets a view shows, so that only those who may see them see it; and whether it is for staff only. */
function concerns(view: View): { tickets: readonly number[]; staffOnly: boolean } {
  const tickets = 'ticket' in view ? [view.ticket] : view.view === 'list' ? view.rows.map(({ ticket }) => ticket) : [];
  return { tickets, staffOnly: view.view === 'line' && view.staffOnly };
}

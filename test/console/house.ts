import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { pino } from 'pino';
import type { CardView, Connector, Door, Inbound, LineView } from '../../connectors/connector.ts';
import { type ConsoleChannel, consoleConnector } from '../../connectors/console/index.ts';
import { Allowance, usualLimits } from '../../src/desk/allowance.ts';
import { attachmentBytes, attachmentPieces, keepAttachment, uploadedWithinDay } from '../../src/store/attachments.ts';
import { openPool } from '../../src/store/pool.ts';
import type { Right } from '../../src/ticket/policy.ts';
import { text } from '../../src/ticket/text.ts';
import { Live } from '../../src/web/live.ts';
import { createServer } from '../../src/web/server.ts';
import { openSession } from '../../src/web/sessions.ts';
import { Streams } from '../../src/web/streams.ts';
import { Visitors } from '../../src/web/visitors.ts';
import { freshDatabase } from '../support/postgres.ts';

const log = pino({ level: 'silent' });
const bound = { host: '127.0.0.1', url: null };

export const channels: readonly ConsoleChannel[] = [
  { name: 'helpdesk', topic: 'Ask here', members: ['everyone'], intake: 'helpdesk' },
  { name: 'noc', topic: 'Operators', members: ['operators'], intake: null },
];

/** Ada and Bo are operators, Rita and Ron ask for help. */
const groups: Readonly<Record<string, readonly string[]>> = {
  ada: ['operators'],
  bo: ['operators'],
  rita: [],
  ron: [],
};

/** A running console over real HTTP and Postgres, and in place of the desk the test itself. */
export interface House {
  readonly connector: Connector;
  readonly app: FastifyInstance;
  readonly db: Pool;
  /** What the desk has been handed. */
  readonly received: Inbound[];
  /** How the desk takes what comes next; at first it keeps everything and leaves it lying. */
  takes(how: (inbound: Inbound) => 'kept' | 'ignored' | Promise<'kept' | 'ignored'>): void;
  /** What somebody may do to a ticket; nobody may do anything at first. */
  allow(handle: string, ticket: number, ...rights: Right[]): void;
  client(handle: string): Promise<Client>;
  close(): Promise<void>;
}

/** @param messagesPerMinute how much one person may write */
export async function openHouse(messagesPerMinute = 100_000): Promise<House> {
  const allowance = new Allowance({ ...usualLimits, messagesPerMinute }, () => new Date().toISOString());
  const database = await freshDatabase();
  const db = openPool(database.url, log);
  const people = new Map<string, number>();
  for (const handle of Object.keys(groups)) {
    const name = handle[0]?.toUpperCase() + handle.slice(1);
    const { rows } = await db.query('insert into people (name, display_name) values ($1, $2) returning id', [
      handle,
      name,
    ]);
    people.set(handle, rows[0].id);
  }
  const app = await createServer({ log, bound, ready: async () => void (await db.query('select 1')) });
  const visitors = new Visitors(db, bound, null);
  visitors.guard(app);
  const live = new Live(db, log);
  const streams = new Streams(app, visitors, live, 5);
  const handleOf = (person: number) => [...people].find(([, id]) => id === person)?.[0] ?? '';
  const connector = consoleConnector({
    app,
    db,
    visitors,
    streams,
    channels,
    actorOf: async (person) => ({
      person,
      name: handleOf(person),
      groups: new Set(groups[handleOf(person)]),
      superuser: false,
      zone: 'UTC',
    }),
    membersOf: async () => [],
    acquainted: async (_person, ids) => new Set(ids.filter((id) => handleOf(id) !== '')),
    files: {
      keep: (file) => keepAttachment({ pool: db }, file),
      bytes: (id) => attachmentBytes({ pool: db }, id),
      pieces: (id) => attachmentPieces({ pool: db }, id),
      uploadedWithinDay: (person) => uploadedWithinDay({ pool: db }, person),
    },
    uploadsPerDay: 15_000_000,
    written: (person) => allowance.written(person),
    now: () => new Date().toISOString(),
  });
  const received: Inbound[] = [];
  const rights = new Map<string, Set<Right>>();
  let taking: (inbound: Inbound) => 'kept' | 'ignored' | Promise<'kept' | 'ignored'> = () => 'kept';
  const door: Door = {
    receive: async (inbound) => {
      if (received.some(({ event }) => event === inbound.event)) return 'seen';
      const taken = await taking(inbound);
      if (taken === 'kept') received.push(inbound);
      return taken;
    },
    complete: async (_who, line) => [{ text: `${line}!`, label: line, detail: '' }],
    rightsOn: async ({ sender }, ticket) => rights.get(`${sender.id} ${ticket}`) ?? new Set(),
    home: async () => Promise.reject(new Error('the console has no home')),
    ticketAt: () => null,
    card: async () => null,
    author: async () => null,
    edited: async () => null,
    mistakes: async () => ({}),
    understands: async () => true,
    groupsWanted: async () => [],
    group: async () => {},
    member: async () => {},
    file: async () => null,
    accounts: async () => new Map(),
    remember: async () => '',
    recall: async () => null,
    reachable: async () => {},
    alert: async () => {},
  };
  await connector.start(door);
  await live.start();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  return {
    connector,
    app,
    db,
    received,
    takes: (how) => {
      taking = how;
    },
    allow: (handle, ticket, ...given) => rights.set(`${handle} ${ticket}`, new Set(given)),
    client: async (handle) => {
      const token = await openSession(db, people.get(handle) ?? 0, false);
      return new Client(`http://127.0.0.1:${port}`, handle, token);
    },
    close: async () => {
      await app.close();
      await live.stop();
      await db.end();
      await database.drop();
    },
  };
}

/** A browser with one page open. */
export class Client {
  readonly page = randomUUID();

  constructor(
    readonly origin: string,
    readonly handle: string,
    private readonly token: string,
  ) {}

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: `docket_session=${this.token}`, accept: 'application/json', ...init.headers };
    return fetch(this.origin + path, { redirect: 'manual', ...init, headers });
  }

  post(path: string, fields: object): Promise<Response> {
    const body = JSON.stringify({ event: randomUUID(), page: this.page, ...fields });
    return this.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  }

  /** Says something, and gives the message's number. */
  async say(channel: string, words: string, more: object = {}): Promise<number> {
    const response = await this.post(`/c/${channel}/messages`, { text: words, ...more });
    const { id } = (await response.json()) as { id: number };
    return id;
  }

  /** Everything that the channel shows: the page as HTML, and the same as data. */
  async sees(channel: string): Promise<string> {
    const page = await this.fetch(`/c/${channel}`, { headers: { accept: 'text/html' } });
    const data = await this.fetch(`/c/${channel}/messages?page=${this.page}`);
    return `${await page.text()}\n${await data.text()}`;
  }

  /** Opens the event stream of the page. */
  async follow(what: Record<string, string>): Promise<Stream> {
    const query = new URLSearchParams({ page: this.page, as: this.handle, ...what });
    const abort = new AbortController();
    const response = await this.fetch(`/events?${query}`, {
      signal: abort.signal,
      headers: { accept: 'text/event-stream' },
    });
    return new Stream(response, abort);
  }
}

/** What a page has been told so far. */
export class Stream {
  text = '';
  ended = false;
  /** Resolves when the stream has ended. */
  readonly over: Promise<void>;
  private wake: (() => void)[] = [];

  constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.over = this.read();
  }

  /** Waits until the page was told this; fails with the test's own timeout. */
  async until(words: string): Promise<string> {
    while (!this.text.includes(words)) {
      if (this.ended) throw new Error(`the stream ended before it told "${words}"`);
      await new Promise<void>((resolve) => this.wake.push(resolve));
    }
    return this.text;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) {
        this.text += decoder.decode(chunk, { stream: true });
        this.stir();
      }
    } catch (error) {
      if (!this.abort.signal.aborted) this.text += `\n(the stream broke: ${error})`;
    }
    this.ended = true;
    this.stir();
  }

  private stir(): void {
    for (const wake of this.wake.splice(0)) wake();
  }
}

export function at(channel: string, thread: number | null = null) {
  return {
    platform: 'console',
    workspace: 'docket',
    channel,
    thread: thread === null ? null : `${thread}`,
    direct: channel.startsWith('@'),
  };
}

export function card(ticket: number, subject: string): CardView {
  return {
    view: 'card',
    ticket,
    subject,
    queue: 'helpdesk',
    status: 'new',
    kind: 'initial',
    priority: 50,
    facts: [{ label: 'Owner', value: ['nobody'] }],
    excerpt: [],
    buttons: [
      { label: 'Take', command: `take ${ticket}`, style: 'plain', opensForm: false, right: 'OwnTicket' },
      { label: 'Reply', command: `reply ${ticket}`, style: 'plain', opensForm: true, right: 'ReplyToTicket' },
    ],
    more: [{ label: 'Delete', command: `delete ${ticket}`, style: 'danger', opensForm: false, right: 'DeleteTicket' }],
    url: null,
  };
}

export function line(ticket: number, words: string, staffOnly: boolean): LineView {
  return {
    view: 'line',
    ticket,
    head: ['Ada commented'],
    body: text(words),
    attachments: [],
    staffOnly,
    at: '2026-01-01T12:00:00.000Z',
    buttons: [],
  };
}

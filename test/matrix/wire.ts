import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Content, RoomEvent } from '../synapse/events.ts';

/** The answer of a sync, as far as it is looked at here. */
interface Told {
  readonly next_batch: string;
  readonly rooms?: {
    readonly join?: Readonly<Record<string, { readonly timeline?: { readonly events?: RoomEvent[] } }>>;
  };
}

/**
 * The wire between Docket and its homeserver: it knows what Docket has heard to the end, tells it something twice, and keeps an
 * answer from it.
 */
export interface Wire {
  readonly url: string;
  /** Resolves when Docket has handed on an event and asked for what follows it; at the latest after a while. */
  heard(event: string): Promise<void>;
  /** Tells Docket once more what it was told along with an event; resolves when it asks for what follows that. */
  tellAgain(event: string): Promise<void>;
  /** From now on the first answer to a call whose path matches never comes back; resolves when the homeserver gave it. */
  keepAnswer(path: RegExp): Promise<Content>;
  /** From now on calls whose path, with its query, matches are answered so in the place of the homeserver; null: none are. */
  instead(answer: { readonly path: RegExp; readonly status: number; readonly body: string } | null): void;
  /** From now on what syncs tell is changed so. */
  change(told: ((told: Content) => Content) | null): void;
  close(): Promise<void>;
}

/** Longer than this, and Docket does not listen. Milliseconds. */
const patience = 15_000;

export async function openWire(homeserver: string): Promise<Wire> {
  const tellings: Told[] = [];
  const done = new Set<string>();
  const waiting = new Set<() => void>();
  let again: { readonly told: Told; readonly heard: () => void } | null = null;
  let toldAgain = () => {};
  let interrupt = new AbortController();
  let keep: { readonly path: RegExp; readonly kept: (answer: Content) => void } | null = null;

  let replaced: { readonly path: RegExp; readonly status: number; readonly body: string } | null = null;
  let change: ((told: Content) => Content) | null = null;

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const address = new URL(url, homeserver);
    const isSync = address.pathname.endsWith('/sync');
    const since = address.searchParams.get('since');
    if (isSync && since !== null) heardUntil(since);
    if (isSync) toldAgain();
    if (isSync && again !== null) {
      const told = { ...again.told, next_batch: since ?? again.told.next_batch };
      toldAgain = again.heard;
      again = null;
      return answer(response, 200, Buffer.from(JSON.stringify(told)));
    }
    const body = await bytes(request);
    if (replaced?.path.test(decodeURIComponent(url))) {
      return answer(response, replaced.status, Buffer.from(replaced.body));
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const upstream = await fetch(address, {
      method,
      headers: Object.fromEntries(
        ['authorization', 'content-type'].flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
      ),
      ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
      signal: AbortSignal.any([gone.signal, ...(isSync ? [interrupt.signal] : [])]),
    });
    let given: Buffer = Buffer.from(await upstream.arrayBuffer());
    if (isSync && upstream.ok && change !== null) {
      given = Buffer.from(JSON.stringify(change(JSON.parse(given.toString()) as Content)));
    }
    if (isSync && upstream.ok) tellings.push(JSON.parse(given.toString()) as Told);
    if (keep?.path.test(address.pathname)) {
      keep.kept(JSON.parse(given.toString()) as Content);
      keep = null;
      return;
    }
    const retry = upstream.headers.get('retry-after');
    answer(response, upstream.status, given, {
      'content-type': upstream.headers.get('content-type') ?? 'application/json',
      ...(retry === null ? {} : { 'retry-after': retry }),
    });
  }

  function heardUntil(since: string): void {
    for (const told of tellings) {
      if (told.next_batch !== since) continue;
      for (const { event_id } of eventsIn(told)) done.add(event_id);
    }
    for (const settle of [...waiting]) settle();
  }

  const server = createServer((request, response) => {
    forward(request, response).catch(() => {
      // What is told again is told in the place of a call that waits for news.
      if (again !== null && !response.destroyed) return void forward(request, response).catch(() => response.destroy());
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    heard: (event) =>
      new Promise((resolve) => {
        const end = () => {
          waiting.delete(settle);
          clearTimeout(timer);
          resolve();
        };
        const settle = () => {
          if (done.has(event)) end();
        };
        const timer = setTimeout(end, patience);
        waiting.add(settle);
        settle();
      }),
    async tellAgain(event) {
      const told = tellings.findLast((each) => eventsIn(each).some(({ event_id }) => event_id === event));
      if (told === undefined) throw new Error(`Docket was never told of ${event}`);
      await new Promise<void>((heard) => {
        again = { told, heard };
        const interrupted = interrupt;
        interrupt = new AbortController();
        interrupted.abort();
      });
    },
    keepAnswer: (path) =>
      new Promise((kept) => {
        keep = { path, kept };
      }),
    instead: (answer) => {
      replaced = answer;
    },
    change: (told) => {
      change = told;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function eventsIn({ rooms }: Told): readonly RoomEvent[] {
  return Object.values(rooms?.join ?? {}).flatMap(({ timeline }) => timeline?.events ?? []);
}

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: Buffer, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Call, call, MatrixError, type Method } from './call.ts';
import type { Account, Content, RoomEvent, Sync } from './events.ts';
import { Waiting } from './waiting.ts';

/** What somebody's client is told by the homeserver: nothing is asked for again, and nothing is forgotten. */
interface Room {
  readonly timeline: RoomEvent[];
  /** By type and state key. */
  readonly state: Map<string, RoomEvent>;
}

/** Logs somebody in at a device of its own, with a password. */
export async function logIn(url: string, name: string, password: string): Promise<Client> {
  const identifier = { type: 'm.id.user', user: name };
  const answer = await call(url, null, 'POST', '/v3/login', {
    body: { type: 'm.login.password', identifier, password },
  });
  return new Client(url, answer as unknown as Account);
}

/** A plain Matrix client, on HTTP alone (spec.matrix.org/latest/client-server-api). It knows nothing of encryption. */
export class Client {
  readonly userId: string;
  readonly accessToken: string;
  readonly deviceId: string;
  #syncing: AbortController | null = null;
  #since: string | null = null;
  #told = 0;
  #raw: string[] = [];
  #rooms = new Map<string, Room>();
  #known = new Set<string>();
  #invitations = new Set<string>();
  #waiting = new Waiting();

  constructor(
    readonly url: string,
    account: Account,
  ) {
    this.userId = account.user_id;
    this.accessToken = account.access_token;
    this.deviceId = account.device_id;
  }

  /** Calls the client-server API; waits as told where the homeserver limits the rate. `path` begins with its version. */
  call(method: Method, path: string, more: Call = {}): Promise<Content> {
    return call(this.url, this.accessToken, method, path, more);
  }

  // ---- rooms

  /** @returns the room's id */
  async createRoom(settings: Content = {}): Promise<string> {
    return String((await this.call('POST', '/v3/createRoom', { body: settings }))['room_id']);
  }

  async join(room: string): Promise<void> {
    await this.call('POST', `/v3/join/${enc(room)}`, { body: {} });
  }

  async leave(room: string): Promise<void> {
    await this.call('POST', `/v3/rooms/${enc(room)}/leave`, { body: {} });
  }

  async invite(room: string, userId: string): Promise<void> {
    await this.call('POST', `/v3/rooms/${enc(room)}/invite`, { body: { user_id: userId } });
  }

  async kick(room: string, userId: string): Promise<void> {
    await this.call('POST', `/v3/rooms/${enc(room)}/kick`, { body: { user_id: userId } });
  }

  async joinedRooms(): Promise<readonly string[]> {
    return (await this.call('GET', '/v3/joined_rooms'))['joined_rooms'] as string[];
  }

  async setState(room: string, type: string, content: Content, key = ''): Promise<string> {
    const path = `/v3/rooms/${enc(room)}/state/${enc(type)}/${enc(key)}`;
    return String((await this.call('PUT', path, { body: content }))['event_id']);
  }

  // ---- what is said; each returns the event's id

  async send(room: string, type: string, content: Content, transaction: string = randomUUID()): Promise<string> {
    const path = `/v3/rooms/${enc(room)}/send/${enc(type)}/${enc(transaction)}`;
    return String((await this.call('PUT', path, { body: content }))['event_id']);
  }

  /** Sends text. `thread` is the message that the thread hangs on. */
  say(room: string, text: string, { thread, ...more }: { thread?: string } & Content = {}): Promise<string> {
    return this.send(room, 'm.room.message', {
      msgtype: 'm.text',
      body: text,
      ...(thread === undefined ? {} : { 'm.relates_to': inThread(thread) }),
      ...more,
    });
  }

  reply(room: string, to: string, text: string): Promise<string> {
    return this.say(room, text, { 'm.relates_to': { 'm.in_reply_to': { event_id: to } } });
  }

  edit(room: string, event: string, text: string): Promise<string> {
    return this.say(room, `* ${text}`, {
      'm.new_content': { msgtype: 'm.text', body: text },
      'm.relates_to': { rel_type: 'm.replace', event_id: event },
    });
  }

  react(room: string, event: string, key: string): Promise<string> {
    return this.send(room, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: event, key } });
  }

  async redact(room: string, event: string): Promise<string> {
    const path = `/v3/rooms/${enc(room)}/redact/${enc(event)}/${randomUUID()}`;
    return String((await this.call('PUT', path, { body: {} }))['event_id']);
  }

  async sendFile(room: string, name: string, content: Buffer, { thread }: { thread?: string } = {}): Promise<string> {
    const url = await this.upload(name, content);
    const relation = thread === undefined ? {} : { 'm.relates_to': inThread(thread) };
    const info = { size: content.length, mimetype: 'application/octet-stream' };
    return this.send(room, 'm.room.message', { msgtype: 'm.file', body: name, filename: name, url, info, ...relation });
  }

  /** @returns the address (`mxc:`) */
  async upload(name: string, content: Buffer, type = 'application/octet-stream'): Promise<string> {
    const response = await fetch(`${this.url}/_matrix/media/v3/upload?filename=${enc(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.accessToken}`, 'content-type': type },
      body: new Uint8Array(content),
    });
    if (!response.ok) throw new MatrixError(response.status, (await response.json()) as Content);
    return String(((await response.json()) as Content)['content_uri']);
  }

  async download(mxc: string): Promise<Buffer> {
    const response = await fetch(`${this.url}/_matrix/client/v1/media/download/${mxc.replace('mxc://', '')}`, {
      headers: { authorization: `Bearer ${this.accessToken}` },
    });
    if (!response.ok) throw new MatrixError(response.status, (await response.json()) as Content);
    return Buffer.from(await response.arrayBuffer());
  }

  // ---- what is heard

  /** Begins to listen; resolves when all that there was has been taken up. */
  async listen(): Promise<void> {
    this.#syncing = new AbortController();
    const { signal } = this.#syncing;
    await this.#sync(0, signal);
    void this.#keepListening(signal);
  }

  stop(): void {
    this.#syncing?.abort();
  }

  /** Everything that was said and done in a room, oldest first: edits, reactions and redactions as events of their own. */
  timeline(room: string): readonly RoomEvent[] {
    return this.#rooms.get(room)?.timeline ?? [];
  }

  /** Resolves when the last event of a room has been told. Rejects where the homeserver shows them nothing of it. */
  async caughtUp(room: string): Promise<void> {
    const path = `/v3/rooms/${enc(room)}/messages`;
    const { chunk } = await this.call('GET', path, { query: { dir: 'b', limit: '1' } });
    const [last] = chunk as RoomEvent[];
    await this.until(() => last === undefined || this.#known.has(last.event_id));
  }

  state(room: string, type: string, key = ''): Content | null {
    return this.#rooms.get(room)?.state.get(`${type}\0${key}`)?.content ?? null;
  }

  /** The rooms that somebody invites to. */
  invitations(): readonly string[] {
    return [...this.#invitations];
  }

  /** All that the homeserver ever told, as it was told. */
  received(): string {
    return this.#raw.join('\n');
  }

  /** How many times the homeserver had something to tell. */
  news(): number {
    return this.#told;
  }

  /** Looks now, and again whenever something is told, until there is something to see; rejects when nothing comes. */
  until<T>(look: () => T | undefined | null | false, withinMs = 30_000): Promise<T> {
    return this.#waiting.until(look, withinMs, () => `${this.userId} waited ${withinMs} ms in vain`);
  }

  /** Resolves when more than `seen` things were told. */
  async told(seen: number, withinMs: number): Promise<void> {
    await this.until(() => this.#told > seen, withinMs);
  }

  async #keepListening(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#sync(30_000, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof MatrixError && error.status === 401) return; // Logged out: there is nothing to hear.
        await pause(100); // The homeserver is away, as a test may want it to be.
      }
    }
  }

  async #sync(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const query = {
      timeout: String(timeoutMs),
      filter: JSON.stringify({ room: { timeline: { limit: 1_000 } } }),
      ...(this.#since === null ? {} : { since: this.#since }),
    };
    const raw = await this.call('GET', '/v3/sync', { query, signal });
    const { next_batch, rooms } = raw as unknown as Sync;
    const first = this.#since === null;
    this.#since = next_batch;
    for (const [id, { state, timeline }] of Object.entries(rooms?.join ?? {})) {
      this.#invitations.delete(id);
      this.#take(id, state?.events ?? [], timeline?.events ?? []);
    }
    for (const [id, { state, timeline }] of Object.entries(rooms?.leave ?? {})) {
      this.#invitations.delete(id);
      this.#take(id, state?.events ?? [], timeline?.events ?? []);
    }
    for (const id of Object.keys(rooms?.invite ?? {})) this.#invitations.add(id);
    if (rooms === undefined && !first) return;
    this.#told += 1;
    this.#raw.push(JSON.stringify(raw));
    this.#waiting.stir();
  }

  #take(id: string, state: readonly RoomEvent[], timeline: readonly RoomEvent[]): void {
    const room: Room = this.#rooms.get(id) ?? { timeline: [], state: new Map() };
    this.#rooms.set(id, room);
    for (const event of [...state, ...timeline]) {
      if (event.state_key !== undefined) room.state.set(`${event.type}\0${event.state_key}`, event);
    }
    for (const event of timeline) {
      if (this.#known.has(event.event_id)) continue;
      this.#known.add(event.event_id);
      room.timeline.push(event);
    }
  }
}

/** spec.matrix.org/latest/client-server-api/#threading, with the fall-back for clients that know no threads */
function inThread(root: string): Content {
  return { rel_type: 'm.thread', event_id: root, is_falling_back: true, 'm.in_reply_to': { event_id: root } };
}

const enc = encodeURIComponent;

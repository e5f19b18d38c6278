import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Core } from './core.ts';
import { requestedMembers } from './requested-members.ts';
import type { Session } from './sessions.ts';
import { type Json, recordOf, textOf } from './shapes.ts';
import { userJson, wholeGuildJson } from './wire.ts';

/** The intents that are to be switched on before they can be asked for. */
const privileged = ['GuildMembers', 'GuildPresences', 'MessageContent'] as const;

/** All intents there are. */
const allIntents = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** Why a connection is closed. */
type Closing = keyof typeof GatewayCloseCodes;

/** Discord's gateway (docs.discord.com/developers/events/gateway). */
export class Gateway {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Map<WebSocket, Session | null>();
  readonly #silent = new Set<WebSocket>();
  /** Those who wait to be greeted, while that is held back. */
  #waiting: WebSocket[] | null = null;
  /** Heartbeats that came. */
  heartbeats = 0;

  /** @param heartbeat milliseconds between heartbeats */
  constructor(
    private readonly core: () => Core,
    private readonly heartbeat: number,
  ) {}

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#greet(opened));
  }

  /** Connections break, with a close code, or without a word. Sessions can be resumed. */
  drop(code: number | null = null): void {
    for (const socket of this.#sockets.keys()) {
      if (code === null) socket.terminate();
      else socket.close(code);
    }
  }

  /** Asks for reconnection (opcode 7). */
  reconnect(): void {
    this.#sayToAll(GatewayOpcodes.Reconnect, null);
  }

  /** Calls sessions invalid (opcode 9). */
  invalidate(resumable: boolean): void {
    for (const session of this.#sockets.values()) {
      if (session !== null && !resumable) session.resumable = false;
    }
    this.#sayToAll(GatewayOpcodes.InvalidSession, resumable);
  }

  /** Answers no heartbeat on the connections that are open now, as when the line is dead. */
  fallSilent(): void {
    for (const socket of this.#sockets.keys()) this.#silent.add(socket);
  }

  /** Greets nobody (opcode 10) from now on: a connection then does not get on. */
  holdGreetings(): void {
    this.#waiting ??= [];
  }

  /** Greets whoever waits for it, and everybody from now on. */
  greet(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const socket of waiting) this.#hello(socket);
  }

  /** How many connections are open, and how many of them wait to be greeted. */
  connections(): { readonly open: number; readonly waiting: number } {
    return { open: this.#sockets.size, waiting: this.#waiting?.length ?? 0 };
  }

  #greet(socket: WebSocket): void {
    this.#sockets.set(socket, null);
    socket.on('close', (code) => this.#closed(socket, code));
    socket.on('message', (data) => this.#hear(socket, `${data}`));
    if (this.#waiting === null) this.#hello(socket);
    else this.#waiting.push(socket);
  }

  #hello(socket: WebSocket): void {
    say(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.heartbeat, _trace: ['emulated'] });
  }

  #closed(socket: WebSocket, code: number): void {
    const session = this.#sockets.get(socket);
    this.#sockets.delete(socket);
    if (session?.socket !== socket) return;
    session.socket = null;
    // "If the app closes the connection with 1000 or 1001, the session will be invalidated."
    if (code === 1000 || code === 1001) session.resumable = false;
  }

  #hear(socket: WebSocket, text: string): void {
    const closing = this.#answer(socket, parsed(text));
    if (closing !== null) socket.close(GatewayCloseCodes[closing], closing);
  }

  /** Gives why the connection is to be closed; null where it stays open. */
  #answer(socket: WebSocket, said: Json | null): Closing | null {
    if (said === null) return 'DecodeError';
    const session = this.#sockets.get(socket) ?? null;
    switch (said['op']) {
      case GatewayOpcodes.Heartbeat:
        this.heartbeats += 1;
        if (!this.#silent.has(socket)) say(socket, GatewayOpcodes.HeartbeatAck, null);
        return null;
      case GatewayOpcodes.Identify:
        return session === null ? this.#identify(socket, recordOf(said['d'])) : 'AlreadyAuthenticated';
      case GatewayOpcodes.Resume:
        return session === null ? this.#resume(socket, recordOf(said['d'])) : 'AlreadyAuthenticated';
      case GatewayOpcodes.PresenceUpdate:
        return session === null ? 'NotAuthenticated' : null;
      case GatewayOpcodes.RequestGuildMembers:
        if (session === null) return 'NotAuthenticated';
        requestedMembers(this.core(), session, recordOf(said['d']));
        return null;
      default:
        return 'UnknownOpcode';
    }
  }

  #identify(socket: WebSocket, data: Json): Closing | null {
    const core = this.core();
    const { sessions, world } = core;
    const intents = Number(data['intents']);
    const [shard = 0, of = 1] = Array.isArray(data['shard']) ? data['shard'].map(Number) : [];
    if (!authentic(core, data)) return 'AuthenticationFailed';
    if (!Number.isInteger(intents) || (intents & ~allIntents) !== 0) return 'InvalidIntents';
    const asked = privileged.filter((name) => (intents & GatewayIntentBits[name]) !== 0);
    if (asked.some((name) => !core.privileged.has(name))) return 'DisallowedIntents';
    if (shard >= of) return 'InvalidShard';
    if (sessions.startsLeft <= 0) {
      say(socket, GatewayOpcodes.InvalidSession, false);
      return null;
    }
    const session = sessions.start(intents, shard);
    this.#sockets.set(socket, session);
    sessions.attach(session, socket);
    const joined = [...world.guilds.values()].filter(({ members }) => members.has(world.app));
    session.send('READY', {
      ...{ v: 10, user: { ...userJson(world.user(world.app)), verified: true, mfa_enabled: false, flags: 0 } },
      ...{ session_id: session.id, session_type: 'normal', resume_gateway_url: gatewayUrl(core), shard: [shard, of] },
      ...{ guilds: joined.map(({ id }) => ({ id, unavailable: true })), private_channels: [], relationships: [] },
      application: { id: world.app, flags: applicationFlags(core) },
    });
    if (intents & GatewayIntentBits.Guilds) {
      for (const guild of joined) session.send('GUILD_CREATE', wholeGuildJson(world, guild));
    }
    sessions.ready();
    return null;
  }

  #resume(socket: WebSocket, data: Json): Closing | null {
    const core = this.core();
    if (!authentic(core, data)) return 'AuthenticationFailed';
    const session = core.sessions.find(textOf(data['session_id']));
    if (session === null) {
      say(socket, GatewayOpcodes.InvalidSession, false);
      return null;
    }
    const after = Number(data['seq']);
    if (!(after >= 0 && after <= session.frames.length)) return 'InvalidSeq';
    this.#sockets.set(socket, session);
    core.sessions.attach(session, socket);
    core.sessions.resumed += 1;
    session.replay(after);
    session.send('RESUMED', { _trace: ['emulated'] });
    core.sessions.ready();
    return null;
  }

  #sayToAll(op: GatewayOpcodes, data: unknown): void {
    for (const socket of this.#sockets.keys()) say(socket, op, data);
  }
}

export function gatewayUrl({ baseUrl }: Core): string {
  return `${baseUrl().replace(/^http/, 'ws')}/gateway`;
}

/** What of an application is switched on: the "limited" flags, which small bots have. */
export function applicationFlags({ privileged: on, flags: frozen }: Core): number {
  if (frozen !== undefined) return frozen;
  const flags = { GuildPresences: 1 << 13, GuildMembers: 1 << 15, MessageContent: 1 << 19 } as const;
  return privileged.reduce((all, name) => (on.has(name) ? all | flags[name] : all), 0);
}

function authentic({ token }: Core, data: Json): boolean {
  return token.valid && textOf(data['token']).replace(/^Bot /, '') === token.value;
}

function say(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function parsed(text: string): Json | null {
  try {
    return recordOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

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

/** Discord's gateway (docs.discord.com/developers/events/gateway). */
export class Gateway {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Map<WebSocket, Session | null>();
  readonly #silent = new Set<WebSocket>();
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

  #greet(socket: WebSocket): void {
    this.#sockets.set(socket, null);
    socket.on('close', (code) => this.#closed(socket, code));
    socket.on('message', (data) => this.#hear(socket, `${data}`));
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
    const said = parsed(text);
    if (said === null) return socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
    const known = this.#sockets.get(socket) ?? null;
    switch (said['op']) {
      case GatewayOpcodes.Heartbeat:
        this.heartbeats += 1;
        if (!this.#silent.has(socket)) say(socket, GatewayOpcodes.HeartbeatAck, null);
        return;
      case GatewayOpcodes.Identify:
        if (known !== null) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        return this.#identify(socket, recordOf(said['d']));
      case GatewayOpcodes.Resume:
        return this.#resume(socket, recordOf(said['d']));
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.RequestGuildMembers:
        if (known === null) return socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        if (said['op'] === GatewayOpcodes.RequestGuildMembers)
          requestedMembers(this.core(), known, recordOf(said['d']));
        return;
      default:
        return socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(socket: WebSocket, data: Json): void {
    const core = this.core();
    const { sessions, world } = core;
    const intents = Number(data['intents']);
    if (!authentic(core, data)) return socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    if (!Number.isInteger(intents) || (intents & ~allIntents) !== 0) {
      return socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    }
    const asked = privileged.filter((name) => (intents & GatewayIntentBits[name]) !== 0);
    if (asked.some((name) => !core.privileged.has(name))) {
      return socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    }
    if (sessions.startsLeft <= 0) return say(socket, GatewayOpcodes.InvalidSession, false);
    const [shard = 0, of = 1] = Array.isArray(data['shard']) ? data['shard'].map(Number) : [];
    if (shard >= of) return socket.close(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
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
  }

  #resume(socket: WebSocket, data: Json): void {
    const core = this.core();
    if (!authentic(core, data)) return socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    const session = core.sessions.find(textOf(data['session_id']));
    if (session === null) return say(socket, GatewayOpcodes.InvalidSession, false);
    const after = Number(data['seq']);
    if (!(after >= 0 && after <= session.frames.length)) {
      return socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.');
    }
    this.#sockets.set(socket, session);
    core.sessions.attach(session, socket);
    core.sessions.resumed += 1;
    session.replay(after);
    session.send('RESUMED', { _trace: ['emulated'] });
    core.sessions.ready();
  }

  #sayToAll(op: GatewayOpcodes, data: unknown): void {
    for (const socket of this.#sockets.keys()) say(socket, op, data);
  }
}

export function gatewayUrl({ baseUrl }: Core): string {
  return `${baseUrl().replace(/^http/, 'ws')}/gateway`;
}

/** What of an application is switched on: the "limited" flags, which small bots have. */
export function applicationFlags({ privileged: on }: Core): number {
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

import { once } from 'node:events';
import { GatewayIntentBits } from 'discord.js';
import { WebSocket } from 'ws';
import type { Discord } from './discord.ts';
import { type Json, recordOf, textOf } from './shapes.ts';

/** Every intent that a bot like Docket could ask for. */
export const allIntents =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages |
  GatewayIntentBits.DirectMessageReactions |
  GatewayIntentBits.MessageContent;

/** A connection to the gateway that knows no library, and keeps all that it is told. */
export class Listener {
  readonly frames: Json[] = [];
  /** The close code; null while it is open. */
  closed: number | null = null;
  readonly #read = new Map<string, number>();
  #waiting: (() => void)[] = [];

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.frames.push(recordOf(JSON.parse(`${data}`)));
      this.#wake();
    });
    socket.on('close', (code) => {
      this.closed = code;
      this.#wake();
    });
  }

  send(op: number, d: unknown): void {
    this.sendText(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** All events of a kind so far. */
  heard(type: string): readonly Json[] {
    return this.frames.filter(({ t }) => t === type).map(({ d }) => recordOf(d));
  }

  /** The next event of a kind that was not given yet. */
  async next(type: string): Promise<Json> {
    const read = this.#read.get(type) ?? 0;
    this.#read.set(type, read + 1);
    return this.until(() => this.heard(type)[read]);
  }

  /** The first frame of an opcode. */
  async opcode(op: number): Promise<Json> {
    return this.until(() => this.frames.find((frame) => frame['op'] === op));
  }

  /** The code that the connection is closed with. */
  async closing(): Promise<number> {
    return this.until(() => this.closed ?? undefined);
  }

  /** Waits until there is something. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  close(code = 1_000): void {
    this.socket.close(code);
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** Opens a connection, and says nothing yet. */
export async function connect(discord: Discord): Promise<Listener> {
  const socket = new WebSocket(
    `${discord.apiUrl.replace(/^http/, 'ws').replace('/api', '/gateway')}?v=10&encoding=json`,
  );
  const listener = new Listener(socket);
  await once(socket, 'open');
  return listener;
}

export function identify(discord: Discord, intents: number): Json {
  return { token: discord.token, intents, properties: { os: 'linux', browser: 'test', device: 'test' }, shard: [0, 1] };
}

/** Opens a connection and starts a session. */
export async function listen(discord: Discord, intents: number = allIntents): Promise<Listener> {
  const listener = await connect(discord);
  listener.send(2, identify(discord, intents));
  await listener.next('READY');
  return listener;
}

/** The id of a listener's session. */
export function sessionOf(listener: Listener): string {
  return textOf(listener.heard('READY')[0]?.['session_id']);
}

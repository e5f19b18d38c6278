import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Dispatch } from './dispatches.ts';

/** An event as it was numbered for a session. */
export interface Frame {
  readonly op: 0;
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

/** A session of the gateway. What happens while its connection is away is kept for it. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly frames: Frame[] = [];
  socket: WebSocket | null = null;
  resumable = true;

  constructor(
    readonly intents: number,
    readonly shard: number,
  ) {}

  get connected(): boolean {
    return this.socket !== null;
  }

  send(type: string, data: unknown): Frame {
    const frame: Frame = { op: 0, s: this.frames.length + 1, t: type, d: data };
    this.frames.push(frame);
    this.#write(frame);
    return frame;
  }

  /** Sends all that came after a number once more. Gives how much that was. */
  replay(after: number): number {
    const missed = this.frames.filter(({ s }) => s > after);
    for (const frame of missed) this.#write(frame);
    return missed.length;
  }

  /** Sends an event again, under the number that it had. */
  again(frame: Frame): void {
    this.#write(frame);
  }

  /** Resolves when all that was sent so far has come in at the other end; at once where the connection is away. */
  async arrived(): Promise<void> {
    const { socket } = this;
    if (socket === null || socket.readyState !== socket.OPEN) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        socket.off('pong', done).off('close', done);
        resolve();
      };
      socket.on('pong', done).on('close', done);
      socket.ping();
    });
  }

  #write(frame: Frame): void {
    this.socket?.send(JSON.stringify(frame));
  }
}

/** All sessions that the application started. */
export class Sessions {
  /** Oldest first, those that have ended too. */
  readonly all: Session[] = [];
  /** All that was told of what happened, oldest first. */
  readonly sent: Sent[] = [];
  /** The most that were connected at one time, each as the same shard. */
  mostAtOnce = 0;
  /** How many sessions can still be started today. */
  startsLeft: number;
  /** How often a session was resumed. */
  resumed = 0;
  #waiting: (() => void)[] = [];

  /** @param starts how many sessions can be started in a day */
  constructor(readonly starts: number) {
    this.startsLeft = starts;
  }

  get connected(): readonly Session[] {
    return this.all.filter((session) => session.connected);
  }

  start(intents: number, shard: number): Session {
    const session = new Session(intents, shard);
    this.all.push(session);
    this.startsLeft -= 1;
    return session;
  }

  find(id: string): Session | null {
    return this.all.find((session) => session.id === id && session.resumable) ?? null;
  }

  attach(session: Session, socket: WebSocket): void {
    session.socket = socket;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.connected.length);
  }

  /** A session has been told all that it is told at its start. */
  ready(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when the application listens. */
  async listening(): Promise<void> {
    if (this.connected.length > 0) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Tells every session that asked for it, and keeps it for those whose connection is away. */
  dispatch({ type, data, intent }: Dispatch): void {
    for (const session of this.all.filter(({ resumable }) => resumable)) {
      if (intent !== 0 && (session.intents & intent) === 0) continue;
      this.sent.push({ session, frame: session.send(type, data) });
    }
  }
}

export interface Sent {
  readonly session: Session;
  readonly frame: Frame;
}

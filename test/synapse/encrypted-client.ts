import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Content, RoomEvent } from './events.ts';
import { Waiting } from './waiting.ts';

/** An event as the client hears it: decrypted where it could be. */
export interface Heard extends RoomEvent {
  readonly room: string;
  readonly encrypted: boolean;
  readonly readable: boolean;
}

interface Line {
  readonly ready?: true;
  readonly heard?: Heard;
  readonly id?: number;
  readonly answer?: Content;
  readonly error?: string;
}

/**
 * Somebody at an encrypted client that runs in a process of its own. It is told what to do in lines of JSON, and tells
 * what it hears.
 */
export class EncryptedClient {
  readonly heard: Heard[] = [];
  #ready = false;
  readonly #answers = new Map<number, (line: Line) => void>();
  readonly #waiting = new Waiting();
  #asked = 0;

  private constructor(readonly process: ChildProcess) {
    if (process.stdout === null) throw new Error('The client has no output');
    createInterface(process.stdout).on('line', (line) => this.#take(JSON.parse(line) as Line));
  }

  /** Resolves when the process listens. */
  static async start(process: ChildProcess): Promise<EncryptedClient> {
    const client = new EncryptedClient(process);
    const ended = once(process, 'exit').then(([code]) => Promise.reject(new Error(`The client ended with ${code}`)));
    await Promise.race([client.until(() => client.#ready), ended]);
    ended.catch(() => undefined); // From here on a test that waits in vain says so.
    return client;
  }

  /** @returns the event's id */
  async send(room: string, type: string, content: Content): Promise<string> {
    return String((await this.#ask('send', { room, type, content }))['event_id']);
  }

  say(room: string, text: string, more: Content = {}): Promise<string> {
    return this.send(room, 'm.room.message', { msgtype: 'm.text', body: text, ...more });
  }

  async sendFile(room: string, name: string, text: string): Promise<string> {
    return String((await this.#ask('send_file', { room, name, text }))['event_id']);
  }

  async redact(room: string, event: string): Promise<string> {
    return String((await this.#ask('redact', { room, event }))['event_id']);
  }

  /** The text of an encrypted file, as `content.file` names it. */
  async readFile(file: unknown): Promise<string> {
    return String((await this.#ask('read_file', { file }))['text']);
  }

  /** The devices that it knows of somebody: the key that each signs with, by the device's id. */
  devices(user: string): Promise<Content> {
    return this.#ask('devices', { user });
  }

  /** An event, asked for anew and decrypted. */
  look(room: string, event: string): Promise<Content> {
    return this.#ask('look', { room, event });
  }

  /** Looks now, and again whenever something is heard, until there is something to see; rejects when nothing comes. */
  until<T>(look: () => T | undefined | null | false, withinMs = 30_000): Promise<T> {
    const latest = () => JSON.stringify(this.heard.slice(-5));
    return this.#waiting.until(look, withinMs, () => `The client waited ${withinMs} ms in vain; it heard ${latest()}`);
  }

  /** Waits for a message with these words. */
  hears(text: string): Promise<Heard> {
    return this.until(() => this.heard.find(({ content }) => content['body'] === text));
  }

  /** Kills it: it has no time to put anything in order. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  #ask(what: string, arguments_: Content): Promise<Content> {
    const id = ++this.#asked;
    this.process.stdin?.write(`${JSON.stringify({ id, do: what, with: arguments_ })}\n`);
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ answer, error }) => {
        if (answer === undefined) reject(new Error(`The client: ${error}`));
        else resolve(answer);
      });
    });
  }

  #take(line: Line): void {
    if (line.ready) this.#ready = true;
    if (line.heard) this.heard.push(line.heard);
    if (line.id !== undefined) this.#answers.get(line.id)?.(line);
    this.#waiting.stir();
  }
}

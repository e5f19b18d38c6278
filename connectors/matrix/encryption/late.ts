import { z } from 'zod';
import type { Memory } from '../../connector.ts';

interface Waiting {
  readonly room: string;
  readonly event: unknown;
}

/** More than these do not wait: whose keys never come would else be kept for ever. */
const most = 200;

/** The rooms and ids of those that wait, under this name. */
const name = 'matrix late';
const keptShape = z.array(z.tuple([z.string(), z.string()]));

/** Messages whose keys have not come yet: a key and what it opens take ways of their own, also over a restart. */
export class Late {
  #waiting: Map<string, Waiting> | null = null;

  /** @param ask gives an event by its room and id; null where it is gone */
  constructor(
    private readonly memory: Memory,
    private readonly ask: (room: string, id: string) => Promise<unknown>,
  ) {}

  async wait(room: string, id: string, event: unknown): Promise<void> {
    const waiting = await this.#all();
    const [oldest] = waiting.keys();
    if (oldest !== undefined && waiting.size >= most) waiting.delete(oldest);
    waiting.set(id, { room, event });
    await this.#keep(waiting);
  }

  /** Has those heard that can be decrypted by now, oldest first. One that fails to be heard waits on. */
  async retry(
    decrypt: (room: string, event: unknown) => Promise<unknown>,
    hear: (room: string, event: unknown) => Promise<unknown>,
  ): Promise<void> {
    const all = await this.#all();
    for (const [id, { room, event }] of [...all]) {
      const read = await decrypt(room, event).then(
        (event) => ({ event }),
        () => null, // Its key has still not come.
      );
      if (read === null) continue;
      await hear(room, read.event);
      all.delete(id);
      await this.#keep(all);
    }
  }

  async #all(): Promise<Map<string, Waiting>> {
    if (this.#waiting !== null) return this.#waiting;
    const waiting = new Map<string, Waiting>();
    for (const [room, id] of keptShape.safeParse(await this.memory.load(name)).data ?? []) {
      const event = await this.ask(room, id);
      if (event !== null) waiting.set(id, { room, event });
    }
    this.#waiting = waiting;
    return waiting;
  }

  async #keep(waiting: ReadonlyMap<string, Waiting>): Promise<void> {
    await this.memory.save(
      name,
      [...waiting].map(([id, { room }]) => [room, id]),
    );
  }
}

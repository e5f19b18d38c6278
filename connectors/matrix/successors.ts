import { z } from 'zod';
import type { Memory } from '../connector.ts';

/** Each room that was replaced, with the room in its place. */
const keptShape = z.record(z.string(), z.string()).catch({});

const name = 'matrix successors';

/**
 * Rooms that were upgraded to others (spec.matrix.org/latest/client-server-api/#room-upgrades). The house goes on calling them
 * by the id that it knows: what it says goes to the newest room, and what is said there comes from the one that it knows.
 */
export class Successors {
  #next: ReadonlyMap<string, string> = new Map();

  /** @param named whether the configuration names a room */
  constructor(
    private readonly memory: Memory,
    private readonly named: (room: string) => boolean,
  ) {}

  /** Takes up what is kept: another process may have learned of it. */
  async load(): Promise<void> {
    this.#next = new Map(Object.entries(keptShape.parse(await this.memory.load(name))));
  }

  async learn(room: string, successor: string): Promise<void> {
    await this.load();
    if (this.#chain(successor).includes(room)) return;
    this.#next = new Map([...this.#next, [room, successor]]);
    await this.memory.save(name, Object.fromEntries(this.#next));
  }

  /** The room in which is talked now. */
  newest(room: string): string {
    return this.#chain(room).at(-1) ?? room;
  }

  /** The id by which the house knows a room: the one that the configuration names, else the oldest. */
  known(room: string): string {
    if (this.named(room)) return room;
    const before = this.#before(room);
    return before.find((each) => this.named(each)) ?? before.at(-1) ?? room;
  }

  #chain(room: string): readonly string[] {
    const chain = [room];
    for (let next = this.#next.get(room); next !== undefined; next = this.#next.get(next)) {
      if (chain.includes(next)) break;
      chain.push(next);
    }
    return chain;
  }

  #before(room: string): readonly string[] {
    const rooms = [...this.#next.keys()].filter((each) => this.#chain(each).includes(room));
    // The nearest has the shortest way to it.
    return rooms.sort((one, other) => this.#chain(one).indexOf(room) - this.#chain(other).indexOf(room));
  }
}

import type { Inbound } from './inbound.ts';

/** An inbound that waits here or is being worked. */
export interface Item {
  /** Of its inbox row. */
  readonly id: number;
  readonly inbound: Inbound;
  /** Settles when it is no longer in hand. */
  readonly worked: Promise<void>;
}

/** The inbounds in hand, found by row, by sender and by message without looking at all of them. */
export class InHand {
  readonly #items = new Map<number, Item>();
  /** Each list in the order of the rows. */
  readonly #bySender = new Map<string, Item[]>();
  readonly #byMessage = new Map<string, Set<Item>>();

  get size(): number {
    return this.#items.size;
  }

  get(id: number): Item | undefined {
    return this.#items.get(id);
  }

  ids(): number[] {
    return [...this.#items.keys()];
  }

  all(): Promise<void>[] {
    return [...this.#items.values()].map(({ worked }) => worked);
  }

  /** Takes an inbound in hand until its work, which begins at the end of this turn, has settled. */
  add(id: number, inbound: Inbound, work: () => Promise<void>): Item {
    const worked = Promise.resolve()
      .then(work)
      .finally(() => this.#remove(item));
    const item: Item = { id, inbound, worked };
    this.#items.set(id, item);
    const own = this.#of(inbound);
    own.splice(placeOf(own, id), 0, item);
    const message = messageKey(inbound);
    if (message !== null) this.#byMessage.set(message, (this.#byMessage.get(message) ?? new Set()).add(item));
    return item;
  }

  /** The newest item of the same sender from before a row. */
  previous(id: number, inbound: Inbound): Item | undefined {
    const own = this.#bySender.get(senderKey(inbound)) ?? [];
    return own[placeOf(own, id) - 1];
  }

  /** The items that are about one of these messages of the channel of an inbound, or are that message. */
  *messages({ where }: Inbound, ids: readonly string[]): Iterable<Item> {
    for (const message of ids) {
      for (const item of this.#byMessage.get(keyOf({ ...where, message })) ?? []) {
        if (item.inbound.where.workspace === where.workspace) yield item;
      }
    }
  }

  /** A message, as it came in; null where it is not in hand. */
  said(message: { platform: string; channel: string; message: string }): Inbound | null {
    const items = [...(this.#byMessage.get(keyOf(message)) ?? [])];
    return items.find(({ inbound }) => inbound.kind === 'message')?.inbound ?? null;
  }

  #of(inbound: Inbound): Item[] {
    const key = senderKey(inbound);
    const own = this.#bySender.get(key) ?? [];
    this.#bySender.set(key, own);
    return own;
  }

  #remove(item: Item): void {
    this.#items.delete(item.id);
    const own = this.#of(item.inbound);
    own.splice(own.indexOf(item), 1);
    if (own.length === 0) this.#bySender.delete(senderKey(item.inbound));
    const message = messageKey(item.inbound);
    const about = message === null ? undefined : this.#byMessage.get(message);
    about?.delete(item);
    if (message !== null && about?.size === 0) this.#byMessage.delete(message);
  }
}

/** Where a row belongs in a list that is in the order of the rows: mostly at its end. */
function placeOf(items: readonly Item[], id: number): number {
  let place = items.length;
  while (place > 0 && (items[place - 1]?.id ?? 0) >= id) place--;
  return place;
}

function senderKey({ where, sender }: Inbound): string {
  return JSON.stringify([where.platform, where.workspace, sender.id]);
}

function messageKey(inbound: Inbound): string | null {
  const message = 'message' in inbound ? inbound.message : null;
  return message === null ? null : keyOf({ ...inbound.where, message });
}

function keyOf({ platform, channel, message }: { platform: string; channel: string; message: string }): string {
  return JSON.stringify([platform, channel, message]);
}

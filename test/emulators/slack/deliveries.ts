import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Json } from './shapes.ts';

/** What goes to the app. */
export interface Envelope {
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Json;
}

/** Which attempt it is, from 1 for the first one that is a repetition, and what went wrong before. */
export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

/** What became of an attempt: what the app said with its acknowledgement, or why there was none. */
export type Outcome =
  | { readonly acked: true; readonly response: Json }
  | { readonly acked: false; readonly reason: string; readonly final?: boolean };

/** A way to the app. */
export interface Line {
  send(id: string, envelope: Envelope, retry: Retry | null): Promise<Outcome>;
}

/** Something that was sent to the app, and all that became of it. */
export interface Delivery {
  readonly id: string;
  readonly envelope: Envelope;
  readonly outcomes: Outcome[];
}

/** Hands to the app what it is to be told, and events again that it did not acknowledge. */
export class Deliveries {
  /** Oldest first. */
  readonly all: Delivery[] = [];
  readonly #stop = new AbortController();

  /** @param retries how many milliseconds after a failure each repetition of an event comes */
  constructor(
    private readonly line: Line,
    private readonly retries: readonly number[],
  ) {}

  /** Sends; gives what became of the first attempt. Events come again in the background where it failed. */
  async send(envelope: Envelope): Promise<Outcome> {
    const delivery: Delivery = { id: randomUUID(), envelope, outcomes: [] };
    this.all.push(delivery);
    const outcome = await this.#attempt(delivery, null);
    if (!outcome.acked && envelope.type === 'events_api') void this.#repeat(delivery);
    return outcome;
  }

  /** Sends something once more, though it was acknowledged, as Slack does when that got lost. */
  async again({ envelope }: Delivery): Promise<Outcome> {
    const delivery: Delivery = { id: randomUUID(), envelope, outcomes: [] };
    this.all.push(delivery);
    return this.#attempt(delivery, { attempt: 1, reason: 'timeout' });
  }

  stop(): void {
    this.#stop.abort();
  }

  async #repeat(delivery: Delivery): Promise<void> {
    for (const [index, pause] of this.retries.entries()) {
      const last = delivery.outcomes.at(-1);
      if (last === undefined || last.acked || last.final) return;
      const waited = await setTimeout(pause, true, { signal: this.#stop.signal, ref: false }).catch(() => false);
      if (!waited) return;
      await this.#attempt(delivery, { attempt: index + 1, reason: last.reason });
    }
  }

  async #attempt(delivery: Delivery, retry: Retry | null): Promise<Outcome> {
    const id = retry === null ? delivery.id : randomUUID();
    const outcome = await this.line.send(id, delivery.envelope, retry);
    delivery.outcomes.push(outcome);
    return outcome;
  }
}

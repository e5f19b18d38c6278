import { type Delivery, lastDelivery } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';

/**
 * Which deliveries may have been told already, by an attempt of whose end nothing is known: those that failed, and those
 * that a process had in hand which was killed.
 */
export class Doubt {
  #upTo = 0;

  /** A process may have been killed with any of the deliveries in hand that are kept by now. */
  async raise(store: Store): Promise<void> {
    this.#upTo = await lastDelivery(store);
  }

  about({ id, attempts }: Pick<Delivery, 'id' | 'attempts'>): boolean {
    return attempts > 0 || id <= this.#upTo;
  }
}

import pg from 'pg';

export interface BatchOptions<I> {
  /** The most items that one run is given. */
  readonly most: number;
  /** How many runs may be under way at once. */
  readonly lanes: number;
  /** Items that share a key never run at the same time; the later waits for the earlier. */
  readonly keys?: (item: I) => readonly number[];
}

interface Waiting<I, O> {
  readonly item: I;
  readonly keys: readonly number[];
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers items while earlier ones are in flight and runs what has gathered as one batch: of one when it is quiet, of
 * dozens under load. A batch that the database refuses is run again item by item, so that one bad item fails alone.
 *
 * @param run does a whole batch; gives one result for each item, in their order
 */
export function batched<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  { most, lanes, keys = () => [] }: BatchOptions<I>,
): (item: I) => Promise<O> {
  let queue: Waiting<I, O>[] = [];
  let running = 0;
  let scheduled = false;
  const busy = new Set<number>();

  function take(): Waiting<I, O>[] {
    const batch: Waiting<I, O>[] = [];
    const rest: Waiting<I, O>[] = [];
    const passedOver = new Set<number>();
    for (const waiting of queue) {
      const free = batch.length < most && waiting.keys.every((key) => !busy.has(key) && !passedOver.has(key));
      (free ? batch : rest).push(waiting);
      for (const key of waiting.keys) (free ? busy : passedOver).add(key);
    }
    queue = rest;
    return batch;
  }

  function pump(): void {
    scheduled = false;
    while (running < lanes && queue.length > 0) {
      const batch = take();
      if (batch.length === 0) return;
      running++;
      void work(batch).finally(() => {
        running--;
        for (const waiting of batch) for (const key of waiting.keys) busy.delete(key);
        schedule();
      });
    }
  }

  /** At the end of this turn of the event loop: what one result sets off all at once becomes one batch. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(pump);
  }

  async function work(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error(`${results.length} results for ${batch.length} items`);
      // The cast is safe: the lengths are equal.
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as O);
    } catch (error) {
      if (batch.length > 1 && error instanceof pg.DatabaseError) {
        for (const waiting of batch) await work([waiting]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ item, keys: keys(item), resolve, reject });
      schedule();
    });
}

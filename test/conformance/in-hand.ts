import { setImmediate } from 'node:timers/promises';
import type { Door } from '../../connectors/connector.ts';

/**
 * What a platform that waits for no "received" has told a Docket of, and the Docket has not kept yet. Gives what resolves
 * when nothing of it is left.
 */
export function inHandAt(door: Door): () => Promise<void> {
  const inHand = new Set<Promise<unknown>>();
  function counted<Told extends unknown[], Result>(act: (...told: Told) => Promise<Result>) {
    return (...told: Told): Promise<Result> => {
      const done = act(...told);
      inHand.add(done);
      const forget = () => void inHand.delete(done);
      done.then(forget, forget);
      return done;
    };
  }
  // Before a connector hands on what somebody says, it tells who they are.
  door.member = counted(door.member);
  door.receive = counted(door.receive);
  return async () => {
    await setImmediate();
    while (inHand.size > 0) {
      await Promise.allSettled(inHand);
      await setImmediate();
    }
  };
}

import { LRUCache } from 'lru-cache';
import { names as storedNames } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { Names } from '../ticket/inline.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** How people are called, learned and remembered, so that views can be built without waiting. */
export interface Directory {
  /** Looks up those not known yet, or not lately. Call it before views that name them are built. */
  readonly learn: (people: readonly PersonId[]) => Promise<void>;
  readonly names: Names;
}

/**
 * How long a name counts without being asked for: somebody who was only mentioned so far is called by their platform's id,
 * until they say something themselves. Milliseconds.
 */
const goodMs = 2_000;

/** So many names are remembered: more than one view can hold, by far. */
const mostKnown = 50_000;

/** A directory on the store's people. */
export function createDirectory(store: Store): Directory {
  const known = new LRUCache<PersonId, { readonly name: string; readonly until: number }>({ max: mostKnown });
  return {
    learn: async (people) => {
      const now = performance.now();
      const unknown = [...new Set(people)].filter((person) => (known.get(person)?.until ?? now) <= now);
      if (unknown.length === 0) return;
      for (const [person, name] of await storedNames(store, unknown)) known.set(person, { name, until: now + goodMs });
    },
    names: (person) => known.get(person)?.name ?? 'somebody',
  };
}

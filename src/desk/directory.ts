import { names as storedNames } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { Names } from '../ticket/inline.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** How people are called, learned once and remembered, so that views can be built without waiting. */
export interface Directory {
  /** Looks up those not known yet. Call it before views that name them are built. */
  readonly learn: (people: readonly PersonId[]) => Promise<void>;
  readonly names: Names;
}

/** A directory on the store's people. */
export function createDirectory(store: Store): Directory {
  const known = new Map<PersonId, string>();
  return {
    learn: async (people) => {
      const unknown = [...new Set(people)].filter((person) => !known.has(person));
      if (unknown.length === 0) return;
      for (const [person, name] of await storedNames(store, unknown)) known.set(person, name);
    },
    names: (person) => known.get(person) ?? 'somebody',
  };
}

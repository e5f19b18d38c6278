import { actor } from '../store/people.ts';
import type { Desk } from './desk.ts';
import type { Sources } from './draft.ts';

/** Where drafts read from: the store. */
export function sources({ store, directory }: Pick<Desk, 'store' | 'directory'>): Sources {
  return {
    load: (tickets) => store.load(tickets),
    nextTicketId: () => store.nextTicketId(),
    actor: (person) => actor(store, person),
    learn: directory.learn,
    names: directory.names,
  };
}

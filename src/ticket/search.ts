import type { Instant, PersonId } from './ticket.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A search as a tree. `P` is how people are named in it (see Command). */
export type Search<P = PersonId> =
  | { readonly all: readonly Search<P>[] }
  | { readonly any: readonly Search<P>[] }
  | { readonly not: Search<P> }
  /** Words that stand, just so, in the subject or in what was written, as far as the reader may see it. */
  | { readonly words: string }
  | { readonly field: 'queue' | 'status' | 'subject'; readonly is: '=' | '!='; readonly value: string }
  /** `initial`, `active`, `inactive`; `open` in the search language means "not inactive". */
  | { readonly field: 'kind'; readonly is: '=' | '!='; readonly value: 'initial' | 'active' | 'inactive' }
  /** null is nobody. */
  | { readonly field: 'owner' | 'requestor' | 'cc' | 'admincc'; readonly is: '=' | '!='; readonly value: P | null }
  | { readonly field: 'id' | 'priority' | 'time'; readonly is: Comparison; readonly value: number }
  /** null: has none. */
  | {
      readonly field: 'due' | 'created' | 'updated' | 'resolved' | 'started' | 'told';
      readonly is: Comparison;
      readonly value: Instant | null;
    }
  /** A custom field, compared as text. */
  | { readonly custom: string; readonly is: '=' | '!='; readonly value: string };

/** Where a page of a list begins: after, or before, a row of it, which is named by what the list is sorted by. */
export interface Cursor {
  readonly side: 'after' | 'before';
  /** One number for each column of the order, the last one the ticket's. */
  readonly key: readonly bigint[];
}

export type Order = 'priority' | 'created' | 'updated' | 'due' | 'id';

import { holdersOf, actor as loadActor } from '../store/people.ts';
import { code, say } from '../ticket/inline.ts';
import type { Queue } from '../ticket/policy.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { may } from '../ticket/rights.ts';
import type { Desk } from './desk.ts';
import type { Address } from './inbound.ts';

/** Members of a place that are looked up one by one; a larger place counts as open to anybody. */
const mostMembers = 500;
/** Names that a refusal gives. */
const mostNames = 5;

/** Who reads in a place without being allowed to see the tickets of a queue. */
export interface Unentitled {
  /** What those are called who are known to be there. */
  readonly names: readonly string[];
  /** Whether others may read there too: the place is open, or its members are not known. */
  readonly open: boolean;
}

/**
 * Who would read the tickets of a queue in a place and may not see them; null when everybody there may. A right that
 * somebody has by a role on a ticket is not one to see all the tickets that a feed shows.
 */
export async function unentitledIn(desk: Desk, queue: Queue, where: Address): Promise<Unentitled | null> {
  const holders = where.guests ? ['everyone'] : ['everyone', `${where.platform}:${where.workspace}`];
  if (holders.some((holder) => queue.rights[holder]?.includes('ShowTicket'))) return null;
  const readers = await desk.membersOf(where);
  if (readers === null || readers.members.length > mostMembers) return { names: [], open: true };
  const known = await holdersOf(desk.store, where, readers.members);
  const names: string[] = [];
  for (const id of readers.members) {
    const person = known.get(id);
    const reader = person === undefined ? null : await loadActor(desk.store, person);
    if (reader === null || !may(reader, 'ShowTicket', queue, null)) names.push(reader?.name ?? id);
  }
  return names.length === 0 && !readers.open ? null : { names, open: readers.open };
}

/** Asks for a second word before a queue is shown to people who may not see it. `line`: the search that was typed. */
export function confirmFeed(queue: Queue, { names, open }: Unentitled, line: string): Refusal {
  const listed = names.slice(0, mostNames).join(', ');
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const who =
    names.length === 0
      ? 'Docket cannot tell that everybody who reads here may see the tickets of '
      : `${listed}${more} ${names.length === 1 ? 'reads' : 'read'} here and may not see the tickets of `;
  return refuse(
    'not allowed',
    who,
    code(queue.name),
    open && names.length > 0 ? ', and others can join. ' : '. ',
    'To show them here all the same: ',
    say(`feed ${queue.name} here anyway${line === '' ? '' : ` ${line}`}`),
  );
}

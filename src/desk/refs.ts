import type { PersonRef, ReminderRef, TypedCommand } from '../language/request.ts';
import type { Transaction } from '../ticket/change.ts';
import type { Command, NewTicket, RemindTarget } from '../ticket/command.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import type { Search } from '../ticket/search.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** Looks up a person that somebody typed; refuses one that is not known. */
export type FindPerson = (ref: PersonRef) => Promise<PersonId | Refusal>;

/** What a typed command needs besides people: the place it was typed in, and the ticket's newest transactions. */
export interface Around {
  readonly find: FindPerson;
  readonly here: () => Promise<number>;
  readonly last: () => Promise<readonly Transaction[]>;
}

/** A typed command with people by number, its place and its history filled in. */
export async function resolveCommand(typed: TypedCommand, around: Around): Promise<Command | Refusal> {
  switch (typed.verb) {
    case 'give': {
      const to = await around.find(typed.to);
      return isRefusal(to) ? to : { ...typed, to };
    }
    case 'watcher': {
      const person = await around.find(typed.person);
      return isRefusal(person) ? person : { ...typed, person };
    }
    case 'remind': {
      const target = await resolveTarget(typed.target, around);
      return isRefusal(target) ? target : { ...typed, target };
    }
    case 'undo':
      return { verb: 'undo', last: await around.last() };
    default:
      return typed;
  }
}

async function resolveTarget(target: ReminderRef, around: Around): Promise<RemindTarget<PersonId> | Refusal> {
  if (target.to === 'group') return target;
  if (target.to === 'here') return { to: 'place', place: await around.here() };
  const person = await around.find(target.person);
  return isRefusal(person) ? person : { to: 'person', person };
}

/** A wish for a ticket with its requestor by number: the one who asks, unless it is for somebody else. */
export async function resolveNew(wish: NewTicket<PersonRef>, find: FindPerson): Promise<NewTicket | Refusal> {
  if (wish.requestor === null) return { ...wish, requestor: null };
  const requestor = await find(wish.requestor);
  return isRefusal(requestor) ? requestor : { ...wish, requestor };
}

/** A search with people by number. */
export async function resolveSearch(search: Search<PersonRef>, find: FindPerson): Promise<Search | Refusal> {
  if ('all' in search) {
    const all = await resolveEach(search.all, find);
    return isRefusal(all) ? all : { all };
  }
  if ('any' in search) {
    const any = await resolveEach(search.any, find);
    return isRefusal(any) ? any : { any };
  }
  if ('not' in search) {
    const not = await resolveSearch(search.not, find);
    return isRefusal(not) ? not : { not };
  }
  if (!('field' in search)) return search;
  switch (search.field) {
    case 'owner':
    case 'requestor':
    case 'cc':
    case 'admincc': {
      if (search.value === null) return { field: search.field, is: search.is, value: null };
      const value = await find(search.value);
      return isRefusal(value) ? value : { field: search.field, is: search.is, value };
    }
    default:
      return search;
  }
}

async function resolveEach(searches: readonly Search<PersonRef>[], find: FindPerson): Promise<Search[] | Refusal> {
  const resolved: Search[] = [];
  for (const search of searches) {
    const result = await resolveSearch(search, find);
    if (isRefusal(result)) return result;
    resolved.push(result);
  }
  return resolved;
}

import type { Actor } from '../ticket/actor.ts';
import { kindOf, lifecycleOf } from '../ticket/lifecycle.ts';
import type { Policy } from '../ticket/policy.ts';
import { type Role, visibility } from '../ticket/rights.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** Who searches, and by which rights: what they may not see is not found, not counted and not searched. */
export interface Reader {
  readonly reader: Actor;
  readonly policy: Policy;
}

/** The values of a statement that is put together: they never stand in its text. */
export class Values {
  readonly all: unknown[] = [];

  /** Takes a value and gives the parameter that stands for it. */
  add(value: unknown, type: string): string {
    this.all.push(value);
    return `$${this.all.length}::${type}`;
  }
}

/** Whether the reader may see ticket `t`. */
export function visible(who: Reader, values: Values): string {
  return sighted(who, values, 'tickets');
}

/** Whether ticket `t` fits a search. What only staff see of it counts as empty for others: finding it would tell. */
export function condition(search: Search, who: Reader, values: Values): string {
  if ('all' in search) return joined(search.all, 'and', who, values);
  if ('any' in search) return joined(search.any, 'or', who, values);
  if ('not' in search) return `not (${condition(search.not, who, values)})`;
  if ('words' in search) return words(search.words, who, values);
  if ('custom' in search) {
    const [name, value] = [values.add(search.custom, 'text'), values.add(search.value, 'text')];
    const has = `(${sighted(who, values, 'comments')} and exists (
      select from field_values f where f.ticket_id = t.id and lower(f.name) = lower(${name})
      and (lower(f.value #>> '{}') = lower(${value}) or jsonb_typeof(f.value) = 'array' and f.value ? ${value})))`;
    return search.is === '=' ? has : `not ${has}`;
  }
  switch (search.field) {
    case 'queue':
    case 'status':
      return `t.${search.field} ${search.is} ${values.add(search.value, 'text')}`;
    case 'subject':
      return `t.subject ${search.is === '=' ? '' : 'not'} ilike ${values.add(`%${escaped(search.value)}%`, 'text')}`;
    case 'kind':
      return `${search.is === '=' ? '' : 'not'} ${ofKind(search.value, who.policy, values)}`;
    case 'owner':
      return compared('t.owner_id', search.is, search.value, 'int', values);
    case 'requestor':
    case 'cc':
    case 'admincc':
      return `${search.is === '=' ? '' : 'not'} ${watched(search.field, search.value, who, values)}`;
    case 'id':
    case 'priority':
      return compared(`t.${search.field}`, search.is, search.value, 'numeric', values);
    case 'time':
      return compared(
        `case when ${sighted(who, values, 'comments')} then t.time_worked else 0 end`,
        search.is,
        search.value,
        'numeric',
        values,
      );
    case 'updated':
      return compared(updatedFor(who, values), search.is, search.value, 'timestamptz', values);
    default:
      return compared(`t.${search.field}`, search.is, search.value, 'timestamptz', values);
  }
}

/** When ticket `t` last changed, as far as the reader may know: a comment must not show by the moment that it was made. */
export function updatedFor(who: Reader, values: Values): string {
  return `case when ${sighted(who, values, 'comments')} then t.updated else t.public_updated end`;
}

/** Makes what was typed stand for itself in `like`. */
export function escaped(typed: string): string {
  return typed.replace(/[\\%_]/g, '\\$&');
}

function joined(parts: readonly Search[], by: 'and' | 'or', who: Reader, values: Values): string {
  if (parts.length === 0) return by === 'and' ? 'true' : 'false';
  return `(${parts.map((part) => condition(part, who, values)).join(` ${by} `)})`;
}

/** A ticket without a value is unequal to every value, and neither before nor after any. */
function compared(column: string, is: Comparison, value: unknown, type: string, values: Values): string {
  if (value === null) return `${column} is ${is === '=' ? '' : 'not'} null`;
  const operator = { '=': 'is not distinct from', '!=': 'is distinct from' }[is as string] ?? is;
  return `${column} ${operator} ${values.add(value, type)}`;
}

function watched(role: Role, person: PersonId | null, who: Reader, values: Values): string {
  const seen = role === 'admincc' ? sighted(who, values, 'comments') : 'true';
  const holders = `select from watchers w where ${seen} and w.ticket_id = t.id and w.role = ${values.add(role, 'text')}`;
  return person === null
    ? `not exists (${holders})`
    : `exists (${holders} and w.person_id = ${values.add(person, 'int')})`;
}

function ofKind(kind: 'initial' | 'active' | 'inactive', policy: Policy, values: Values): string {
  const pairs = [...policy.queues.keys()].flatMap((queue) => {
    const lifecycle = lifecycleOf(policy, queue);
    return lifecycle?.statuses.map(({ name }) => ({ queue, status: name, kind: kindOf(lifecycle, name) })) ?? [];
  });
  // A status that its lifecycle does not know counts as active, so active is what is neither of the others.
  const named = pairs.filter((pair) => (kind === 'active' ? pair.kind !== 'active' : pair.kind === kind));
  const queues = values.add(
    named.map(({ queue }) => queue),
    'text[]',
  );
  const statuses = values.add(
    named.map(({ status }) => status),
    'text[]',
  );
  const listed = `(t.queue, t.status) in (select * from unnest(${queues}, ${statuses}))`;
  return kind === 'active' ? `(not ${listed})` : `(${listed})`;
}

/** The words have to stand in the subject, or in a text that the reader may see and that was not amended since. */
function words(typed: string, who: Reader, values: Values): string {
  const phrase = typed.trim();
  if (phrase === '') return 'true';
  const comments = sighted(who, values, 'comments');
  const current = 'not exists (select from transactions later where later.amends = x.id)';
  const likes = spellings(phrase).map((spelling) => values.add(`%${escaped(spelling)}%`, 'text'));
  const has = (column: string) => `(${likes.map((like) => `${column} ilike ${like}`).join(' or ')})`;
  const text = `from transactions x join tickets t on t.id = x.ticket_id where x.body <> '' and ${has('x.body')}`;
  return `t.id in (
    select t.id from tickets t where ${has('t.subject')}
    union all select coalesce(t.merged_into, t.id) ${text} and not x.staff_only and ${current}
    union all select coalesce(t.merged_into, t.id) ${text} and x.staff_only and ${comments} and ${current}
  )`;
}

/** A phrase as it may be spelled: upper case writes ß as SS, which comparing without case does not know. */
function spellings(phrase: string): readonly string[] {
  const typed = phrase.normalize('NFC');
  return [...new Set([typed, typed.replaceAll(/[ßẞ]/g, 'ss'), typed.replaceAll(/ss/gi, 'ß')])];
}

/** Whether the reader sees ticket `t`, or its comments: by its queue, or by a role that they have on it. */
function sighted({ reader, policy }: Reader, values: Values, what: 'tickets' | 'comments'): string {
  const queues = new Map<string, { roles: 'all' | readonly Role[]; names: string[] }>();
  for (const [queue, sight] of visibility(reader, policy)) {
    const roles = sight[what];
    const alike = queues.get(String(roles)) ?? { roles, names: [] };
    alike.names.push(queue);
    queues.set(String(roles), alike);
  }
  const seen = [...queues.values()].flatMap(({ roles, names }) => {
    if (roles.length === 0) return [];
    const inQueue = `t.queue = any(${values.add(names, 'text[]')})`;
    return roles === 'all' ? [inQueue] : [`(${inQueue} and ${holdsOne(roles, reader.person, values)})`];
  });
  return seen.length === 0 ? 'false' : `(${seen.join(' or ')})`;
}

function holdsOne(roles: readonly Role[], person: PersonId, values: Values): string {
  const holder = values.add(person, 'int');
  const watching = `t.id in (select ticket_id from watchers where person_id = ${holder} and role = any(${values.add(roles, 'text[]')}))`;
  return roles.includes('owner') ? `(t.owner_id = ${holder} or ${watching})` : watching;
}

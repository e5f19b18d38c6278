import type { Lifecycle, Move, Policy, StatusKind } from './policy.ts';
import { statusVerbs } from './policy.ts';
import type { Ticket } from './ticket.ts';

/**
 * RT's default lifecycle and its rights: any status may follow any other; deleting takes a right of its own. Here
 * bringing a deleted ticket back takes the same right, so that what was deleted stays so for everybody else.
 */
export const defaultLifecycle: Lifecycle = {
  name: 'default',
  statuses: [
    { name: 'new', kind: 'initial' },
    { name: 'open', kind: 'active' },
    { name: 'stalled', kind: 'active' },
    { name: 'resolved', kind: 'inactive' },
    { name: 'rejected', kind: 'inactive' },
    { name: 'deleted', kind: 'inactive' },
  ],
  initial: 'new',
  moves: [
    { from: '*', to: 'deleted', right: 'DeleteTicket' },
    { from: 'deleted', to: '*', right: 'DeleteTicket' },
    { from: '*', to: '*', right: 'ModifyTicket' },
  ],
  verbs: {
    open: 'open',
    stall: 'stalled',
    resolve: 'resolved',
    reject: 'rejected',
    reopen: 'open',
    delete: 'deleted',
  },
};

/**
 * Where a status stands in a ticket's life. One that the lifecycle does not know (any more) counts as active, so that a
 * ticket which a change of the configuration left behind stays in the lists until someone moves it on.
 */
export function kindOf(lifecycle: Lifecycle, status: string): StatusKind {
  return lifecycle.statuses.find(({ name }) => name === status)?.kind ?? 'active';
}

/** Where a ticket stands in its life. */
export function statusKind(policy: Policy, ticket: Pick<Ticket, 'queue' | 'status'>): StatusKind {
  const lifecycle = lifecycleOf(policy, ticket.queue);
  return lifecycle === undefined ? 'active' : kindOf(lifecycle, ticket.status);
}

/** The lifecycle of a queue; undefined when there is no such queue. */
export function lifecycleOf(policy: Policy, queue: string): Lifecycle | undefined {
  return policy.lifecycles.get(policy.queues.get(queue)?.lifecycle ?? '');
}

/**
 * The allowed move from one status to another: the first one listed that fits, `*` fitting every status. Null when
 * the lifecycle does not allow it, when there is no such status, and from a status to itself.
 */
export function move(lifecycle: Lifecycle, from: string, to: string): Move | null {
  if (from === to || !lifecycle.statuses.some(({ name }) => name === to)) return null;
  const fits = (pattern: string, status: string) => pattern === '*' || pattern === status;
  return lifecycle.moves.find((each) => fits(each.from, from) && fits(each.to, to)) ?? null;
}

/** The statuses that can follow a status, in the order in which they are shown. */
export function nextStatuses(lifecycle: Lifecycle, from: string): readonly string[] {
  return lifecycle.statuses.map(({ name }) => name).filter((to) => move(lifecycle, from, to) !== null);
}

/** Whether a status is the one that `delete` leads to: nothing more is done to such a ticket until it is brought back. */
export function isDeleted(lifecycle: Lifecycle, status: string): boolean {
  return status === lifecycle.verbs.delete;
}

/**
 * Whether a status says that the work is done: `resolved`, and every other inactive status but those that give the
 * ticket up. What has to be done first (dependencies, required fields) is asked only for these.
 */
export function isDone(lifecycle: Lifecycle, status: string): boolean {
  const givenUp = status === lifecycle.verbs.reject || status === lifecycle.verbs.delete;
  return kindOf(lifecycle, status) === 'inactive' && !givenUp;
}

/** The status of work that goes on: where `open` leads to, else the first active one. Null when there is none. */
export function openStatus(lifecycle: Lifecycle): string | null {
  return lifecycle.verbs.open ?? lifecycle.statuses.find(({ kind }) => kind === 'active')?.name ?? null;
}

/** The status to which a ticket comes back: where `reopen` leads to, else that of work that goes on. */
export function reopenStatus(lifecycle: Lifecycle): string | null {
  return lifecycle.verbs.reopen ?? openStatus(lifecycle);
}

/**
 * The status that a ticket gets in another lifecycle when it moves to a queue of that: one of the same name and kind,
 * else the one that the same verb leads to, else one of the same kind. A ticket never begins or ends its life by moving.
 */
export function counterpart(from: Lifecycle, status: string, to: Lifecycle): string {
  const kind = kindOf(from, status);
  const fits = (name: string | null | undefined): name is string =>
    name !== null && name !== undefined && kindOf(to, name) === kind && to.statuses.some((each) => each.name === name);
  if (fits(status)) return status;
  for (const verb of statusVerbs) {
    if (from.verbs[verb] === status && fits(to.verbs[verb])) return to.verbs[verb];
  }
  const usual = { initial: to.initial, active: openStatus(to), inactive: to.verbs.resolve }[kind];
  return fits(usual) ? usual : (to.statuses.find((each) => each.kind === kind)?.name ?? to.initial);
}

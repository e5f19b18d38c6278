import type { Actor } from './actor.ts';
import type { Command, Verb } from './command.ts';
import { code, ticketRef } from './inline.ts';
import { move } from './lifecycle.ts';
import { type Lifecycle, type Right, rights, type StatusVerb, statusVerbs } from './policy.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Ticket, TicketId } from './ticket.ts';

/**
 * The right that each verb takes; null: none but that of seeing the ticket. The status verbs are not here: theirs is
 * the right of the move, which the lifecycle names. `rightsNeeded` has the few exceptions.
 */
export const verbRights: Readonly<Record<Exclude<Verb, StatusVerb>, Right | null>> = {
  take: 'OwnTicket',
  steal: 'StealTicket',
  release: null,
  give: 'OwnTicket',
  reply: 'ReplyToTicket',
  comment: 'CommentOnTicket',
  set: 'ModifyTicket',
  watch: 'Watch',
  unwatch: null,
  watcher: 'ModifyTicket',
  link: 'ModifyTicket',
  merge: 'ModifyTicket',
  time: 'ModifyTicket',
  remind: null,
  snooze: null,
  done: null,
  ring: null,
  amend: null,
  undo: null,
};

/** Whether a verb is one of the lifecycle. */
export function isStatusVerb(verb: Verb): verb is StatusVerb {
  return statusVerbs.some((each) => each === verb);
}

/**
 * The right that a verb takes on a ticket in this status: for help and for buttons.
 *
 * @returns `no such move` when the verb leads nowhere from here, so that no button should offer it.
 */
export function rightFor(verb: Verb, status: string, lifecycle: Lifecycle): Right | null | 'no such move' {
  if (!isStatusVerb(verb)) return verbRights[verb];
  return move(lifecycle, status, lifecycle.verbs[verb] ?? '')?.right ?? 'no such move';
}

/**
 * The rights of which this very command takes one: that of its verb, but for what concerns one's own (ticket, person),
 * which takes less, and somebody else's, which takes more. Empty when seeing the ticket is enough, or when the settings
 * of a `set` are asked one by one.
 */
export function rightsNeeded(command: Command, ticket: Ticket, actor: Actor, lifecycle: Lifecycle): readonly Right[] {
  switch (command.verb) {
    case 'give':
    case 'release':
      if (ticket.owner === null || ticket.owner === actor.person) break;
      return ['ReassignTicket'];
    case 'watcher':
      if (command.person !== actor.person || command.role === 'requestor') break;
      if (!command.add) return [];
      return [command.role === 'cc' ? 'Watch' : 'WatchAsAdminCc', 'ModifyTicket'];
    case 'remind':
      // What rings for others is a way to make noise in their name.
      return command.target.to === 'person' && command.target.person === actor.person ? [] : ['ModifyTicket'];
    case 'set':
      if (command.settings.some(({ field }) => field.toLowerCase() !== 'status')) break;
      return [];
  }
  const right = rightFor(command.verb, ticket.status, lifecycle);
  return right === null || right === 'no such move' ? [] : [right];
}

/** The refusal for want of a right. */
export function notAllowed(right: Right, ticket: TicketId): Refusal {
  return refuse(
    'not allowed',
    'You may not do this to ',
    ticketRef(ticket),
    '. It takes the right ',
    code(right),
    ` (${rights[right]}), which an administrator can grant.`,
  );
}

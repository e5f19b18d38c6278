import type { Command } from './command.ts';
import { ticketRef } from './inline.ts';
import { reachable } from './link.ts';
import { changeLink } from './linking.ts';
import { merge } from './merging.ts';
import { give, release, steal, take } from './ownership.ts';
import { changeWatcher, unwatch, watch } from './people.ts';
import { isRefusal, noSuchTicket, type Refusal, refuse } from './refusal.ts';
import { done, remind, ring, snooze } from './reminding.ts';
import { may } from './rights.ts';
import { type Context, type Decision, type Scene, sceneOf, standsFor } from './scene.ts';
import { set } from './settings.ts';
import { changeStatus } from './status.ts';
import type { PersonId, Ticket, TicketId } from './ticket.ts';
import { undo } from './undo.ts';
import { isStatusVerb, notAllowed, rightsNeeded } from './verb-rights.ts';
import { amend, comment, refuseDeleted, reply, time } from './writing.ts';

export { open } from './open.ts';
export type { Context, Decision } from './scene.ts';

/**
 * Decides one command on one ticket: the changes that it comes to, or the refusal, which is for the actor alone. It
 * reads no clock, changes nothing, and never throws.
 *
 * Whoever may not see the ticket is told that there is none. Then come the right that the command takes, and the rules
 * of its verb. A command that would change nothing is refused too, so that each command in a history did something.
 *
 * @param asked the number that was typed, where it stands for a ticket that was merged into this one.
 */
export function decide(
  ticket: Ticket,
  command: Command,
  context: Context,
  asked: TicketId = ticket.id,
): Decision | Refusal {
  if (ticket.mergedInto !== null) return refuseMerged(ticket.mergedInto, context, asked);
  const scene = sceneOf(ticket, context, asked);
  if (isRefusal(scene)) return scene;
  if (!isStatusVerb(command.verb) && !untouched.has(command.verb)) {
    const deleted = refuseDeleted(scene);
    if (deleted !== null) return deleted;
  }
  const rights = rightsNeeded(command, ticket, context.actor, scene.lifecycle);
  if (rights[0] !== undefined && !rights.some((right) => may(context.actor, right, scene.queue, ticket))) {
    return notAllowed(rights[0], ticket.id);
  }
  return decideVerb(scene, command);
}

/** A merged ticket only forwards. Whether somebody sees it is asked of the ticket that it forwards to. */
function refuseMerged(into: TicketId, context: Context, asked: TicketId): Refusal {
  const target = standsFor(into, context.others);
  const refusal = unseen(target, context, asked);
  if (target === undefined || refusal !== null) return refusal ?? noSuchTicket(asked);
  return refuse('conflict', ticketRef(asked), ' was merged into ', ticketRef(target.id), '. Use that number.');
}

/** What goes on with a deleted ticket: its messages and alarms have their own end, and a slip can be taken back. */
const untouched: ReadonlySet<Command['verb']> = new Set(['amend', 'ring', 'done', 'undo']);

function decideVerb(scene: Scene, command: Command): Decision | Refusal {
  switch (command.verb) {
    case 'take':
      return take(scene);
    case 'steal':
      return steal(scene);
    case 'release':
      return release(scene);
    case 'give':
      return give(scene, command.to);
    case 'reply':
      return reply(scene, command);
    case 'comment':
      return comment(scene, command);
    case 'open':
    case 'stall':
    case 'resolve':
    case 'reject':
    case 'reopen':
    case 'delete':
      return changeStatus(scene, command);
    case 'set':
      return set(scene, command.settings);
    case 'watch':
      return watch(scene);
    case 'unwatch':
      return unwatch(scene);
    case 'watcher':
      return changeWatcher(scene, command);
    case 'link':
      return changeLink(scene, command);
    case 'merge':
      return merge(scene, command.into);
    case 'time':
      return time(scene, command);
    case 'remind':
      return remind(scene, command);
    case 'snooze':
      return snooze(scene, command);
    case 'done':
      return done(scene, command);
    case 'ring':
      return ring(scene, command.reminder);
    case 'amend':
      return amend(scene, command);
    case 'undo':
      return undo(scene, command.last);
  }
}

/**
 * The refusal for a ticket that the actor may not see, the same as for one that does not exist; null when they see it.
 *
 * @param asked the number that was typed.
 */
export function unseen(ticket: Ticket | undefined, context: Context, asked: TicketId): Refusal | null {
  if (ticket === undefined) return noSuchTicket(asked);
  const scene = sceneOf(ticket, context, asked);
  return isRefusal(scene) ? scene : null;
}

/**
 * The other tickets that a command has to know: both ends of its links, all that these lead to, for a circle may be long,
 * and what keeps a ticket from its end.
 *
 * @param known those that were looked up already: links are followed through them, so that it is to be asked again until
 * it names nothing new.
 */
export function ticketsNeeded(
  ticket: Ticket,
  command: Command,
  known: ReadonlyMap<TicketId, Ticket>,
): readonly TicketId[] {
  switch (command.verb) {
    case 'link':
      return [...reachable(command.ticket, command.kind, known)];
    case 'merge':
      return [command.into, ...ticket.links.flatMap((link) => [...reachable(link.ticket, link.kind, known)])];
    case 'undo':
      return command.last.flatMap(({ change }) =>
        change.type === 'link' ? [...reachable(change.ticket, change.kind, known)] : [],
      );
    case 'set':
      return dependencies(ticket);
    default:
      return isStatusVerb(command.verb) ? dependencies(ticket) : [];
  }
}

function dependencies(ticket: Ticket): readonly TicketId[] {
  return ticket.links.flatMap((link) => (link.kind === 'depends on' ? [link.ticket] : []));
}

/** The people whose rights a command has to know, besides the actor's. */
export function peopleNeeded(ticket: Ticket, command: Command): readonly PersonId[] {
  switch (command.verb) {
    case 'give':
      return [command.to];
    case 'remind':
      return command.target.to === 'person' ? [command.target.person] : [];
    case 'set':
      return ticket.owner === null ? [] : [ticket.owner];
    case 'undo':
      return command.last.slice(-1).map(({ actor }) => actor);
    default:
      return [];
  }
}

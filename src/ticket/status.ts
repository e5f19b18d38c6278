import { blocked } from './blocked.ts';
import type { Change } from './change.ts';
import type { Command } from './command.ts';
import { code, row, say, ticketRef } from './inline.ts';
import { instant } from './instant.ts';
import { isDone, kindOf, move, nextStatuses } from './lifecycle.ts';
import { limits } from './limits.ts';
import type { Lifecycle, StatusVerb } from './policy.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { addReminder, endAlarms } from './reminder.ts';
import { may } from './rights.ts';
import { after, type Decision, only, type Scene } from './scene.ts';
import { text } from './text.ts';
import type { Instant, Ticket } from './ticket.ts';
import { notAllowed } from './verb-rights.ts';

type StatusCommand = Extract<Command, { verb: StatusVerb }>;

/**
 * A verb of the lifecycle. Its text becomes a comment and, where the work is done, the resolution. `stall until` sets an
 * alarm for the owner (for the actor when nobody owns the ticket), at which the ticket opens again.
 */
export function changeStatus(scene: Scene, command: StatusCommand): Decision | Refusal {
  const { ticket, lifecycle } = scene;
  const words = command.text.trim();
  const to = lifecycle.verbs[command.verb];
  if (to === undefined) return noVerb(scene, command.verb);
  const alarm = command.until === null ? null : wakeAt(scene, command, command.until);
  if (isRefusal(alarm)) return alarm;
  const moved = to === ticket.status && alarm !== null ? newAlarm(scene) : moveTo(scene, to, words);
  if (isRefusal(moved)) return moved;
  const comment = commentOf(scene, words);
  if (isRefusal(comment)) return comment;
  const changes = [...moved, ...comment];
  if (alarm === null) return only(changes);
  const ended = endAlarms(after(scene, changes).ticket);
  return only([...changes, ...ended, addReminder(ticket, { ...alarm, text: words.slice(0, limits.note) })]);
}

/**
 * Moves a ticket to another status, as far as its lifecycle, the actor's rights, and what has to be done first allow it.
 *
 * @param resolution what was done, where the work is done by this.
 */
export function moveTo(scene: Scene, to: string, resolution: string): readonly Change[] | Refusal {
  const { ticket, queue, lifecycle, context } = scene;
  if (to === ticket.status) {
    return refuse('conflict', ticketRef(ticket.id), ' is ', code(to), ' already.');
  }
  const allowed = move(lifecycle, ticket.status, to);
  if (allowed === null) return noMove(scene, to);
  if (!may(context.actor, allowed.right, queue, ticket)) return notAllowed(allowed.right, ticket.id);
  if (isDone(lifecycle, to)) {
    const refusal = blocked(scene);
    if (refusal !== null) return refusal;
  }
  return statusChange(ticket, lifecycle, to, context.now, isDone(lifecycle, to) ? resolution : '');
}

/** Moves a ticket on without being asked (a reply, an alarm), if the lifecycle has that move; else changes nothing. */
export function moveAlong({ ticket, lifecycle, context }: Scene, to: string | null): readonly Change[] {
  if (to === null || move(lifecycle, ticket.status, to) === null) return [];
  return statusChange(ticket, lifecycle, to, context.now, '');
}

/**
 * The change of a status with all that goes with it: when the work was started, when it ended and with what; and the
 * alarm of a stalled ticket, which ends with the stalling.
 *
 * @param lifecycle the one that `to` belongs to.
 */
export function statusChange(
  ticket: Ticket,
  lifecycle: Lifecycle,
  to: string,
  now: Instant,
  resolution: string,
): readonly Change[] {
  const { resolution: was, started, resolved } = ticket;
  const kind = kindOf(lifecycle, to);
  return [
    {
      type: 'status',
      from: ticket.status,
      to,
      kind,
      resolution,
      started: started === null && kind === 'active' ? now : started,
      resolved: kind === 'inactive' ? (resolved ?? now) : null,
      was: { resolution: was, started, resolved },
    },
    ...endAlarms(ticket),
  ];
}

/** The text of a status verb as a comment; nothing when there is none. Refused to those who may not comment. */
function commentOf({ ticket, queue, context }: Scene, words: string): readonly Change[] | Refusal {
  if (words === '') return [];
  if (words.length > limits.body) {
    return refuse('too large', `A text can have ${limits.body} characters. Send the rest as a file.`);
  }
  if (!may(context.actor, 'CommentOnTicket', queue, ticket)) return notAllowed('CommentOnTicket', ticket.id);
  return [{ type: 'comment', text: text(words), attachments: [] }];
}

function wakeAt({ ticket, lifecycle, context }: Scene, { verb }: StatusCommand, until: Instant) {
  const at = instant(until);
  if (verb !== 'stall' || kindOf(lifecycle, lifecycle.verbs.stall ?? '') === 'inactive') {
    return refuse('invalid', 'Only ', say(`stall ${ticket.id} until tomorrow 9am`), ' takes a time.');
  }
  if (at === null || at <= context.now) {
    return refuse('invalid', 'That time has passed. Try ', say(`stall ${ticket.id} until tomorrow 9am`), '.');
  }
  const person = ticket.owner ?? context.actor.person;
  return { at, target: { to: 'person', person }, by: context.actor.person, wakes: true } as const;
}

/** A ticket that is stalled already only gets another alarm. That is no move, so it takes the right for other changes. */
function newAlarm({ ticket, queue, context }: Scene): readonly Change[] | Refusal {
  return may(context.actor, 'ModifyTicket', queue, ticket) ? [] : notAllowed('ModifyTicket', ticket.id);
}

function noVerb({ queue, ticket }: Scene, verb: StatusVerb): Refusal {
  return refuse(
    'invalid',
    'Tickets of ',
    code(queue.name),
    ` are not handled with “${verb}”. Change the status with `,
    say(`set ${ticket.id} status=…`),
    '.',
  );
}

function noMove({ ticket, queue, lifecycle }: Scene, to: string): Refusal {
  const possible = nextStatuses(lifecycle, ticket.status).map((name) => code(name));
  const known = lifecycle.statuses.some(({ name }) => name === to);
  const problem = known
    ? [ticketRef(ticket.id), ' is ', code(ticket.status), ' and cannot become ', code(to), ' from there. ']
    : [code(to), ' is no status of ', code(queue.name), '. '];
  return possible.length === 0
    ? refuse('invalid', ...problem, 'It stays as it is.')
    : refuse('invalid', ...problem, 'It can become: ', ...row(possible), '.');
}

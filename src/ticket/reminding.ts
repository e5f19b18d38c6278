import type { Change } from './change.ts';
import type { Command } from './command.ts';
import { say, ticketRef, who } from './inline.ts';
import { instant } from './instant.ts';
import { isDeleted, openStatus } from './lifecycle.ts';
import { limits } from './limits.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { addReminder, changeReminder } from './reminder.ts';
import { canSee, may } from './rights.ts';
import { after, type Decision, only, type Scene } from './scene.ts';
import { moveAlong } from './status.ts';
import type { Instant, Reminder } from './ticket.ts';

/** Sets a reminder for a person who sees the ticket, for a group, or for a place. */
export function remind(scene: Scene, command: Extract<Command, { verb: 'remind' }>): Decision | Refusal {
  const { ticket, queue, context } = scene;
  const { target } = command;
  const example = say(`remind ${ticket.id} tomorrow 9am call back`);
  const at = coming(command.at, context.now, example);
  if (isRefusal(at)) return at;
  const words = command.text.trim();
  if (words.length > limits.note) {
    return refuse('too large', `A reminder can have ${limits.note} characters. Write the rest as a comment.`);
  }
  if (ticket.reminders.filter(({ state }) => state === 'waiting').length >= limits.reminders) {
    return refuse('too large', ticketRef(ticket.id), ` has ${limits.reminders} reminders waiting. End one first.`);
  }
  if (target.to === 'person' && target.person !== context.actor.person) {
    const person = context.actors.get(target.person);
    if (person === undefined || !canSee(person, ticket, queue)) {
      return refuse(
        'not allowed',
        who(target.person, context.names),
        ' cannot see ',
        ticketRef(ticket.id),
        '. Remind somebody who can, or make them a cc first.',
      );
    }
  }
  return only([addReminder(ticket, { at, text: words, target, by: context.actor.person, wakes: false })]);
}

/** Lets one of the actor's reminders ring later. */
export function snooze(scene: Scene, command: Extract<Command, { verb: 'snooze' }>): Decision | Refusal {
  const { ticket, context } = scene;
  const at = coming(command.at, context.now, say(`snooze ${ticket.id} 1h`));
  if (isRefusal(at)) return at;
  const reminder = own(scene, command.reminder);
  if (isRefusal(reminder)) return reminder;
  return only([changeReminder(reminder, { at, state: 'waiting' })]);
}

/** Ends one of the actor's reminders. */
export function done(scene: Scene, command: Extract<Command, { verb: 'done' }>): Decision | Refusal {
  const reminder = own(scene, command.reminder);
  return isRefusal(reminder) ? reminder : only([changeReminder(reminder, { state: 'done' })]);
}

/**
 * A reminder's time has come; only Docket itself says so. The alarm of `stall until` opens the ticket when it is still
 * stalled. A deleted ticket rings no more.
 */
export function ring(scene: Scene, id: number): Decision | Refusal {
  const { ticket, lifecycle, context } = scene;
  if (!context.actor.superuser) return refuse('not allowed', 'Reminders ring by themselves when their time has come.');
  const reminder = ticket.reminders.find((each) => each.id === id);
  if (reminder === undefined || reminder.state !== 'waiting' || reminder.at > context.now) {
    return refuse('conflict', ticketRef(ticket.id), ` has no reminder ${id} that is to ring now.`);
  }
  if (isDeleted(lifecycle, ticket.status)) return only([changeReminder(reminder, { state: 'done' })]);
  const rung: readonly Change[] = [changeReminder(reminder, { state: 'rung' })];
  const wakes = reminder.wakes && ticket.status === lifecycle.verbs.stall;
  return only(wakes ? [...rung, ...moveAlong(after(scene, rung), openStatus(lifecycle))] : rung);
}

function coming(typed: Instant, now: Instant, example: ReturnType<typeof say>): Instant | Refusal {
  const at = instant(typed);
  if (at === null) return refuse('invalid', 'That is no time. Try ', example, '.');
  return at > now ? at : refuse('invalid', 'That time has passed. Try ', example, '.');
}

/** The reminder that the actor means: the one named, else the last of theirs that rang, else the next that will. */
function own(scene: Scene, id: number | null): Reminder | Refusal {
  const { ticket } = scene;
  const open = ticket.reminders.filter((reminder) => reminder.state !== 'done' && concerns(scene, reminder));
  if (id !== null) {
    return (
      open.find((reminder) => reminder.id === id) ??
      refuse('not found', 'You have no such reminder on ', ticketRef(ticket.id), ' (any more).')
    );
  }
  const byTime = open.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id - b.id));
  const found = byTime.findLast(({ state }) => state === 'rung') ?? byTime.find(({ state }) => state === 'waiting');
  return (
    found ??
    refuse(
      'not found',
      'You have no reminder on ',
      ticketRef(ticket.id),
      '. Set one with ',
      say(`remind ${ticket.id} 2h`),
      '.',
    )
  );
}

/**
 * Whether a reminder is the actor's to move or end: it rings for them, or it was set by them. One for a place belongs to
 * whoever may set one there; to others it is as if it were not, for the place may be one of staff alone.
 */
function concerns({ ticket, queue, context: { actor } }: Scene, { target, by }: Reminder): boolean {
  if (by === actor.person || actor.superuser) return true;
  switch (target.to) {
    case 'person':
      return target.person === actor.person;
    case 'group':
      return actor.groups.has(target.group);
    case 'place':
      return may(actor, 'ModifyTicket', queue, ticket);
  }
}

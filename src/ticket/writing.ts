import type { Attachment, Change } from './change.ts';
import { isBlank } from './characters.ts';
import type { Command } from './command.ts';
import { code, say, ticketRef } from './inline.ts';
import { isDeleted, kindOf, reopenStatus } from './lifecycle.ts';
import { limits } from './limits.ts';
import { begin } from './ownership.ts';
import { type Refusal, refuse } from './refusal.ts';
import { canSeeComments, may } from './rights.ts';
import { after, type Decision, only, type Scene } from './scene.ts';
import { moveAlong } from './status.ts';
import { checkSubject } from './subject.ts';
import { plain, type Text, text } from './text.ts';
import { notAllowed } from './verb-rights.ts';

type Written = Extract<Command, { verb: 'reply' | 'comment' }>;

/**
 * What the requestor sees. Staff begin work on a new ticket by replying; anybody else (the requestor, a cc) brings a
 * stalled or ended ticket back, for they wait for an answer. Staff are those who see the comments.
 */
export function reply(scene: Scene, { text, attachments }: Written): Decision | Refusal {
  const { ticket, queue, lifecycle, context } = scene;
  const refusal = checkWritten(text, attachments);
  if (refusal !== null) return refusal;
  const staff = canSeeComments(context.actor, ticket, queue);
  const byRequestor = !staff && ticket.requestors.includes(context.actor.person);
  const said: readonly Change[] = [{ type: 'reply', text, attachments, byRequestor, toldBefore: ticket.told }];
  if (staff) return only(begin(scene, said));
  const over = kindOf(lifecycle, ticket.status) === 'inactive' || ticket.status === lifecycle.verbs.stall;
  return only(over ? [...said, ...moveAlong(after(scene, said), reopenStatus(lifecycle))] : said);
}

/** What only staff see. */
export function comment(_scene: Scene, { text, attachments }: Written): Decision | Refusal {
  return checkWritten(text, attachments) ?? only([{ type: 'comment', text, attachments }]);
}

/** The refusal of something written that is empty or too long; null when it can be kept. */
function checkWritten(written: Text, attachments: readonly Attachment[]): Refusal | null {
  if (isBlank(plain(written)) && attachments.length === 0) {
    return refuse('invalid', 'There is nothing to write down. Add some words, or a file.');
  }
  return checkSize(written, attachments);
}

/** The refusal of something written that is too long; null when it can be kept. */
export function checkSize(written: Text, attachments: readonly Attachment[]): Refusal | null {
  if (plain(written).length > limits.body) {
    return refuse('too large', `A text can have ${limits.body} characters. Send the rest as a file.`);
  }
  if (attachments.length > limits.attachments) {
    return refuse('too large', `One message can bring ${limits.attachments} files. Send the rest with another one.`);
  }
  return null;
}

/**
 * Follows an edit (or, with null, a deletion) of the message that a transaction came from. Only its author can make one,
 * who need not be the one who acted on it, as when somebody made a ticket of another person's message.
 */
export function amend({ ticket, context }: Scene, command: Extract<Command, { verb: 'amend' }>): Decision | Refusal {
  const { of } = command;
  if (command.author !== context.actor.person) {
    return refuse('not allowed', 'Only who wrote it can change it. Add a ', say(`comment ${ticket.id}`), ' instead.');
  }
  if (of.change.type !== 'create' && of.change.type !== 'reply' && of.change.type !== 'comment') {
    return refuse('invalid', 'There is no text in that change of ', ticketRef(ticket.id), ' that could be edited.');
  }
  if (command.text !== null) {
    // A ticket may be opened with a subject alone.
    const check = of.change.type === 'create' && command.subject !== '' ? checkSize : checkWritten;
    const refusal = check(command.text, of.change.attachments);
    if (refusal !== null) return refusal;
  }
  const amended: Change = { type: 'amend', of: of.id, text: command.text };
  const { subject } = command;
  // The subject of a ticket that was merged into this one names nothing any more.
  const follows = of.change.type === 'create' && of.ticket === ticket.id && ticket.subjectSource === 'message';
  if (!follows || subject === ticket.subject || checkSubject(subject) !== null) return only([amended]);
  return only([amended, { type: 'set', field: 'subject', from: ticket.subject, to: subject, source: 'message' }]);
}

/** Records time worked, in minutes, with a comment on what it went into. */
export function time(scene: Scene, command: Extract<Command, { verb: 'time' }>): Decision | Refusal {
  const { ticket, queue, context } = scene;
  const { minutes } = command;
  if (!Number.isInteger(minutes) || minutes <= 0 || minutes > limits.minutes) {
    return refuse('invalid', 'Time worked is from a minute to a week. Try ', say(`time ${ticket.id} 1h30m`), '.');
  }
  const words = command.text.trim();
  const worked: Change = { type: 'time', minutes };
  if (words === '') return only([worked]);
  const said = text(words);
  if (!may(context.actor, 'CommentOnTicket', queue, ticket)) return notAllowed('CommentOnTicket', ticket.id);
  return checkWritten(said, []) ?? only([worked, { type: 'comment', text: said, attachments: [] }]);
}

/**
 * Why nothing can be done to a ticket that was deleted. Those who may bring it back are told how; everybody else is
 * shown the way to a new one. Null when the ticket is not deleted.
 */
export function refuseDeleted({ ticket, queue, lifecycle, context }: Scene): Refusal | null {
  if (!isDeleted(lifecycle, ticket.status)) return null;
  return may(context.actor, 'DeleteTicket', queue, ticket)
    ? refuse(
        'conflict',
        ticketRef(ticket.id),
        ' is ',
        code(ticket.status),
        '. Bring it back with ',
        say(`reopen ${ticket.id}`),
        '.',
      )
    : refuse(
        'conflict',
        ticketRef(ticket.id),
        ' is ',
        code(ticket.status),
        '. Open a new ticket with ',
        say('new SUBJECT'),
        '.',
      );
}

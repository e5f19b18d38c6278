import { staffOnly } from './audience.ts';
import type { Change, Transaction } from './change.ts';
import { say, ticketRef, who } from './inline.ts';
import { kindOf, move } from './lifecycle.ts';
import { closesCircle, hasLink, inverse } from './link.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { changeReminder } from './reminder.ts';
import { canSeeComments } from './rights.ts';
import { after, type Decision, type Scene, standsFor } from './scene.ts';
import type { TicketId } from './ticket.ts';

/**
 * Takes back the last command of the ticket's history, if it is the actor's own: nothing was built on it then. The
 * ticket is as it was before; a comment that was part of it counts as deleted, a new reminder as ended. For those who do
 * not see comments, what only staff did does not count: neither success nor refusal tells of it.
 *
 * What others have heard or what made the ticket cannot be undone, nor an undo itself: the refusal says what to do
 * instead. Neither can a status from which the lifecycle has no way back.
 *
 * @param last the newest transactions of the ticket, oldest first, with all of the last command among them.
 */
export function undo(scene: Scene, last: readonly Transaction[]): Decision | Refusal {
  const { ticket, context } = scene;
  const newest = last.findLast((transaction) => isKnownTo(scene, transaction));
  if (newest === undefined || newest.actor !== context.actor.person) return notYours(scene, newest);
  const command = last.filter((transaction) => transaction.command === newest.command);
  if (command.some(({ change }) => change.type === 'undo')) {
    return cannot(
      'Your last change was undone already. To have it again, repeat it; see ',
      say(`history ${ticket.id}`),
    );
  }

  let now = scene;
  const changes: Change[] = [];
  const others = new Map<TicketId, readonly Change[]>();
  for (const transaction of queueFirst(command.toReversed())) {
    const back = takeBack(now, transaction);
    if (isRefusal(back)) return back;
    changes.push(back);
    now = after(now, [back]);
    if (back.type !== 'link') continue;
    const end = otherEnd(scene, back);
    if (isRefusal(end)) return end;
    others.set(back.ticket, [...(others.get(back.ticket) ?? []), ...end]);
  }
  const refusal = checkWayBack(scene, now);
  if (refusal !== null) return refusal;
  return {
    changes: [{ type: 'undo', of: command.map(({ id }) => id) }, ...changes],
    others: [...others].flatMap(([id, each]) => (each.length === 0 ? [] : [{ ticket: id, changes: each }])),
  };
}

/** Whether the actor may know of a transaction: of their own they do. */
function isKnownTo({ ticket, queue, context: { actor } }: Scene, { actor: by, change }: Transaction): boolean {
  return by === actor.person || !staffOnly(change) || canSeeComments(actor, ticket, queue);
}

/** The queue goes back first, for its lifecycle says what the old status means. */
function queueFirst(command: readonly Transaction[]): readonly Transaction[] {
  const isMove = ({ change }: Transaction) => change.type === 'set' && change.field === 'queue';
  return [...command.filter(isMove), ...command.filter((each) => !isMove(each))];
}

function takeBack({ ticket, lifecycle }: Scene, { id, change }: Transaction): Change | Refusal {
  switch (change.type) {
    case 'status':
      return {
        type: 'status',
        from: ticket.status,
        to: change.from,
        kind: kindOf(lifecycle, change.from),
        ...change.was,
        was: { resolution: ticket.resolution, started: ticket.started, resolved: ticket.resolved },
      };
    case 'owner':
    case 'set':
    case 'field':
      // The compiler cannot see that both ends of one change are of one type.
      return { ...change, from: change.to, to: change.from } as Change;
    case 'watcher':
    case 'link':
      return { ...change, added: !change.added };
    case 'time':
      return { type: 'time', minutes: -change.minutes };
    case 'reminder':
      return change.before === null
        ? changeReminder(change.after, { state: 'done' })
        : { type: 'reminder', before: change.after, after: change.before };
    case 'comment':
      return { type: 'amend', of: id, text: null };
    case 'reply':
      return cannot(
        'A reply has been sent and cannot be taken back. Put it right with another one: ',
        say(`reply ${ticket.id}`),
      );
    case 'create':
      return cannot('Opening a ticket cannot be taken back. If it is not needed: ', say(`reject ${ticket.id}`));
    case 'merged into':
    case 'merged from':
      return cannot(
        'A merge cannot be taken back. For what does not belong here, open another ticket: ',
        say('new SUBJECT'),
      );
    case 'amend':
      return cannot(
        'An edited message cannot be taken back here. Edit it again where it was written, or see ',
        say(`history ${ticket.id}`),
      );
    case 'undo':
      throw new Error('An undo is refused before its changes are looked at.');
  }
}

/** Whether somebody else changed the ticket, and who, is not for everybody who sees it: those who see comments are told. */
function notYours({ ticket, queue, context }: Scene, newest: Transaction | undefined): Refusal {
  if (newest === undefined || !canSeeComments(context.actor, ticket, queue)) {
    return refuse(
      'conflict',
      'Only the last change of ',
      ticketRef(ticket.id),
      ' can be undone, and only by the person who made it.',
    );
  }
  return refuse(
    'conflict',
    'The last change of ',
    ticketRef(ticket.id),
    ' was made by ',
    who(newest.actor, context.names),
    ', and only they can undo it. See ',
    say(`history ${ticket.id}`),
    '.',
  );
}

function cannot(reason: string, instead: ReturnType<typeof say>): Refusal {
  return refuse('conflict', reason, instead, '.');
}

/** What the other end of a link gets when this one is taken back. */
function otherEnd({ ticket, context }: Scene, back: Extract<Change, { type: 'link' }>): readonly Change[] | Refusal {
  const other = standsFor(back.ticket, context.others);
  const end = { kind: inverse[back.kind], ticket: ticket.id };
  if (other !== undefined && other.id !== back.ticket) {
    return refuse(
      'conflict',
      'That link was changed by a merge, which cannot be taken back. See ',
      say(`show ${ticket.id}`),
      '.',
    );
  }
  if (back.added) {
    const tickets = new Map([...context.others, [ticket.id, ticket]]);
    if (closesCircle(ticket.id, back, tickets)) {
      return refuse(
        'conflict',
        'Other links have been made since, and with that one back ',
        ticketRef(ticket.id),
        ' would wait for itself.',
      );
    }
  }
  if (other === undefined || hasLink(other, end) === back.added) return [];
  return [{ type: 'link', ...end, added: back.added }];
}

/**
 * An undo makes no move that the lifecycle forbids; between queues there are no moves, only counterparts. The right of
 * the move is not asked for: who took a ticket may give back what taking it did.
 */
function checkWayBack({ ticket, lifecycle, context }: Scene, now: Scene): Refusal | null {
  const { queue, status } = now.ticket;
  if (queue !== ticket.queue) {
    if (context.policy.queues.has(queue)) return null;
    return refuse(
      'conflict',
      'The queue that ',
      ticketRef(ticket.id),
      ' came from is gone. Move it with ',
      say(`move ${ticket.id} QUEUE`),
      '.',
    );
  }
  if (status === ticket.status || move(lifecycle, ticket.status, status) !== null) return null;
  return refuse(
    'conflict',
    ticketRef(ticket.id),
    ` cannot go back from ${ticket.status} to ${status}. `,
    say(`show ${ticket.id}`),
    ' tells what it can become.',
  );
}

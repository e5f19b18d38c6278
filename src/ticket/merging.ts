import type { Change } from './change.ts';
import { ticketRef } from './inline.ts';
import { closesCircle, hasLink, inverse } from './link.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { nextReminder } from './reminder.ts';
import { may } from './rights.ts';
import { type Decision, otherScene, type Scene, standsFor } from './scene.ts';
import type { Link, PersonId, Ticket, TicketId } from './ticket.ts';
import { notAllowed } from './verb-rights.ts';
import { refuseDeleted } from './writing.ts';

/**
 * Makes one ticket of two: this one from now on only forwards to the other, which takes over its people, links, time
 * worked, open reminders (RT's merge), and the custom fields that it has no value of its own for. Whatever was linked to this one is linked to the other instead.
 */
export function merge(scene: Scene, into: TicketId): Decision | Refusal {
  const { ticket, context } = scene;
  const found = otherScene(into, context);
  if (into === ticket.id || (!isRefusal(found) && found.ticket.id === ticket.id)) {
    return refuse('invalid', ticketRef(ticket.id), ' cannot be merged into itself. Name another ticket.');
  }
  if (isRefusal(found)) return found;
  const target = found.ticket;
  if (!may(context.actor, 'ModifyTicket', found.queue, target)) return notAllowed('ModifyTicket', target.id);
  const deleted = refuseDeleted(found);
  if (deleted !== null) return deleted;
  if (leadsBack(ticket, target, context.others)) {
    return refuse(
      'invalid',
      'Merged, ',
      ticketRef(target.id),
      ' would wait for itself. Take away the link between the two that leads back first.',
    );
  }
  return {
    changes: [{ type: 'merged into', ticket: target.id }],
    others: [
      {
        ticket: target.id,
        changes: [...untied(ticket, target), takenOver(ticket, target), ...fieldsTaken(scene, found)],
      },
      ...relinked(ticket, target, context.others),
    ],
  };
}

/** Links between the two would lead from the ticket to itself. */
function untied(ticket: Ticket, target: Ticket): readonly Change[] {
  return target.links
    .filter((link) => link.ticket === ticket.id)
    .map(({ kind }) => ({ type: 'link', kind, ticket: ticket.id, added: false }));
}

function takenOver(ticket: Ticket, target: Ticket): Change {
  const missing = (mine: readonly PersonId[], theirs: readonly PersonId[]) =>
    mine.filter((person) => !theirs.includes(person));
  const first = Math.max(nextReminder(ticket), nextReminder(target));
  return {
    type: 'merged from',
    ticket: ticket.id,
    requestors: missing(ticket.requestors, target.requestors),
    ccs: missing(ticket.ccs, target.ccs),
    adminccs: missing(ticket.adminccs, target.adminccs),
    timeWorked: ticket.timeWorked,
    links: carried(ticket, target).filter((link) => !hasLink(target, link)),
    reminders: ticket.reminders
      .filter(({ state }) => state !== 'done')
      .map((reminder, index) => ({ ...reminder, id: first + index })),
  };
}

/** What custom fields say that the target says nothing of, as far as its queue has the same fields. */
function fieldsTaken({ ticket, queue }: Scene, { ticket: target, queue: targetQueue }: Scene): readonly Change[] {
  return targetQueue.fields.flatMap((field): Change[] => {
    const same = queue.fields.some((each) => JSON.stringify(each) === JSON.stringify(field));
    const [from, to] = [ticket.fields[field.name], target.fields[field.name]];
    return !same || from == null || to != null ? [] : [{ type: 'field', name: field.name, from: null, to: from }];
  });
}

/** The links that go with the ticket: all but those to the target itself. */
function carried(ticket: Ticket, target: Ticket): readonly Link[] {
  return ticket.links.filter((link) => link.ticket !== target.id);
}

/** The other ends of the carried links, led to the target. One that is not at hand goes on pointing to a number that forwards. */
function relinked(ticket: Ticket, target: Ticket, others: Scene['context']['others']): Decision['others'] {
  const changes = new Map<TicketId, Change[]>();
  for (const link of carried(ticket, target)) {
    const other = standsFor(link.ticket, others);
    if (other === undefined || other.id === target.id) continue;
    const kind = inverse[link.kind];
    const moved = changes.get(other.id) ?? [];
    if (hasLink(other, { kind, ticket: ticket.id }))
      moved.push({ type: 'link', kind, ticket: ticket.id, added: false });
    if (!hasLink(other, { kind, ticket: target.id }))
      moved.push({ type: 'link', kind, ticket: target.id, added: true });
    if (moved.length > 0) changes.set(other.id, moved);
  }
  return [...changes].map(([id, each]) => ({ ticket: id, changes: each }));
}

/** Whether the carried links would close a circle at the target; a link between the two themselves just goes. */
function leadsBack(ticket: Ticket, target: Ticket, others: ReadonlyMap<TicketId, Ticket>): boolean {
  const links = target.links.filter((link) => link.ticket !== ticket.id);
  const tickets = new Map([...others, [target.id, { ...target, links }]]);
  tickets.delete(ticket.id);
  return carried(ticket, target).some((link) => closesCircle(target.id, link, tickets));
}

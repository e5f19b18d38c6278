import type { Audience } from '../store/unit.ts';
import type { FieldValue } from '../ticket/field.ts';
import type { Names } from '../ticket/inline.ts';
import { kindOf } from '../ticket/lifecycle.ts';
import type { Lifecycle } from '../ticket/policy.ts';
import { type Inline, paragraph, plain, type Text } from '../ticket/text.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { ticketButtons } from './buttons.ts';
import { duration } from './describe.ts';
import { everyone, ownerName } from './names.ts';
import type { CardView, Fact } from './view.ts';

/** What a card is drawn from, besides the ticket. */
export interface CardContext {
  readonly lifecycle: Lifecycle;
  readonly names: Names;
  /** Who reads along where the card stands. */
  readonly audience: Audience;
  /** The ticket's first message. */
  readonly body: Text;
  /** Where the page of a ticket is; null when no web address is configured. */
  readonly url: ((ticket: number) => string) | null;
}

/** The card of a ticket. Where requestors read along it holds nothing that only staff see. */
export function card(ticket: Ticket, context: CardContext): CardView {
  const kind = kindOf(context.lifecycle, ticket.status);
  const { buttons, more } = ticketButtons(ticket, context.lifecycle);
  return {
    view: 'card',
    ticket: ticket.id,
    subject: ticket.subject,
    queue: ticket.queue,
    status: ticket.status,
    kind,
    priority: ticket.priority,
    facts: [
      ...facts(ticket, context.names),
      ...(context.audience === 'staff' ? staffFacts(ticket, context.names) : []),
    ],
    excerpt: excerpt(context.body),
    buttons,
    more,
    url: context.url?.(ticket.id) ?? null,
  };
}

/** The facts of a ticket that are worth a line on its card; empty ones are left out. */
export function facts(ticket: Ticket, names: Names): readonly Fact[] {
  const list: Fact[] = [{ label: 'Owner', value: [ownerName(ticket.owner, names)] }];
  const add = (label: string, ...value: Inline[]): void => {
    if (value.length > 0) list.push({ label, value });
  };
  add('Requestor', ...everyone(ticket.requestors, names));
  if (ticket.due !== null) add('Due', { inline: 'time', at: ticket.due });
  return list;
}

/**
 * What only staff see of a ticket: who else is told, what is planned, what it took. Links are not among it, for the
 * other ticket may be one that not everybody here may see.
 */
export function staffFacts(ticket: Ticket, names: Names): readonly Fact[] {
  const list: Fact[] = [];
  const add = (label: string, ...value: Inline[]): void => {
    if (value.length > 0) list.push({ label, value });
  };
  add('Cc', ...everyone(ticket.ccs, names));
  add('AdminCc', ...everyone(ticket.adminccs, names));
  if (ticket.next !== '') add('Next action', ticket.next);
  if (ticket.resolution !== '') add('Resolution', ticket.resolution);
  if (ticket.timeWorked > 0) add('Time worked', duration(ticket.timeWorked));
  for (const [name, value] of Object.entries(ticket.fields)) add(name, fieldText(value));
  return list;
}

const excerptLength = 280;

/** The first words of a text: whole blocks while they are short, then cut with an ellipsis. */
export function excerpt(body: Text): Text {
  const words = plain(body).trim();
  if (words.length <= excerptLength && body.length <= 6) return body;
  const cut = words.slice(0, excerptLength).toWellFormed();
  return [paragraph(`${cut.slice(0, Math.max(cut.lastIndexOf(' '), excerptLength - 40))}…`)];
}

function fieldText(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

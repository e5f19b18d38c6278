import type { Audience } from '../store/unit.ts';
import type { Attachment } from '../ticket/change.ts';
import { isBlank } from '../ticket/characters.ts';
import type { FieldValue } from '../ticket/field.ts';
import { type Names, row, ticketRef } from '../ticket/inline.ts';
import { kindOf } from '../ticket/lifecycle.ts';
import type { Lifecycle } from '../ticket/policy.ts';
import { type Block, type Inline, paragraph, plain, plainInlines, type Text } from '../ticket/text.ts';
import { type Link, linkKinds, type Ticket } from '../ticket/ticket.ts';
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
  /** The links that may be shown there. */
  readonly links: readonly Link[];
  /** The ticket's first message. */
  readonly body: Text;
  /** The files that came with it. */
  readonly attachments: readonly Attachment[];
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
    audience: context.audience,
    facts: [...facts(ticket, context.names), ...(context.audience === 'staff' ? staffFacts(ticket, context) : [])],
    excerpt: excerpt(context.body),
    attachments: context.attachments,
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

/** What only staff see of a ticket: who else is told, what is planned, what it took, how it stands to other tickets. */
export function staffFacts(ticket: Ticket, { names, links }: Pick<CardContext, 'names' | 'links'>): readonly Fact[] {
  const list: Fact[] = [];
  const add = (label: string, ...value: Inline[]): void => {
    if (value.length > 0) list.push({ label, value });
  };
  const alarm = ticket.reminders.find(({ wakes, state }) => wakes && state === 'waiting');
  if (alarm !== undefined) add('Stalled until', { inline: 'time', at: alarm.at });
  add('Cc', ...everyone(ticket.ccs, names));
  add('AdminCc', ...everyone(ticket.adminccs, names));
  if (ticket.next !== '') add('Next action', ticket.next);
  if (ticket.resolution !== '') add('Resolution', ticket.resolution);
  if (ticket.timeWorked > 0) add('Time worked', duration(ticket.timeWorked));
  for (const [name, value] of Object.entries(ticket.fields)) add(name, fieldText(value));
  for (const kind of linkKinds) add(capitalized(kind), ...linked(links.filter((link) => link.kind === kind)));
  return list;
}

/** Links of a kind that a card names; the history tells of the others. */
const mostLinks = 10;

function linked(links: readonly Link[]): readonly Inline[] {
  const named = row(links.slice(0, mostLinks).map(({ ticket }) => ticketRef(ticket)));
  return links.length <= mostLinks ? named : [...named, ` and ${links.length - mostLinks} more`];
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** As much of a text as a card shows. */
const excerptLength = 280;
const excerptLines = 8;

/** The first words of a text, line by line; what is cut ends with `…`. */
export function excerpt(body: Text): Text {
  const room = { characters: excerptLength, lines: excerptLines, cut: false };
  return excerptOf(body.slice(body.findIndex((block) => !isBlank(plain([block])))), room);
}

interface Room {
  characters: number;
  lines: number;
  cut: boolean;
}

function excerptOf(body: Text, room: Room): Text {
  const kept: Block[] = [];
  for (const [index, block] of body.entries()) {
    if (room.lines <= 0 || room.characters <= 0) {
      if (isBlank(plain(body.slice(index)))) break;
      if (!room.cut) kept.push(paragraph('…'));
      room.cut = true;
    }
    if (room.cut) break;
    kept.push(excerptBlock(block, room));
  }
  return kept;
}

function excerptBlock(block: Block, room: Room): Block {
  if (block.block === 'quote') return { block: 'quote', blocks: excerptOf(block.blocks, room) };
  const words = block.block === 'code' ? block.code : plainInlines(block.inlines);
  const lines = words.split('\n');
  const fits = words.length <= room.characters && lines.length <= room.lines;
  const shown = fits ? words : cutAtWord(lines.slice(0, room.lines).join('\n'), room.characters);
  room.characters -= shown.length;
  room.lines -= shown.split('\n').length;
  if (fits) return block;
  room.cut = true;
  return block.block === 'code' ? { block: 'code', code: shown } : paragraph(shown);
}

function cutAtWord(words: string, most: number): string {
  if (words.length <= most) return `${words}…`;
  const cut = words.slice(0, most).toWellFormed();
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 40))}…`;
}

function fieldText(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

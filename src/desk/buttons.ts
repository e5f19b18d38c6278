import type { Verb } from '../ticket/command.ts';
import { kindOf } from '../ticket/lifecycle.ts';
import type { Lifecycle } from '../ticket/policy.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { rightFor } from '../ticket/verb-rights.ts';
import type { Button } from './view.ts';

/** A button of the table below: its label, the verb that it stands for, and the command where that says more. */
interface Entry {
  readonly label: string;
  readonly verb: Verb;
  /** The command without the ticket's number; the verb itself, if not given. */
  readonly command?: string;
  readonly opensForm?: true;
  readonly style?: Button['style'];
}

const reply: Entry = { label: 'Reply', verb: 'reply', opensForm: true };
const comment: Entry = { label: 'Comment', verb: 'comment', opensForm: true };

/**
 * The buttons of a card. They stay where they are while the ticket is worked, so that the hand learns them; of *Stall* and
 * *Open* there is the one that leads somewhere.
 */
const working = (stalled: boolean): readonly Entry[] => [
  { label: 'Take', verb: 'take' },
  reply,
  comment,
  stalled ? { label: 'Open', verb: 'open' } : { label: 'Stall', verb: 'stall' },
  { label: 'Resolve', verb: 'resolve', style: 'primary' },
];
const ended: readonly Entry[] = [reply, comment, { label: 'Reopen', verb: 'reopen' }];

/** Behind *More*, while the ticket is worked. */
const moreWorking: readonly Entry[] = [
  { label: 'Give…', verb: 'give', opensForm: true },
  { label: 'Stall until…', verb: 'stall', command: 'form stall', opensForm: true },
  { label: 'Resolve with a note…', verb: 'resolve', command: 'form resolve', opensForm: true },
  { label: 'Due…', verb: 'set', command: 'due', opensForm: true },
  { label: 'Next action…', verb: 'set', command: 'next', opensForm: true },
];
const moreOwned: readonly Entry[] = [
  { label: 'Steal', verb: 'steal' },
  { label: 'Release', verb: 'release' },
];
const moreAlways: readonly Entry[] = [
  { label: 'Priority…', verb: 'set', command: 'priority', opensForm: true },
  { label: 'Move…', verb: 'set', command: 'move', opensForm: true },
  { label: 'Link…', verb: 'link', opensForm: true },
  { label: 'Merge…', verb: 'merge', opensForm: true },
  { label: 'Time worked…', verb: 'time', opensForm: true },
  { label: 'Remind me…', verb: 'remind', opensForm: true },
  { label: 'Watch', verb: 'watch' },
  { label: 'Undo', verb: 'undo' },
];
const moreLast: readonly Entry[] = [
  { label: 'Reject', verb: 'reject' },
  { label: 'Delete', verb: 'delete', style: 'danger' },
];

/** The buttons of a ticket, as far as its lifecycle has them: those on the card, and those behind *More*. */
export function ticketButtons(
  ticket: Ticket,
  lifecycle: Lifecycle,
): { readonly buttons: readonly Button[]; readonly more: readonly Button[] } {
  const over = kindOf(lifecycle, ticket.status) === 'inactive';
  const draw = (entries: readonly Entry[]) => entries.flatMap((entry) => drawn(entry, ticket, lifecycle));
  return {
    buttons: draw(over ? ended : working(ticket.status === lifecycle.verbs.stall)),
    more: [
      ...draw(ticket.owner !== null && !over ? moreOwned : []),
      ...draw(over ? [] : moreWorking),
      ...draw(moreAlways),
      button('History', `history ${ticket.id}`, { right: 'ShowTicket' }),
      ...draw(moreLast),
    ],
  };
}

function drawn({ label, verb, command = verb, ...look }: Entry, ticket: Ticket, lifecycle: Lifecycle): Button[] {
  const right = rightFor(verb, ticket.status, lifecycle);
  if (right === 'no such move') return [];
  return [button(label, `${command} ${ticket.id}`, { ...look, right: right ?? staffRights[verb] ?? null })];
}

/** Verbs that need no right of their own, and are staff's all the same: others are not shown a button that is refused. */
const staffRights: Readonly<Partial<Record<Verb, Button['right']>>> = {
  release: 'OwnTicket',
  undo: 'ModifyTicket',
};

/** A button for a command. */
export function button(
  label: string,
  command: string,
  { style = 'plain', opensForm = false, right = null }: Partial<Pick<Button, 'style' | 'opensForm' | 'right'>> = {},
): Button {
  return { label, command, style, opensForm, right };
}

/** *Previous* and *Next* of something paged, by the line that asks for it. Pages count from 1. */
export function pageButtons(line: string, page: number, pages: number): readonly Button[] {
  return [
    ...(page > 1 ? [button('Previous', `${line} page ${page - 1}`)] : []),
    ...(page < pages ? [button('Next', `${line} page ${page + 1}`)] : []),
  ];
}

/** The buttons of a reminder in its direct message; each is about that reminder, whatever else the ticket has. */
export function reminderButtons(ticket: TicketId, reminder: number): readonly Button[] {
  return [
    button('Done', `done ${ticket} reminder ${reminder}`, { style: 'primary' }),
    button('Snooze 1 h', `snooze ${ticket} reminder ${reminder} 1h`),
    button('Tomorrow 9:00', `snooze ${ticket} reminder ${reminder} tomorrow 9:00`),
    button('Open ticket', `show ${ticket}`),
  ];
}

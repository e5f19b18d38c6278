import type { Right, StatusKind } from '../ticket/policy.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import type { Button } from './view.ts';

/** The buttons of a ticket: those on the card, and those behind *More*. The card's own stay put while it is worked. */
export function ticketButtons(
  ticket: Ticket,
  kind: StatusKind,
): { buttons: readonly Button[]; more: readonly Button[] } {
  const of = (label: string, verb: string, right: Right | null, opensForm = false): Button =>
    button(label, `${verb} ${ticket.id}`, { right, opensForm });
  const writing = [of('Reply', 'reply', 'ReplyToTicket', true), of('Comment', 'comment', 'CommentOnTicket', true)];
  const always = [
    of('Priority…', 'priority', 'ModifyTicket', true),
    of('Move…', 'move', 'ModifyTicket', true),
    of('Link…', 'link', 'ModifyTicket', true),
    of('Merge…', 'merge', 'ModifyTicket', true),
    of('Time worked…', 'time', 'ModifyTicket', true),
    of('Watch', 'watch', 'Watch'),
    of('Remind me…', 'remind', 'ShowTicket', true),
    of('Undo', 'undo', 'ModifyTicket'),
    of('History', 'history', 'ShowTicket'),
  ];
  if (kind === 'inactive') {
    return { buttons: [...writing, of('Reopen', 'reopen', 'ModifyTicket')], more: always };
  }
  return {
    buttons: [
      of('Take', 'take', 'OwnTicket'),
      ...writing,
      of('Stall', 'stall', 'ModifyTicket'),
      button('Resolve', `resolve ${ticket.id}`, { right: 'ModifyTicket', style: 'primary' }),
    ],
    more: [
      ...(ticket.owner === null ? [] : [of('Steal', 'steal', 'StealTicket'), of('Release', 'release', 'OwnTicket')]),
      of('Give…', 'give', 'OwnTicket', true),
      of('Stall until…', 'form stall', 'ModifyTicket', true),
      of('Resolve with a note…', 'form resolve', 'ModifyTicket', true),
      of('Due…', 'due', 'ModifyTicket', true),
      of('Next action…', 'next', 'ModifyTicket', true),
      ...always,
      of('Reject', 'reject', 'ModifyTicket'),
      button('Delete', `delete ${ticket.id}`, { right: 'DeleteTicket', style: 'danger' }),
    ],
  };
}

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

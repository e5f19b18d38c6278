import { expect, test } from 'vitest';
import { type Posted, shownTo, ticketAt } from '../../src/desk/unfurl.ts';

const url = (ticket: number) => `https://desk.example.org/tickets/${ticket}`;

test.each([
  ['https://desk.example.org/tickets/12', 12],
  ['https://desk.example.org/tickets/12?part=panel#t-7', 12],
  ['https://desk.example.org/tickets/12/', null],
  ['https://desk.example.org/tickets/012', null],
  ['https://desk.example.org/tickets/0', null],
  ['https://desk.example.org/tickets/99999999999999', null],
  ['https://desk.example.org/tickets', null],
  ['https://evil.example.org/tickets/12', null],
  ['https://evil.example.org/?https://desk.example.org/tickets/12', null],
  ['http://desk.example.org/tickets/12', null],
])('the address %s leads to ticket %s', (address, ticket) => {
  expect(ticketAt(url, address)).toBe(ticket);
});

const lobby: Posted = { direct: false, feed: null, poster: { sees: true, seesComments: true }, known: true };
const staff = { audience: 'staff', search: '' } as const;
const open = { audience: 'requestor', search: '' } as const;
const stranger = { sees: false, seesComments: false };

test.each<[string, Partial<Posted>, ReturnType<typeof shownTo>]>([
  ['in a channel that is told nothing of the queue, what a requestor sees', {}, 'requestor'],
  ['there, nothing for a poster who may not see the ticket', { poster: stranger }, null],
  ['there, nothing of a queue that not everybody knows of', { known: false }, null],
  ['in a feed for staff, what staff see', { feed: staff }, 'staff'],
  ['there, also of a private queue, whoever posts it', { feed: staff, known: false, poster: stranger }, 'staff'],
  ['in a feed for requestors, what they see', { feed: open, poster: stranger }, 'requestor'],
  [
    'in one that is told only of some tickets, no more than elsewhere',
    { feed: { ...open, search: 'p80' }, poster: stranger },
    null,
  ],
  ['alone with Docket, what staff see', { direct: true, known: false }, 'staff'],
  [
    'alone with Docket, a requestor sees what requestors see',
    { direct: true, poster: { sees: true, seesComments: false } },
    'requestor',
  ],
  ['alone with Docket, nothing for a stranger', { direct: true, poster: stranger }, null],
])('a link shows, %s', (_, posted, audience) => {
  expect(shownTo({ ...lobby, ...posted })).toBe(audience);
});

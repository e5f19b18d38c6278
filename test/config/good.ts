import { expect } from 'vitest';
import { isMistaken, parseConfig } from '../../src/config/load.ts';
import { describeMistakes } from '../../src/config/mistake.ts';

/** A configuration with a bit of everything and nothing wrong. */
export const good = `zone: UTC
people:
  ada: { name: Ada, administrator: true }
  bo: { name: Bo }
groups:
  noc: [bo]
  staff: [noc, ada]
rights:
  work: [SeeQueue, ShowTicket, ShowTicketComments]
lifecycles:
  change:
    statuses: { new: initial, open: active, done: inactive }
    moves: { new: { open: ModifyTicket }, open: { done: ModifyTicket } }
    verbs: { open: open, resolve: done }
queues:
  noc:
    lifecycle: change
    rights: { everyone: [SeeQueue, CreateTicket], noc: [work] }
    intake: ['console:#ask']
    feeds: [{ place: 'console:#noc', audience: staff, search: 'priority>=50' }]
    fields:
      site: { type: choice, values: [LAX, FRA] }
default queue: noc
console:
  channels:
    ask: { members: [everyone] }
    noc: { members: [noc] }
`;

/** The mistakes of a configuration as they are printed, a line each. */
export function mistakes(text: string): readonly string[] {
  const read = parseConfig(text, 'docket.yaml');
  return isMistaken(read) ? describeMistakes(read.mistakes).split('\n') : [];
}

/** The good configuration with one thing written differently. */
export function withInstead(from: string, to: string): string {
  expect(good).toContain(from);
  return good.replace(from, to);
}

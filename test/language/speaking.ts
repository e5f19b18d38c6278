import type { Speaking } from '../../src/language/request.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { plainInlines } from '../../src/ticket/text.ts';

/** A Wednesday, 15:30 in Berlin; daylight saving begins there on the Sunday after. */
export const now = '2026-03-25T14:30:00.000Z';

/** Somebody in Berlin, outside of any ticket's thread. */
export const speaking: Speaking = {
  now,
  zone: 'Europe/Berlin',
  ticket: null,
  queues: ['noc', 'helpdesk', 'Abuse'],
  statuses: ['new', 'open', 'stalled', 'resolved', 'rejected', 'deleted'],
  groups: ['oncall', 'night shift'],
  fields: ['site', 'rack unit'],
  plainText: 'comment',
};

/** The same person in the thread of ticket 7, among staff. */
export const inThread: Speaking = { ...speaking, ticket: 7 };

/** The change of one ticket, as the language room puts it. */
export function change(tickets: number | readonly number[], command: object, hint: string | null = null): object {
  return { do: 'change', tickets: typeof tickets === 'number' ? [tickets] : tickets, command, hint };
}

/** What a refusal tells the person; fails the test when it is none. */
export function said(result: unknown): string {
  if (!isRefusal(result)) throw new Error(`not refused: ${JSON.stringify(result)}`);
  return plainInlines(result.text);
}

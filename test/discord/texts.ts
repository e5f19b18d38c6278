import type { Drawing } from '../../connectors/discord/markdown.ts';
import type { Known } from '../../src/ticket/written.ts';

/** Person 1 is user 1 in Discord, and nobody else is anyone there. Whatever is long was remembered. */
export const drawing: Drawing = {
  user: (person) => (person === 1 ? '1' : null),
  ticketUrl: (ticket) => `https://desk.example/tickets/${ticket}`,
  keyOf: () => 'k'.repeat(22),
};

export const known: Known = {
  bot: '99',
  nameOf: (id) => ({ 1: 'Ada', 7: 'noc', 8: 'on-call' })[id] ?? null,
};

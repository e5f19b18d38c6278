import type { Drawing } from '../../connectors/slack/rich-text.ts';
import type { Known } from '../../src/ticket/written.ts';

/** Person 1 is U1 in Slack, and nobody else is anyone there. */
export const drawing: Drawing = {
  slackUser: (person) => (person === 1 ? 'U1' : null),
  ticketUrl: (ticket) => `https://desk.example/tickets/${ticket}`,
};

export const known: Known = {
  bot: 'UBOT',
  nameOf: (id) => ({ U1: 'Ada', C1: 'noc', S1: 'on-call' })[id] ?? null,
};

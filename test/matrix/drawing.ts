import type { Drawing } from '../../connectors/matrix/drawing.ts';
import type { Bot } from '../../connectors/matrix/reading.ts';

/** Person 1 is Ada in Matrix, and nobody else is anyone there. */
export const drawing: Drawing = {
  account: (person) => (person === 1 ? '@ada:example.org' : null),
  ticketUrl: (ticket) => `https://desk.example/tickets/${ticket}`,
  zone: 'Europe/Berlin',
};

export const bot: Bot = {
  bot: '@docket:example.org',
  name: 'Docket',
  nameOf: (id) => ({ '@ada:example.org': 'Ada Okafor' })[id] ?? null,
};

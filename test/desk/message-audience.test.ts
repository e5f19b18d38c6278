import { expect, test } from 'vitest';
import type { Inbound } from '../../src/desk/inbound.ts';
import { answerTo, type Outcome } from '../../src/desk/outcome.ts';
import type { Change } from '../../src/ticket/change.ts';
import { refuse } from '../../src/ticket/refusal.ts';
import { comment, newTicket, opening, reply } from '../store/samples.ts';

const message: Inbound = {
  ...{ kind: 'message', message: 'm1', text: [], mentionsBot: false, replyTo: null, files: [] },
  ...{ event: 'e1', at: '2026-01-01T00:00:00.000Z', sender: { id: 'ada', name: 'ada' }, answerTo: {} },
  where: { platform: 'console', workspace: 'docket', channel: 'lobby', thread: null, direct: false },
};
const [create] = opening(newTicket(1)).changes;
const taken: Change = { type: 'owner', from: null, to: 1 };
const worked: Change = { type: 'time', minutes: 5 };
const did = (...changes: (Change | undefined)[]): Outcome => ({
  ...{ was: 'done', actor: 1, ticket: newTicket(1), undone: [], hint: null },
  changes: changes.flatMap((change) => change ?? []),
});
const refused: Outcome = { was: 'refused', refusal: refuse('invalid', 'No.') };
const shown: Outcome = { was: 'shown', views: [] };

const table: readonly [string, readonly Outcome[], boolean, string][] = [
  ['what asks for something', [shown], false, 'everyone'],
  ['what became a ticket', [did(create)], false, 'everyone'],
  ['a new ticket that is a secret there', [did(create)], true, 'staff'],
  ['a reply', [did(reply('Hello'))], false, 'tickets'],
  ['a comment', [did(comment('Hm'))], false, 'staff'],
  ['anything else that only staff see', [did(worked)], false, 'staff'],
  ['a change with a comment, among requestors', [did(taken, comment('Hm'))], true, 'staff'],
  ['a change', [did(taken)], false, 'tickets'],
  ['a reply beside something refused', [did(reply('Hello')), refused], false, 'author'],
  ['what was refused', [refused], false, 'author'],
];

test.each(table)('%s is read by the right people', (_what, outcomes, secret, audience) => {
  const reading = { names: () => '', sees: () => true, knows: () => true };
  expect(answerTo(message, secret, outcomes, reading).audience).toBe(audience);
});

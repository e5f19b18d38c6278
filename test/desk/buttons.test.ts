import { expect, test } from 'vitest';
import { ticketButtons } from '../../src/desk/buttons.ts';
import { defaultLifecycle } from '../../src/ticket/lifecycle.ts';
import type { Lifecycle } from '../../src/ticket/policy.ts';
import { newTicket } from '../store/samples.ts';

const labels = (buttons: readonly { label: string }[]) => buttons.map(({ label }) => label);

test.each([
  ['new', 'Stall'],
  ['open', 'Stall'],
  ['stalled', 'Open'],
])('a card of a ticket that is %s has the buttons of work, with %s', (status, pause) => {
  const { buttons } = ticketButtons(newTicket(1, { status, owner: 2 }), defaultLifecycle);
  expect(labels(buttons)).toEqual(['Take', 'Reply', 'Comment', pause, 'Resolve']);
});

test('once it is resolved, a ticket can be reopened', () => {
  const { buttons } = ticketButtons(newTicket(1, { status: 'resolved' }), defaultLifecycle);
  expect(labels(buttons)).toEqual(['Reply', 'Comment', 'Reopen']);
});

test('a button names a command and the right that it takes, and holds nothing else', () => {
  const { buttons } = ticketButtons(newTicket(123), defaultLifecycle);
  expect(buttons[0]).toEqual({
    label: 'Take',
    command: 'take 123',
    style: 'plain',
    opensForm: false,
    right: 'OwnTicket',
  });
});

test('steal and release are offered for a ticket that has an owner', () => {
  expect(labels(ticketButtons(newTicket(1, { owner: 2 }), defaultLifecycle).more)).toContain('Steal');
  expect(labels(ticketButtons(newTicket(1), defaultLifecycle).more)).not.toContain('Steal');
});

test('a lifecycle of its own has its own buttons, with the rights of its moves', () => {
  const lifecycle: Lifecycle = {
    name: 'change',
    statuses: [
      { name: 'proposed', kind: 'initial' },
      { name: 'approved', kind: 'active' },
      { name: 'done', kind: 'inactive' },
    ],
    initial: 'proposed',
    moves: [{ from: 'approved', to: 'done', right: 'ReassignTicket' }],
    verbs: { resolve: 'done' },
  };
  const of = (status: string) => ticketButtons(newTicket(1, { status }), lifecycle).buttons;
  expect(labels(of('proposed'))).toEqual(['Take', 'Reply', 'Comment']);
  expect(of('approved').find(({ label }) => label === 'Resolve')?.right).toBe('ReassignTicket');
});

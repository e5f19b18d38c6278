import { expect, test } from 'vitest';
import type { Answer } from '../../connectors/connector.ts';
import { type Released, released } from '../../connectors/console/held.ts';

const table: readonly [Answer['audience'], readonly number[], Released | null][] = [
  ['staff', [1, 2], { tickets: [1, 2], staffOnly: true }],
  ['staff', [], null],
  ['author', [], null],
  ['author', [1], null],
  ['tickets', [1], { tickets: [1], staffOnly: false }],
  ['tickets', [], null],
  ['everyone', [], { tickets: [], staffOnly: false }],
  ['everyone', [1], { tickets: [], staffOnly: false }],
];

test.each(table)('a message for %s about %j is then seen by %j', (audience, tickets, who) => {
  expect(released({ audience, tickets })).toEqual(who);
});

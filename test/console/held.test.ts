import { expect, test } from 'vitest';
import type { Answer } from '../../connectors/connector.ts';
import { type Released, released } from '../../connectors/console/held.ts';

const table: readonly [Answer['reaction'], readonly number[], Released | null][] = [
  ['🔒', [1, 2], { tickets: [1, 2], staffOnly: true }],
  ['🔒', [], null],
  ['❓', [], null],
  ['❓', [1], null],
  ['✅', [1], { tickets: [1], staffOnly: false }],
  ['🎫', [1], { tickets: [], staffOnly: false }],
  [null, [], { tickets: [], staffOnly: false }],
];

test.each(table)('a message that is answered with %s about %j is then seen by %j', (reaction, tickets, who) => {
  expect(released({ reaction, tickets })).toEqual(who);
});

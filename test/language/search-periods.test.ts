import { expect, test } from 'vitest';
import { parse } from '../../src/language/parse.ts';
import { speaking } from './speaking.ts';

// Said on Wednesday, 25 March 2026; summer time begins in Berlin on Sunday the 29th.
test.each<[string, string, string]>([
  ['this week', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['last week', '2026-03-15T23:00:00.000Z', '2026-03-22T23:00:00.000Z'],
  ['last month', '2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z'],
  ['this month', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ['this year', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ['yesterday', '2026-03-23T23:00:00.000Z', '2026-03-24T23:00:00.000Z'],
  ['last friday', '2026-03-19T23:00:00.000Z', '2026-03-20T23:00:00.000Z'],
  ['31/12', '2025-12-30T23:00:00.000Z', '2025-12-31T23:00:00.000Z'],
])('created:"%s" is all of its days', (typed, from, to) => {
  expect(parse(`list created:"${typed}"`, speaking)).toMatchObject({
    search: {
      all: [
        { field: 'created', is: '>=', value: from },
        { field: 'created', is: '<', value: to },
      ],
    },
  });
});

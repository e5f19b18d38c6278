import { expect, test } from 'vitest';
import { Rejected, TryLater, Undeliverable } from '../../connectors/connector.ts';
import { backoff, setback } from '../../src/jobs/setback.ts';

const minute = 60_000;

const connectionLost = Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect' });

test.each([
  [
    'a platform that asks to wait is asked again then',
    new TryLater('slow down', 1_500),
    40,
    [1_500, false, false, false],
  ],
  ['one that is down is tried again soon', new TryLater('down', null), 0, [1_000, true, false, false]],
  ['and is never parked for being down long', new TryLater('down', null), 500, [10 * minute, true, false, false]],
  [
    'a place that is gone is parked, and tried once more soon',
    new Undeliverable('gone'),
    0,
    [5 * minute, true, true, false],
  ],
  ['and then each hour', new Undeliverable('gone'), 7, [60 * minute, true, true, false]],
  ['what nobody foresaw is tried again', new Error('huh'), 29, [10_000, true, false, false]],
  ['for some minutes; then it is given up', new Error('huh'), 30, [0, true, false, true]],
  ['what the platform refuses for good is given up at once', new Rejected('too long'), 0, [0, true, false, true]],
  ['a database that is away is no reason to give up', connectionLost, 500, [10 * minute, true, false, false]],
])('%s', (_, error, attempts, [afterMs, counts, parks, ends]) => {
  expect(setback(error, attempts)).toEqual({ afterMs, counts, parks, ends });
});

test('after an outage of a minute, nothing waits longer than ten seconds more', () => {
  let down = 0;
  for (let attempts = 0; down < minute; attempts++) {
    expect(backoff(attempts)).toBeLessThanOrEqual(10_000);
    down += backoff(attempts);
  }
});

test('the longer a platform is down, the rarer it is asked, and each ten minutes at least', () => {
  const pauses = Array.from({ length: 200 }, (_, attempts) => backoff(attempts));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.at(-1)).toBe(10 * minute);
});

import { expect, test } from 'vitest';
import { TryLater } from '../../connectors/connector.ts';
import { Pace } from '../../connectors/slack/pace.ts';

/** What becomes of somebody who wants to post: null when it is their turn, else the milliseconds until it is. */
function asked(pace: Pace, channel: string, key: string): number | null {
  try {
    pace.take(channel, key);
    return null;
  } catch (error) {
    if (error instanceof TryLater) return error.afterMs;
    throw error;
  }
}

test('one message a second goes to a channel, and another channel does not wait for it', () => {
  let now = 0;
  const pace = new Pace(1_000, () => now);
  expect(asked(pace, 'C1', 'a')).toBe(null);
  expect(asked(pace, 'C1', 'b')).toBe(1_000);
  expect(asked(pace, 'C2', 'c')).toBe(null);
  now = 1_000;
  expect(asked(pace, 'C1', 'b')).toBe(null);
});

test('whoever comes too early keeps the turn that was given, however often they ask', () => {
  let now = 0;
  const pace = new Pace(1_000, () => now);
  asked(pace, 'C1', 'a');
  expect([asked(pace, 'C1', 'b'), asked(pace, 'C1', 'c'), asked(pace, 'C1', 'b')]).toEqual([1_000, 2_000, 1_000]);
  now = 5_000;
  expect([asked(pace, 'C1', 'c'), asked(pace, 'C1', 'b')]).toEqual([null, null]);
});

test('when Slack asks to wait, nobody has a turn in that channel before', () => {
  const pace = new Pace(1_000, () => 0);
  asked(pace, 'C1', 'a');
  pace.hold('C1', 30_000);
  expect(asked(pace, 'C1', 'a')).toBe(30_000);
  expect(asked(pace, 'C2', 'b')).toBe(null);
});

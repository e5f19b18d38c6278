import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Progress } from '../../connectors/discord/progress.ts';
import { snowflakeAt } from '../../connectors/discord/snowflake.ts';

const session = { resumeURL: 'ws://127.0.0.1', sequence: 9, sessionId: 's', shardCount: 1, shardId: 0 };
const intents = 513;

test('a session is resumed before the first event that was not worked to its end', () => {
  const progress = new Progress({ session, heard: null, intents });
  for (const sequence of [7, 8, 9]) progress.begin(sequence);
  progress.end(7);
  progress.end(9);
  expect(progress.kept().session?.sequence).toBe(7);
  progress.end(8);
  expect(progress.kept().session?.sequence).toBe(9);
});

test('what was missed begins when Discord was last heard before the connection was lost', () => {
  const progress = Progress.from({ session: null, heard: 1_000, intents }, intents);
  expect(progress.before).toBe(1_000);
  progress.hear(5_000);
  expect(progress.before).toBe(1_000);
  progress.lose();
  expect([progress.before, progress.kept().heard]).toEqual([5_000, 5_000]);
});

test('while what was missed is still being read, the next process begins where that began', () => {
  const progress = new Progress({ session, heard: 1_000, intents });
  progress.begin(8, true);
  progress.hear(5_000);
  expect(progress.kept().heard).toBe(1_000);
  progress.end(8);
  expect(progress.kept().heard).toBe(5_000);
});

test.each([[null], ['?'], [{ session: { sequence: 'x' }, heard: 1 }]])(
  'what cannot be read, %j, begins anew',
  (kept) => {
    expect(Progress.from(kept, intents).kept()).toEqual({ session: null, heard: null, intents });
  },
);

test('what is kept is read back as it was', () => {
  fc.assert(
    fc.property(fc.nat(), fc.option(fc.nat()), (sequence, heard) => {
      const kept = { session: { ...session, sequence }, heard, intents };
      expect(Progress.from(JSON.parse(JSON.stringify(new Progress(kept).kept())), intents).kept()).toEqual(kept);
    }),
  );
});

test('a session that began with other intents is not resumed, but what was missed is read', () => {
  expect(Progress.from({ session, heard: 1_000, intents }, intents | 2).kept()).toEqual({
    ...{ session: null, heard: 1_000, intents: intents | 2 },
  });
});

test('the moment of an id of Discord’s', () => {
  // docs.discord.com/developers/reference, "Snowflakes": 175928847299117063 is of 2016-04-30 11:18:25.796 UTC.
  const moment = Date.UTC(2016, 3, 30, 11, 18, 25, 796);
  expect(snowflakeAt(moment) >> 22n).toBe(175928847299117063n >> 22n);
});

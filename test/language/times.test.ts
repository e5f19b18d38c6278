import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readDuration } from '../../src/language/duration.ts';
import { when } from '../../src/language/when.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';

const report = z.object({ offset: z.number(), rows: z.number(), failed: z.array(z.string()) });

describe.each<[string, number]>([
  ['UTC', 0],
  ['America/New_York', 300],
  ['Asia/Tokyo', -540],
  ['Asia/Kolkata', -330],
  ['Pacific/Kiritimati', -840],
])('on a server in %s', (zone, offset) => {
  test('every time of the table means what people mean', async () => {
    const run = promisify(execFile);
    const args = ['--import', 'tsx', 'test/language/times/check.ts'];
    const { stdout } = await run(process.execPath, args, { env: { ...process.env, TZ: zone } });
    const read = report.parse(JSON.parse(stdout));
    expect(read).toEqual({ offset, rows: expect.any(Number), failed: [] });
    expect(read.rows).toBeGreaterThanOrEqual(300);
  });
});

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Australia/Lord_Howe'];
const zone = fc.constantFrom(...zones);
const now = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const word = fc.constantFrom(
  ...'in at on the next last this week month monday tue fri today tomorrow tonight midnight noon morning evening end of'.split(
    ' ',
  ),
  ...'day eod eom 9am 5pm 10 8:30 25:00 14h30 1h30 2h 30 minutes an hour and a half quarter three from after before'.split(
    ' ',
  ),
  ...'31/12 1/2 31.12. 2026-12-01 feb 29 jan 31 UTC CET Europe/London +02:00 , : - @ call disks ago later 1,5h ½ 24:00'.split(
    ' ',
  ),
);
const typed = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '')), { maxLength: 8 })
  .map((words) => words.flat().join(''));

test('any words are refused with an example, or name a moment ahead and leave the end of what was typed', () => {
  fc.assert(
    fc.property(fc.oneof(typed, fc.string({ unit: 'binary' })), now, zone, (words, at, where) => {
      const read = when(words, at, where);
      if (isRefusal(read)) return read.text.length > 1;
      return read.at > at && words.endsWith(read.rest);
    }),
    { numRuns: 3000 },
  );
});

test('a moment that is written out in full is read as that moment', () => {
  const formats = [
    'yyyy-MM-dd HH:mm',
    "yyyy-MM-dd'T'HH:mm",
    'd LLL yyyy h:mma',
    'LLLL d, yyyy HH:mm',
    'cccc d LLLL yyyy, HH.mm',
    'HH:mm yyyy-MM-dd',
  ];
  fc.assert(
    fc.property(
      now,
      zone,
      fc.integer({ min: 1, max: 4_000_000 }),
      fc.constantFrom(...formats),
      (at, where, minutes, format) => {
        const start = DateTime.fromISO(at, { zone: where });
        const meant = start.plus({ minutes }).startOf('minute');
        // An hour that comes twice needs its offset; without one the first that is ahead is meant.
        fc.pre(meant > start && meant.getPossibleOffsets().length === 1);
        const written = meant.setLocale('en').toFormat(format);
        expect(when(`${written} restart it`, at, where)).toEqual({ at: meant.toUTC().toISO(), rest: 'restart it' });
      },
    ),
    { numRuns: 1000 },
  );
});

test('a moment that is written with its offset is read as that moment, also in an hour that comes twice', () => {
  fc.assert(
    fc.property(now, zone, zone, fc.integer({ min: 1, max: 4_000_000 }), (at, where, other, minutes) => {
      const meant = DateTime.fromISO(at, { zone: other }).plus({ minutes }).startOf('minute');
      fc.pre(meant > DateTime.fromISO(at));
      expect(when(meant.toFormat("yyyy-MM-dd'T'HH:mmZZ"), at, where)).toEqual({ at: meant.toUTC().toISO(), rest: '' });
    }),
    { numRuns: 1000 },
  );
});

test('minutes written as a length of time are those minutes, for work time as well as from now on', () => {
  const forms: ((hours: number, minutes: number) => string)[] = [
    (h, m) => `${h}h${m}m`,
    (h, m) => `${h}h ${m}m`,
    (h, m) => `${h} hours and ${m} minutes`,
    (h, m) => `${h} hours, ${m} min`,
    (h, m) => `${h}:${`${m}`.padStart(2, '0')}h`,
    (h, m) => `${h}h${`${m}`.padStart(2, '0')}`,
  ];
  fc.assert(
    fc.property(fc.nat(999), fc.nat(59), fc.constantFrom(...forms), now, zone, (hours, minutes, form, at, where) => {
      fc.pre(hours + minutes > 0);
      const written = form(hours, minutes);
      const total = 60 * hours + minutes;
      expect(readDuration(`${written} restart it`)).toEqual({ minutes: total, length: written.length });
      const ahead = DateTime.fromISO(at).plus({ minutes: total }).toUTC().toISO();
      expect(when(`${written} restart it`, at, where)).toEqual({ at: ahead, rest: 'restart it' });
    }),
    { numRuns: 1000 },
  );
});

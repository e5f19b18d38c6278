import { describe, expect, test } from 'vitest';
import { when, whenExamples } from '../../src/language/when.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { now, said } from './speaking.ts';

const berlin = 'Europe/Berlin';
const la = 'America/Los_Angeles';

test.each<[string, string, string]>([
  ['30m', '2026-03-25T15:00:00.000Z', ''],
  ['2h', '2026-03-25T16:30:00.000Z', ''],
  ['2H30M', '2026-03-25T17:00:00.000Z', ''],
  ['2h 30m', '2026-03-25T17:00:00.000Z', ''],
  ['1.5h', '2026-03-25T16:00:00.000Z', ''],
  ['90 min', '2026-03-25T16:00:00.000Z', ''],
  ['in 2 hours', '2026-03-25T16:30:00.000Z', ''],
  ['1d', '2026-03-26T14:30:00.000Z', ''],
  ['2 days', '2026-03-27T14:30:00.000Z', ''],
  ['2w', '2026-04-08T13:30:00.000Z', ''],
  ['in 3 months', '2026-06-25T13:30:00.000Z', ''],
  ['half an hour', '2026-03-25T15:00:00.000Z', ''],
  ['tomorrow', '2026-03-26T08:00:00.000Z', ''],
  ['Tomorrow 14:00', '2026-03-26T13:00:00.000Z', ''],
  ['5pm tomorrow', '2026-03-26T16:00:00.000Z', ''],
  ['tomorrow afternoon', '2026-03-26T14:00:00.000Z', ''],
  ['tomorrow morning', '2026-03-26T08:00:00.000Z', ''],
  ['tonight', '2026-03-25T21:00:00.000Z', ''],
  ['noon', '2026-03-26T11:00:00.000Z', ''],
  ['mon 9am', '2026-03-30T07:00:00.000Z', ''],
  ['mon', '2026-03-30T07:00:00.000Z', ''],
  ['wed', '2026-04-01T07:00:00.000Z', ''],
  ['wed 16:00', '2026-03-25T15:00:00.000Z', ''],
  ['fri 17:00', '2026-03-27T16:00:00.000Z', ''],
  ['eod', '2026-03-25T16:00:00.000Z', ''],
  ['EOD fri', '2026-03-27T16:00:00.000Z', ''],
  ['fri eod', '2026-03-27T16:00:00.000Z', ''],
  ['next week', '2026-03-30T07:00:00.000Z', ''],
  ['next month', '2026-04-25T07:00:00.000Z', ''],
  ['16:00', '2026-03-25T15:00:00.000Z', ''],
  ['14:00', '2026-03-26T13:00:00.000Z', ''],
  ['2026-12-01', '2026-12-01T08:00:00.000Z', ''],
  ['2026-12-01 14:00', '2026-12-01T13:00:00.000Z', ''],
  ['2026-12-01T14:00Z', '2026-12-01T14:00:00.000Z', ''],
  ['1 dec', '2026-12-01T08:00:00.000Z', ''],
  ['mon 9am waiting for the telco', '2026-03-30T07:00:00.000Z', 'waiting for the telco'],
  ['fri 17:00 2 routers down', '2026-03-27T16:00:00.000Z', '2 routers down'],
  ['tomorrow 5 routers', '2026-03-26T08:00:00.000Z', '5 routers'],
  ['2h 3 links', '2026-03-25T16:30:00.000Z', '3 links'],
  ['2h, then call', '2026-03-25T16:30:00.000Z', 'then call'],
  ['  tomorrow: call\nthe telco ', '2026-03-26T08:00:00.000Z', 'call\nthe telco '],
  ['eod or earlier', '2026-03-25T16:00:00.000Z', 'or earlier'],
])('%j, said on a Wednesday at 15:30 in Berlin', (words, at, rest) => {
  expect(when(words, now, berlin)).toEqual({ at, rest });
});

test.each<[string, string]>([
  ['', 'Nothing is not a time'],
  ['soon', 'soon is not a time'],
  ['waiting until fri', 'is not a time'],
  ['monitor it', 'is not a time'],
  ['25:00', 'is not a time'],
  ['2026-02-30', 'is not a day in the calendar'],
  ['31 feb', 'is not a day in the calendar'],
  ['yesterday', 'has passed'],
  ['last friday', 'has passed'],
  ['now', 'has passed'],
  ['-3d', 'has passed'],
  ['2 days ago', 'has passed'],
  ['today', 'has passed'],
  ['2020-01-01', 'has passed'],
  ['11y', 'more than ten years'],
  ['999999w 999999w', 'more than ten years'],
  ['2036-03-26', 'more than ten years'],
  ['3/4', 'one day here and another there'],
  ['1.12.2026', 'one day here and another there'],
])('%j is refused: %s', (words, why) => {
  const refused = said(when(words, now, berlin));
  expect(refused).toContain(why);
  expect(refused).toContain('mon 9am');
});

test('eod is over after 17:00', () => {
  expect(said(when('eod', '2026-03-25T16:00:00.000Z', berlin))).toContain('eod has passed');
});

test('a Sunday and a Monday both have their next week on Monday', () => {
  expect(when('next week', '2026-03-29T10:00:00.000Z', berlin)).toMatchObject({ at: '2026-03-30T07:00:00.000Z' });
  expect(when('next week', '2026-03-30T10:00:00.000Z', berlin)).toMatchObject({ at: '2026-04-06T07:00:00.000Z' });
});

test("a weekday is the next one to come; its own name today means next week's", () => {
  const morning = '2026-03-25T07:00:00.000Z';
  const noon = '2026-03-25T10:00:00.000Z';
  expect(when('wed', morning, berlin)).toMatchObject({ at: '2026-04-01T07:00:00.000Z' });
  expect(when('wed', noon, berlin)).toMatchObject({ at: '2026-04-01T07:00:00.000Z' });
  expect(when('wed 9am', morning, berlin)).toMatchObject({ at: '2026-03-25T08:00:00.000Z' });
  expect(when('wed 9am', noon, berlin)).toMatchObject({ at: '2026-04-01T07:00:00.000Z' });
  expect(when('thu', noon, berlin)).toMatchObject({ at: '2026-03-26T08:00:00.000Z' });
  expect(when('today', morning, berlin)).toMatchObject({ at: '2026-03-25T08:00:00.000Z' });
});

describe('daylight saving', () => {
  test.each<[string, string, string, string, string]>([
    [
      'Berlin, spring: the same words, an hour less',
      '2026-03-28T11:00:00.000Z',
      berlin,
      'tomorrow',
      '2026-03-29T07:00:00.000Z',
    ],
    ['a day keeps the time of day', '2026-03-28T11:00:00.000Z', berlin, '1d', '2026-03-29T10:00:00.000Z'],
    ['24 hours are 24 hours', '2026-03-28T11:00:00.000Z', berlin, '24h', '2026-03-29T11:00:00.000Z'],
    ['2:30 is skipped: 3:30', '2026-03-28T11:00:00.000Z', berlin, 'tomorrow 2:30am', '2026-03-29T01:30:00.000Z'],
    [
      '2:30 comes twice in autumn: the first',
      '2026-10-24T10:00:00.000Z',
      berlin,
      'tomorrow 2:30am',
      '2026-10-25T00:30:00.000Z',
    ],
    ['the day after, winter time', '2026-10-24T10:00:00.000Z', berlin, 'mon', '2026-10-26T08:00:00.000Z'],
    ['an hour within the doubled one', '2026-10-25T00:30:00.000Z', berlin, '1h', '2026-10-25T01:30:00.000Z'],
    ['Los Angeles, spring', '2026-03-07T20:00:00.000Z', la, 'tomorrow', '2026-03-08T16:00:00.000Z'],
    ['skipped there', '2026-03-07T20:00:00.000Z', la, 'tomorrow 2:30am', '2026-03-08T10:30:00.000Z'],
    ['Los Angeles, autumn', '2026-10-31T20:00:00.000Z', la, 'tomorrow', '2026-11-01T17:00:00.000Z'],
    ['doubled there: the first', '2026-10-31T20:00:00.000Z', la, 'tomorrow 1:30am', '2026-11-01T08:30:00.000Z'],
    [
      'a date in winter, said in summer',
      '2026-07-01T12:00:00.000Z',
      la,
      '2026-12-01 14:00',
      '2026-12-01T22:00:00.000Z',
    ],
  ])('%s', (_, at, zone, words, expected) => {
    expect(when(words, at, zone)).toEqual({ at: expected, rest: '' });
  });
});

test("the day is the speaker's own, not the server's", () => {
  const late = '2026-03-25T23:30:00.000Z';
  expect(when('tomorrow', late, berlin)).toMatchObject({ at: '2026-03-27T08:00:00.000Z' });
  expect(when('tomorrow', late, la)).toMatchObject({ at: '2026-03-26T16:00:00.000Z' });
  expect(when('eod', late, la)).toMatchObject({ at: '2026-03-26T00:00:00.000Z' });
  expect(when('tomorrow', late, 'Asia/Kolkata')).toMatchObject({ at: '2026-03-27T03:30:00.000Z' });
});

test('every example that help gives is understood', () => {
  const refused = whenExamples.filter(({ example }) => isRefusal(when(example, now, berlin)));
  expect(refused).toEqual([]);
});

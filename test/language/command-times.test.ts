import { describe, expect, test } from 'vitest';
import { parse } from '../../src/language/parse.ts';
import { change, inThread, said, speaking } from './speaking.ts';

const worked = (ticket: number, minutes: number, text = '') => change(ticket, { verb: 'time', minutes, text });
const snoozed = (ticket: number, at: string) => change(ticket, { verb: 'snooze', reminder: null, at });
const due = (value: string) => change(7, { verb: 'set', settings: [{ field: 'due', value }] });
const myself = { to: 'person', person: { person: 'me' } };
const form = (form: string, ticket: number) => ({ do: 'form', form, ticket, said: {} });

describe('work time and reminders read the same lengths of time', () => {
  test.each<[string, object]>([
    ['time 123 2 hours', worked(123, 120)],
    ['time 123 1h 30m', worked(123, 90)],
    ['time 123 90 min', worked(123, 90)],
    ['time 123 1:30', worked(123, 90)],
    ['time 123 1,5h', worked(123, 90)],
    ['time 123 1 hour and 30 minutes, with Bo', worked(123, 90, 'with Bo')],
    ['time 123 an hour and a half line card', worked(123, 90, 'line card')],
    ['time 123 three quarters of an hour', worked(123, 45)],
    ['time 123 30 swapped the SFP', worked(123, 30, 'swapped the SFP')],
    ['time 123 2h 15 tickets', worked(123, 120, '15 tickets')],
    ['snooze 123 10 minutes', snoozed(123, '2026-03-25T14:40:00.000Z')],
    ['snooze 123 for an hour and a half', snoozed(123, '2026-03-25T16:00:00.000Z')],
  ])('%j', (line, request) => {
    expect(parse(line, speaking)).toEqual(request);
  });
});

describe("in a ticket's thread a number may begin a time", () => {
  test.each<[string, object]>([
    ['time 30', worked(7, 30)],
    ['time 2 hours', worked(7, 120)],
    ['time 8 2 hours', worked(8, 120)],
    ['snooze 10 minutes', snoozed(7, '2026-03-25T14:40:00.000Z')],
    ['snooze 7 2h', snoozed(7, '2026-03-25T16:30:00.000Z')],
    ['snooze #8 2h', snoozed(8, '2026-03-25T16:30:00.000Z')],
    ['due 3 days', due('2026-03-28T14:30:00.000Z')],
    ['due 1 dec', due('2026-12-01T08:00:00.000Z')],
    ['due 7 apr 5', due('2026-04-05T07:00:00.000Z')],
    ['due 8', form('due', 8)],
    [
      'remind me 2 hours call',
      change(7, { verb: 'remind', target: myself, at: '2026-03-25T16:30:00.000Z', text: 'call' }),
    ],
  ])('%j', (line, request) => {
    expect(parse(line, inThread)).toEqual(request);
  });

  test('a bare number is not guessed to be a ticket whose reminder is put off', () => {
    const words = said(parse('snooze 10', inThread));
    expect(words).toContain('snooze #10');
    expect(words).toContain('snooze 10m');
  });
});

describe('what looks like more of a time never becomes text', () => {
  test.each<[string, string]>([
    ['due 123 10', 'write 10m for minutes, or 10:00'],
    ['snooze 123 10', 'write 10m for minutes, or 10:00'],
    ['remind 123 10', 'write 10m for minutes, or 10:00'],
    ['remind 123 mon and tue 9am standup', 'What is and tue 9am standup after mon?'],
    ['stall 123 until mon-fri 9am', 'What is -fri 9am after mon?'],
    ['time 123 1h-30m', 'What is -30m after 1h?'],
    ['time 123 1h 30 call bo', 'What is 30 call bo after 1h?'],
    ['time 123 30m and 2 hours', 'What is and 2 hours after 30m?'],
    ['time 123 2 days', 'is not a length of time'],
    ['snooze 10 minutes', 'Which ticket?'],
  ])('%j is refused', (line, words) => {
    expect(said(parse(line, speaking))).toContain(words);
  });
});

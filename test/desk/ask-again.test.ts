import { expect, test } from 'vitest';
import { inputAbout } from '../../src/desk/ask-again.ts';
import { forms } from '../../src/language/form.ts';
import type { FormName } from '../../src/language/request.ts';
import type { RefusalCode } from '../../src/ticket/refusal.ts';

test.each<[FormName, RefusalCode, string]>([
  ['reply', 'too large', 'text'],
  ['reply', 'not allowed', 'text'],
  ['resolve', 'conflict', 'text'],
  ['stall', 'invalid', 'until'],
  ['stall', 'too large', 'text'],
  ['give', 'not found', 'person'],
  ['remind', 'invalid', 'when'],
  ['remind', 'not found', 'person'],
  ['set', 'invalid', 'value'],
  ['link', 'no such ticket', 'ticket'],
  ['merge', 'no such ticket', 'ticket'],
  ['new', 'not allowed', 'queue'],
  ['new', 'not found', 'requestor'],
  ['new', 'too large', 'body'],
  ['time', 'invalid', 'duration'],
])('when the form of %s is refused as %s, that stands at %s', (form, refused, input) => {
  expect(inputAbout(form, { refused }, {})).toBe(input);
  expect(forms[form].inputs.map(({ name }) => name)).toContain(input);
});

test('a subject that is too long is told from a text that is', () => {
  expect(inputAbout('new', { refused: 'too large' }, { subject: 'x'.repeat(10_000) })).toBe('subject');
});

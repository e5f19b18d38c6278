import { expect, test } from 'vitest';
import { isSame } from '../../connectors/discord/registration.ts';

const meant = { name: 'ticket', options: [{ name: 'take', type: 1, required: true, options: [] }] };

test.each<[string, unknown, boolean]>([
  ['ids and versions that Discord adds change nothing', { ...meant, id: '1', version: '2' }, true],
  [
    'what is empty or off may be left out',
    { name: 'ticket', options: [{ name: 'take', type: 1, required: true }] },
    true,
  ],
  ['another name is another command', { ...meant, name: 'tickets' }, false],
  ['an option more is another command', { ...meant, options: [...meant.options, { name: 'give' }] }, false],
  [
    'an option that is not required any more is another',
    { name: 'ticket', options: [{ name: 'take', type: 1 }] },
    false,
  ],
  ['nothing is not the same', undefined, false],
])('%s', (_, found, same) => {
  expect(isSame(meant, found)).toBe(same);
});

import { expect, test } from 'vitest';
import { tagsFor } from '../../connectors/discord/forum.ts';

const available = [
  { id: '1', name: 'Open' },
  { id: '2', name: 'stalled' },
  { id: '3', name: 'Resolved' },
  { id: '9', name: 'printer' },
  ...['a', 'b', 'c', 'd'].map((name) => ({ id: name, name })),
];
const statuses = ['new', 'open', 'stalled', 'resolved'];

test.each([
  ['the tag of the status comes in place of the one before, whatever its letters', 'stalled', ['1', '9'], ['9', '2']],
  ['tags that are no status stay', 'open', ['9'], ['9', '1']],
  ['a post that has the tag alone is left as it is', 'resolved', ['9', '3'], null],
  ['a tag of another status goes, though the right one is there', 'resolved', ['1', '3'], ['3']],
  ['a forum without such a tag is left as it is', 'new', ['1'], null],
  [
    'five tags are the most: one that is no status makes room',
    'open',
    ['9', 'a', 'b', 'c', 'd'],
    ['9', 'a', 'b', 'c', '1'],
  ],
])('%s', (_, status, applied, tags) => {
  expect(tagsFor(status, statuses, available, applied)).toEqual(tags);
});

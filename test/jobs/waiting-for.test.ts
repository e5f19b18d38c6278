import { expect, test } from 'vitest';
import { waitingFor } from '../../src/jobs/tell.ts';

const [rita, rob, ada, bo] = [1, 2, 3, 4];
const reply = { type: 'reply', text: [], attachments: [] } as const;
const inThread = { thread: '$root', direct: false };
const inFeed = { thread: null, direct: false };
const told = (actor: number, change: unknown) => [{ actor, change }] as unknown as Parameters<typeof waitingFor>[1];

test.each([
  ['a reply of staff, in the requestors’ thread', ada, told(bo, reply), inThread, [rita, rob]],
  ['a reply of one requestor, in their thread', ada, told(rita, reply), inThread, [rob]],
  ['a reply of staff, in a feed', ada, told(bo, reply), inFeed, []],
  ['a reply of a requestor, in a feed', ada, told(rita, reply), inFeed, [ada]],
  ['a reply of a requestor to a ticket that nobody owns', null, told(rita, reply), inFeed, []],
  ['a ticket that was given to somebody', ada, told(bo, { type: 'owner', from: null, to: ada }), inFeed, [ada]],
  ['a ticket that somebody took', ada, told(ada, { type: 'owner', from: null, to: ada }), inFeed, []],
  ['a new owner, in the requestors’ thread', ada, told(bo, { type: 'owner', from: null, to: ada }), inThread, []],
  ['a reply in a direct conversation', ada, told(bo, reply), { thread: null, direct: true }, []],
])('%s', (_, owner, lines, address, waiting) => {
  expect(waitingFor({ owner, requestors: [rita, rob] }, lines, address, 'requestor')).toEqual(waiting);
});

test('in a thread of staff, who was made the owner is mentioned', () => {
  const given = told(bo, { type: 'owner', from: null, to: ada });
  expect(waitingFor({ owner: ada, requestors: [rita] }, given, inThread, 'staff')).toEqual([ada]);
});

import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Api, Call } from '../../connectors/matrix/api.ts';
import { Directs } from '../../connectors/matrix/directs.ts';
import type { Rooms } from '../../connectors/matrix/rooms.ts';

/** The account data of a homeserver, which takes its time. */
function account() {
  let marked: Readonly<Record<string, readonly string[]>> = {};
  let rooms = 0;
  const call = async ({ path, method = 'GET', body }: Call<unknown>) => {
    await setTimeout(10);
    if (path.endsWith('/createRoom')) return { room_id: `!${++rooms}` };
    if (path.endsWith('/keys/query')) return { device_keys: {} };
    if (method === 'PUT') marked = body as typeof marked;
    return marked;
  };
  const members = async () => new Map([['@docket:example.org', { joined: true }]]);
  return {
    directs: () => new Directs('@docket:example.org', { call } as Api, { membersNow: members } as unknown as Rooms),
    marked: () => Object.keys(marked).sort(),
  };
}

test('two who are invited to their conversations at the same moment keep both', async () => {
  const { directs, marked } = account();
  const here = directs();
  await Promise.all([here.with('@ada:example.org'), here.with('@bo:example.org')]);
  expect(marked()).toEqual(['@ada:example.org', '@bo:example.org']);
});

test('a conversation that another process began is not forgotten', async () => {
  const { directs, marked } = account();
  const here = directs();
  await here.with('@ada:example.org');
  await directs().with('@rita:example.org');
  await here.with('@bo:example.org');
  expect(marked()).toEqual(['@ada:example.org', '@bo:example.org', '@rita:example.org']);
});

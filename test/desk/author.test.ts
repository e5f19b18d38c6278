import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inbound } from '../../src/desk/inbound.ts';
import { type House, openHouse } from '../jobs/house.ts';

let house: House;
const where = { platform: 'slack', workspace: 'T1', channel: 'noc', thread: null, direct: false };
const base = (who: string, event: string) => ({
  event,
  at: '2026-01-01T00:00:00.000Z',
  sender: { id: who, name: who },
  where,
  answerTo: {},
});
const authorOf = (message: string) => house.door.author({ platform: 'slack', channel: 'noc', message });

async function hear(inbound: Inbound): Promise<void> {
  await house.door.receive(inbound);
  await house.quiet();
}

beforeAll(async () => {
  house = await openHouse();
  const text = [{ block: 'paragraph' as const, inlines: ['#new in noc Fan is loud'] }];
  const said = { kind: 'message' as const, mentionsBot: false, replyTo: null, files: [] };
  await hear({ ...base('ada', 'e1'), ...said, message: 's1', text });
  const marked = { kind: 'reaction' as const, emoji: '🎫', author: { id: 'rita', name: 'rita' }, files: [], text };
  await hear({ ...base('ada', 'e2'), ...marked, message: 's2' });
});
afterAll(() => house.close());

test('a message that was taken up has its author, as their platform knows them', async () => {
  expect(await authorOf('s1')).toEqual({
    workspace: 'T1',
    thread: null,
    sender: { id: 'ada', name: expect.any(String) },
  });
});

test('whoever makes a ticket of a message of somebody else is not its author', async () => {
  expect(await authorOf('s2')).toMatchObject({ sender: { id: 'rita' } });
});

test('a message that was not taken up has none, nor has what Docket said itself', async () => {
  expect(await authorOf('s3')).toBeNull();
  const [card] = house.paper.notes;
  expect(await authorOf(card?.id ?? '')).toBeNull();
});

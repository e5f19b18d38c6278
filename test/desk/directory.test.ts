import { afterEach, expect, test, vi } from 'vitest';
import { type House, openHouse } from '../jobs/house.ts';

let house: House | null = null;
afterEach(async () => {
  vi.restoreAllMocks();
  await house?.close();
});

test('somebody who was only mentioned is called by their name as soon as they have spoken', async () => {
  house = await openHouse();
  const { desk, store, say } = house;
  await say('ada', 'new in noc Fan is loud');
  await say('ada', 'requestor 1 <@u9>');
  const [, nina = 0] = (await store.load([1])).get(1)?.requestors ?? [];
  await desk.directory.learn([nina]);
  expect(desk.directory.names(nina)).toBe('u9');
  await house.door.receive({
    ...{ kind: 'command', line: 'reply 1 It is', event: 'spoken', at: desk.now(), answerTo: {} },
    sender: { id: 'u9', name: 'Nina Sørensen' },
    where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
  });
  await house.quiet();
  const later = performance.now() + 3_000;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  await desk.directory.learn([nina]);
  expect(desk.directory.names(nina)).toBe('Nina Sørensen');
});

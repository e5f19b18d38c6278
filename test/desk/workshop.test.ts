import { expect, test } from 'vitest';
import type { Inbound } from '../../src/desk/inbound.ts';
import { openWorkshop } from '../../src/desk/workshop.ts';
import { openHouse } from '../jobs/house.ts';

test('what is not in hand when Docket ends stays in the inbox, and is worked at the next start', async () => {
  const house = await openHouse();
  const { desk, store } = house;
  const before = openWorkshop(desk);
  const inbounds = Array.from({ length: 20 }, (_, nth): Inbound => {
    return {
      kind: 'command',
      line: `new in noc Left ${nth}`,
      event: `left ${nth}`,
      at: desk.now(),
      sender: { id: 'ada', name: 'ada' },
      where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
      answerTo: {},
    };
  });
  for (const inbound of inbounds) {
    const { platform, workspace } = inbound.where;
    const kept = await store.keep({ platform, workspace, event: inbound.event, payload: inbound });
    before.add(kept?.id ?? 0, inbound);
    if (inbound === inbounds[9]) await before.close();
  }
  await before.idle();
  const left = (await store.unfinished()).length;
  expect(left).toBeGreaterThanOrEqual(10);

  const after = openWorkshop(desk);
  await after.recover();
  await after.idle();
  expect(await store.unfinished()).toEqual([]);
  const { rows } = await store.pool.query('select count(*)::int as count from tickets');
  expect(rows).toEqual([{ count: 20 }]);
  await house.close();
});

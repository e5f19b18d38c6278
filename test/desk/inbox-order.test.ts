import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDoor } from '../../src/desk/door.ts';
import type { Inbound } from '../../src/desk/inbound.ts';
import { openWorkshop, type Workshop } from '../../src/desk/workshop.ts';
import type { Store } from '../../src/store/store.ts';
import { type House, openHouse } from '../jobs/house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function command(who: string, event: string, line: string): Inbound {
  return {
    ...{ kind: 'command', line, event, at: house.desk.now(), sender: { id: who, name: who }, answerTo: {} },
    where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
  };
}

function press(who: string, event: string, line: string): Inbound {
  const { kind: _, ...rest } = command(who, event, line);
  return { ...rest, kind: 'press', command: line, message: null } as Inbound;
}

/** A second process on the same database, that commits nothing until it is let. */
function another() {
  const { desk } = house;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const waits = async <T>(act: () => Promise<T>) => gate.then(act);
  const store: Store = {
    ...desk.store,
    commit: (unit) => waits(() => desk.store.commit(unit)),
    finish: (...ending) => waits(() => desk.store.finish(...ending)),
  };
  const elsewhere = { ...desk, store };
  const workshop: Workshop = openWorkshop(elsewhere);
  return { door: openDoor(elsewhere, workshop), workshop, letGo };
}

async function history(ticket: number) {
  const { rows } = await house.store.pool.query<{ type: string }>(
    `select type from transactions where ticket_id = $1 and type <> 'status' order by id`,
    [ticket],
  );
  return rows.map(({ type }) => type);
}

test('two commands of one person that two processes receive are done in their order', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  const other = another();
  await other.door.receive(command('ada', 'first', 'p80 1'));
  await house.door.receive(press('ada', 'second', 'untake 1'));
  await house.door.receive(command('ada', 'third', 'p20 1'));
  // Somebody else's is not held up; by then, ada's would have been done too.
  await house.door.receive(command('alex', 'beside', 'comment 1 Hello'));
  await expect.poll(() => history(1)).toEqual(['create', 'comment']);
  other.letGo();
  await Promise.all([other.workshop.idle(), house.quiet()]);
  expect((await house.store.load([1])).get(1)?.priority).toBe(20);
});

test('what a process that is gone received before is taken over and done first', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  const gone = another();
  await gone.door.receive(command('ada', 'first', 'p80 1'));
  await house.door.receive(command('ada', 'second', 'p20 1'));
  await house.store.pool.query(`update inbox set claimed_at = '-infinity' where event = 'first'`);
  const survivor = openWorkshop(house.desk);
  await survivor.recover(20_000);
  await Promise.all([survivor.idle(), house.quiet()]);
  expect(await history(1)).toHaveLength(3);
  expect((await house.store.load([1])).get(1)?.priority).toBe(20);
  gone.letGo();
  await gone.workshop.idle();
});

import { expect, test } from 'vitest';
import { openDoor } from '../../src/desk/door.ts';
import type { Inbound } from '../../src/desk/inbound.ts';
import { openWorkshop } from '../../src/desk/workshop.ts';
import type { Store } from '../../src/store/store.ts';
import { text } from '../../src/ticket/text.ts';
import { openHouse } from '../jobs/house.ts';
import { unfinished } from '../store/samples.ts';

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
    if (kept !== null) before.add(kept, inbound);
    if (inbound === inbounds[9]) await before.close();
  }
  await before.idle();
  const left = (await unfinished(store)).length;
  expect(left).toBeGreaterThanOrEqual(10);

  const after = openWorkshop(desk);
  await after.recover();
  await after.idle();
  expect(await unfinished(store)).toEqual([]);
  const { rows } = await store.pool.query('select count(*)::int as count from tickets');
  expect(rows).toEqual([{ count: 20 }]);
  await house.close();
});

const intake = `
people: { alex: { name: Alex Admin, administrator: true } }
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket] }
    intake: ['slack:T1/help']
`;

test('what is said below a message, or marks it, while that waits to be worked, is worked after it: of that, one ticket comes', async () => {
  const { door, desk, store, quiet, close } = await openHouse(intake);
  const hear = (who: string, event: string, thread: string | null, act: object) =>
    door.receive({
      ...{ event, at: desk.now(), sender: { id: who, name: who }, answerTo: {} },
      ...{ where: { platform: 'slack', workspace: 'T1', channel: 'help', thread, direct: false }, ...act },
    } as Inbound);
  const say = (who: string, message: string, thread: string | null, words: string) =>
    hear(who, `said ${message}`, thread, {
      ...{ kind: 'message', message, text: text(words), mentionsBot: false, replyTo: null, files: [] },
    });
  for (let nth = 0; nth < 20; nth++) await say('mia', `m${nth}`, null, `Lost ${nth}`);
  const author = { id: 'mia', name: 'mia' };
  await hear('tom', 'marked', null, {
    ...{ kind: 'reaction', message: 'm19', emoji: '🎫', author, text: text('Lost 19'), files: [] },
  });
  expect(await say('tom', 'below', 'm19', 'I have found it')).toBe('kept');
  await quiet();
  const { rows } = await store.pool.query(`select type, count(*)::int from transactions group by type order by type`);
  expect(rows).toEqual([
    { type: 'create', count: 20 },
    { type: 'reply', count: 1 },
  ]);
  await close();
});

test('what is said below a message that another process is working, and an edit of that, are worked after it', async () => {
  const { door, desk, store, quiet, close } = await openHouse(intake);
  let fetched = () => {};
  const bytes = new Promise<Uint8Array>((resolve) => {
    fetched = () => resolve(new Uint8Array([1]));
  });
  const elsewhere = { ...desk, fetchFile: () => bytes };
  const workshop = openWorkshop(elsewhere);
  const other = openDoor(elsewhere, workshop);
  const file = { name: 'log.txt', type: 'text/plain', size: 1, attachment: null, ref: 'F1' };
  const said = (who: string, thread: string | null, act: object) =>
    ({
      ...{ at: desk.now(), sender: { id: who, name: who }, answerTo: {}, mentionsBot: false, replyTo: null, files: [] },
      ...{ where: { platform: 'slack', workspace: 'T1', channel: 'help', thread, direct: false }, ...act },
    }) as unknown as Inbound;
  const message = { kind: 'message', event: 'm1', message: 'm1', text: text('It is lots'), files: [file] };
  expect(await other.receive(said('mia', null, message))).toBe('kept');
  const reply = { kind: 'message', event: 'm2', message: 'm2', text: text('See the log') };
  expect(await door.receive(said('mia', 'm1', reply))).toBe('kept');
  const edit = { kind: 'edit', event: 'm1e', message: 'm1', text: text('It is lost') };
  expect(await door.receive(said('mia', null, edit))).toBe('kept');
  expect(await door.receive(said('mia', 'm0', { ...reply, event: 'm3', message: 'm3' }))).toBe('ignored');
  fetched();
  await workshop.idle();
  await quiet();
  const { rows } = await store.pool.query('select type from transactions order by id');
  // The subject, which was taken from the message, follows the edit.
  expect(rows.map(({ type }) => type).sort()).toEqual(['amend', 'create', 'reply', 'set']);
  await close();
});

test('what another process has just got is left to it, and what it has left behind is not', async () => {
  const { desk, store, close } = await openHouse();
  const inbound: Inbound = {
    ...{ kind: 'command', line: 'new in noc Left behind', event: 'left', at: desk.now(), answerTo: {} },
    sender: { id: 'ada', name: 'ada' },
    where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
  };
  await store.keep({ platform: 'slack', workspace: 'T1', event: 'left', payload: inbound });
  const workshop = openWorkshop(desk);
  await workshop.recover(20_000);
  await workshop.idle();
  expect(await unfinished(store)).toHaveLength(1);
  await store.pool.query(`update inbox set claimed_at = claimed_at - interval '20 seconds'`);
  await workshop.recover(20_000);
  await workshop.idle();
  expect(await unfinished(store)).toEqual([]);
  await close();
});

test('a feed begins or ends together with the end of its inbox row: a crash between the two loses nothing', async () => {
  const { desk, store, say, close } = await openHouse();
  const fed = async () => (await store.pool.query(`select from feeds where source = 'command'`)).rowCount;
  /** A process that dies as soon as it has written something. */
  const dying = (event: string, line: string) =>
    new Promise<void>((died) => {
      const last = async (written: Promise<unknown>): Promise<never> => {
        await written;
        died();
        return new Promise<never>(() => {});
      };
      const mortal: Store = {
        ...store,
        finish: (...ending) => last(store.finish(...ending)),
        commit: (unit) => last(store.commit(unit)),
      };
      const elsewhere = { ...desk, store: mortal };
      const where = { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false };
      const sender = { id: 'alex', name: 'alex' };
      const act = { kind: 'command', line, event, at: desk.now(), sender, where, answerTo: {} } as const;
      void openDoor(elsewhere, openWorkshop(elsewhere)).receive(act);
    });
  await dying('feed', 'feed noc here anyway');
  expect(await unfinished(store)).toEqual([]);
  expect(await fed()).toBe(1);
  await say('alex', 'unfeed noc here');
  expect(await fed()).toBe(0);
  await say('alex', 'feed noc here anyway');
  await dying('unfeed', 'unfeed noc here');
  expect(await fed()).toBe(0);
  await close();
});

test('where something fails after what was asked for was done, nobody is told that nothing was changed', async () => {
  const { desk, store, say, paper, close } = await openHouse();
  await say('ada', 'new in noc Fan is loud');
  const { learn } = desk.directory;
  const commit = store.commit;
  let done = false;
  Object.assign(store, {
    commit: async (unit: Parameters<typeof commit>[0]) => {
      const result = await commit(unit);
      done = true;
      return result;
    },
  });
  Object.assign(desk.directory, {
    learn: async (people: Parameters<typeof learn>[0]) => {
      if (done) throw new Error('a fault');
      return learn(people);
    },
  });
  await say('ada', 'p80 1');
  expect((await store.load([1])).get(1)?.priority).toBe(80);
  expect(JSON.stringify(paper.answers.at(-1))).not.toContain('nothing was changed');
  await close();
});

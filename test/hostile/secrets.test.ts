import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Docket } from '../../src/docket.ts';
import { ask, cardShows, command, eventually, isMarked, open } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { type House, openHouse } from '../conformance/house.ts';
import { Following } from './following.ts';

let house: House;
let entrance: string;

beforeAll(async () => {
  const started = async (start: () => Promise<Docket>): Promise<Docket> => {
    const docket = await start();
    entrance = docket.menuUrl ?? docket.url;
    return docket;
  };
  house = await openHouse({ ...consolePlatform, start: (start) => consolePlatform.start(() => started(start)) });
});
afterAll(() => house?.close());

test('a ticket of a private queue that is opened by a line in an open channel is not shown to the others there', async () => {
  const { sue, ada, rita, quiet } = house;
  const said = await sue.say('lobby', '#new in security Hidden-by-line breach');
  await isMarked(sue, said, '🔒');
  await quiet();
  for (const user of [ada, rita]) {
    await user.see('lobby');
    expect(user.received()).not.toContain('Hidden-by-line');
  }
});

test('in the channel of the private queue the same line makes a ticket like any other', async () => {
  const said = await house.sue.say('security', '#new in security Theft');
  await isMarked(house.sue, said, '🎫');
});

test('a line that names a private ticket is shown only to those who may see that too', async () => {
  const { sue, ada, quiet } = house;
  const [secret, plain] = [await open(sue, 'in security Cause'), await open(ada, 'in noc Effect')];
  await isMarked(sue, await sue.say('noc', `#${plain} !link depends on ${secret}`), '✅');
  await quiet();
  const lines = (await ada.see('noc')).map(({ text }) => text).join('\n');
  expect(lines).not.toContain(`depends on ${secret}`);
});

test.each([
  ['next', 'next secret-plan'],
  ['time', 'time 30m secret-plan'],
  ['field', 'set site=LAX'],
])('what only staff see of a ticket stays with them when it is said among requestors: %s', async (_, line) => {
  const { rita, ada, quiet } = house;
  const { ticket } = await ask(rita, `Help with ${line.split(' ')[0]}`);
  if (line.startsWith('set')) await command(ada, `move ${ticket} noc`);
  const before = rita.received().length;
  await isMarked(ada, await ada.say('helpdesk', `#${ticket} !${line}`), '🔒');
  await quiet();
  await rita.see('helpdesk');
  expect(rita.received().slice(before)).not.toMatch(/secret-plan|site=LAX/);
});

test('the history of a ticket that comes back from a private queue does not name that queue to others', async () => {
  const { sue, ada, rita, quiet } = house;
  const { ticket } = await ask(rita, 'Odd laptop');
  await command(sue, `move ${ticket} security`);
  await command(sue, `move ${ticket} noc`);
  await quiet();
  for (const user of [ada, rita]) {
    expect((await command(user, `history ${ticket}`)).text).toContain('from another queue to noc');
    await user.see('helpdesk');
    expect(user.received()).not.toContain('security');
  }
  await ada.see('noc');
  expect(ada.received()).not.toContain('security');
  expect((await command(sue, `history ${ticket}`)).text).toContain('from security to noc');
});

test('nobody finds a ticket by what they may not see of it', async () => {
  const { ada, rita } = house;
  const { ticket } = await ask(rita, 'Findable');
  await command(ada, `move ${ticket} noc`);
  for (const line of [`set ${ticket} site=LAX`, `time ${ticket} 90m`, `admincc ${ticket} @bo`])
    await command(ada, line);
  for (const search of ['site:LAX', 'time>=90', 'admincc:bo']) {
    expect((await command(ada, `list id:${ticket} ${search}`)).text).toContain('Findable');
    expect((await command(rita, `list id:${ticket} ${search}`)).text).not.toContain('Findable');
  }
  for (const search of ['-site:LAX', 'time<90', '-admincc:bo', 'admincc:nobody']) {
    expect((await command(ada, `list id:${ticket} ${search}`)).text).not.toContain('Findable');
    expect((await command(rita, `list id:${ticket} ${search}`)).text).toContain('Findable');
  }
});

test('nobody comes into being by being named in the console', async () => {
  const { rita } = house;
  for (const line of ['new for <@ghost> Haunted', 'list owner:<@ghost>', 'new for <@ghost|Alex Admin> Haunted']) {
    expect((await command(rita, line)).text).toContain('Nobody here is called @ghost');
  }
  expect(await rita.complete('lobby', 'give 1 @gh')).toEqual([]);
});

test('the streams of a board and of a ticket’s page tell nothing of what their reader may not see', async () => {
  const { sue, ada, rita, quiet } = house;
  const secret = await open(sue, 'in security Watched from outside');
  const { ticket } = await ask(rita, 'Watched from inside');
  const [board, own, other] = await Promise.all(
    [{ board: '1' }, { ticket: `${ticket}` }, { ticket: `${secret}` }].map((what) =>
      Following.open(entrance, 'rita', what),
    ),
  );
  await Promise.all([board?.refreshed(1), own?.refreshed(1), other?.refreshed(1)]);
  await command(sue, `p90 ${secret}`);
  await command(ada, `comment ${ticket} for staff`);
  await quiet();
  await command(ada, `p30 ${ticket}`);
  // They are told in order: what was told of the secrets would have come before.
  await Promise.all([board?.refreshed(2), own?.refreshed(2)]);
  expect([board?.refreshes, own?.refreshes, other?.refreshes]).toEqual([2, 2, 1]);
  await command(sue, `move ${ticket} security`);
  await Promise.all([board?.refreshed(3), own?.refreshed(3)]);
  for (const each of [board, own, other]) each?.close();
  await cardShows(sue, 'security', ticket, { queue: 'security' });
  await eventually(rita, () => expect(rita.received()).not.toContain('security'));
});

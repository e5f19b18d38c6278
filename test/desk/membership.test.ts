import { afterAll, beforeAll, expect, test } from 'vitest';
import { actor, personOf } from '../../src/store/people.ts';
import { type House, openHouse } from '../jobs/house.ts';

const guild = { platform: 'discord', workspace: '1000' };
const configuration = `
people: { alex: { name: Alex Admin, administrator: true } }
groups: { operators: ['discord:1000/1'], leads: ['discord:1000/2'], others: ['discord:2000/3'] }
queues: { noc: { rights: { operators: [ShowTicket] } } }
`;

let house: House;
beforeAll(async () => {
  house = await openHouse(configuration);
});
afterAll(() => house.close());

const who = (id: string, name = id) => ({ ...guild, sender: { id, name } });
const groupsOf = async (id: string) =>
  [...(await actor(house.store, await personOf(house.store, guild, { id, name: id }))).groups].sort();
const known = async (id: string) =>
  (await house.store.pool.query('select from identities where platform_id = $1', [id])).rowCount;

test('somebody is in the groups that their platform tells along with what they do', async () => {
  await house.door.member(who('U1', 'Mia'), ['1', '2', '3', '99']);
  expect(await groupsOf('U1')).toEqual(['discord:1000', 'leads', 'operators']);
  await house.door.member(who('U1', 'Mia'), ['2']);
  expect(await groupsOf('U1')).toEqual(['discord:1000', 'leads']);
  await house.door.member(who('U1', 'Mia'), []);
  expect(await groupsOf('U1')).toEqual(['discord:1000']);
});

test('others in the group stay in it', async () => {
  await house.door.group(guild, '1', ['U2', 'U3']);
  await house.door.member(who('U2'), []);
  expect([await groupsOf('U2'), await groupsOf('U3')]).toEqual([['discord:1000'], ['discord:1000', 'operators']]);
});

test('nobody becomes known by being in groups that are not wanted', async () => {
  await house.door.member(who('U4'), ['99']);
  await house.door.member({ ...who('U4'), workspace: '3000' }, ['1']);
  expect(await known('U4')).toBe(0);
});

test('told at the same moment twice, somebody is one person and in the group once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => house.door.member(who('U5', 'Kim'), ['1'])));
  expect(await known('U5')).toBe(1);
  expect(await groupsOf('U5')).toEqual(['discord:1000', 'operators']);
});

test('nothing is written when nothing changed', async () => {
  await house.door.member(who('U6'), ['1']);
  const version = async () =>
    (await house.store.pool.query('select array_agg(xmin::text order by id) as rows from group_members')).rows;
  const before = await version();
  await house.door.member(who('U6'), ['1']);
  expect(await version()).toEqual(before);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { peopleMatching } from '../../src/store/acquaintances.ts';
import { type ConfiguredPerson, membersOf, mirror, mirrored, syncConfigured } from '../../src/store/groups.ts';
import { actor, docket, findPerson, forgetPeople, identitiesOf, names, personOf } from '../../src/store/people.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createSignInLink, openSession, useSignInLink, viewerOf } from '../../src/web/sessions.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent } from './samples.ts';

let store: Store;
let other: Store;
let drop: () => Promise<void>;
const slack = { platform: 'slack', workspace: 'T1' };

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  store = await openStore({ databaseUrl: database.url, log: silent });
  other = await openStore({ databaseUrl: database.url, log: silent });
});

afterAll(async () => {
  await store.close();
  await other.close();
  await drop();
});

/** Whom an administrator is offered. */
async function matching(typed: string) {
  const policy = { queues: new Map(), lifecycles: new Map(), defaultQueue: '' };
  return peopleMatching(store, { reader: await docket(store), policy, typed, limit: 10 });
}

const configured = (name: string, given: Partial<ConfiguredPerson> = {}): ConfiguredPerson => ({
  name,
  displayName: name,
  email: null,
  zone: null,
  superuser: false,
  identities: [],
  ...given,
});

test('an identity is one person, whoever sees it first, and at the same moment in two processes', async () => {
  const sender = { id: 'U1', name: 'Ada Lovelace' };
  const met = await Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      forgetPeople(store);
      return personOf(n % 2 ? store : other, slack, sender);
    }),
  );
  expect(new Set(met).size).toBe(1);
  expect(await findPerson(store, { person: 'name', name: 'ada.lovelace' })).toBe(met[0]);
});

test('somebody who was only mentioned so far gets their name when they say something', async () => {
  const mentioned = await personOf(store, slack, { id: 'U5', name: 'U5' });
  expect(await personOf(store, slack, { id: 'U5', name: 'Grace' })).toBe(mentioned);
  expect((await names(store, [mentioned])).get(mentioned)).toBe('Grace');
});

test('the zone of somebody is what the configuration says, else what their platform tells, else that of the house', async () => {
  const zoneOf = async (id: string, zone?: string) => {
    forgetPeople(store);
    const person = await personOf(store, slack, { id, name: id, ...(zone === undefined ? {} : { zone }) });
    return (await actor(store, person)).zone;
  };
  const lin = configured('lin', { identities: [{ ...slack, id: 'U50' }] });
  await syncConfigured(store, [lin], [], 'Europe/Paris');
  expect([await zoneOf('U50'), await zoneOf('U51')]).toEqual(['Europe/Paris', 'Europe/Paris']);
  expect([await zoneOf('U50', 'Asia/Tokyo'), await zoneOf('U51', 'Asia/Tokyo')]).toEqual(['Asia/Tokyo', 'Asia/Tokyo']);
  expect(await zoneOf('U52', 'America/Lima')).toBe('America/Lima');
  expect(await zoneOf('U52', 'Moon/Tycho')).toBe('America/Lima');
  await syncConfigured(store, [lin], [], 'Europe/Rome');
  expect([await zoneOf('U50'), await zoneOf('U53')]).toEqual(['Asia/Tokyo', 'Europe/Rome']);
  await syncConfigured(store, [{ ...lin, zone: 'Africa/Cairo' }], [], 'Europe/Rome');
  expect(await zoneOf('U50', 'Asia/Tokyo')).toBe('Africa/Cairo');
});

test('somebody who was only mentioned gets their name and their zone at once', async () => {
  const mentioned = await personOf(store, slack, { id: 'U54', name: 'U54' });
  await personOf(store, slack, { id: 'U54', name: 'Mae', zone: 'Asia/Tokyo' });
  expect(await actor(store, mentioned)).toMatchObject({ name: 'Mae', zone: 'Asia/Tokyo' });
});

test('two people of the same name get names of their own to be called by', async () => {
  const [one, two] = await Promise.all([
    personOf(store, slack, { id: 'U10', name: 'Sam' }),
    personOf(other, slack, { id: 'U11', name: 'Sam' }),
  ]);
  expect(one).not.toBe(two);
  const called = await matching('sam');
  expect(called.map(({ name }) => name)).toEqual(['sam', 'sam2']);
});

test.each([
  ['José Ángel', 'jose.angel'],
  ['@@@', 'u.20'],
  ['<!channel> everyone', 'channel.everyone'],
  ['日本', '日本'],
])('somebody called %s is called by @%s', async (name, handle) => {
  const person = await personOf(store, slack, { id: handle === 'u.20' ? 'U.20' : `U${name}`, name });
  expect(await findPerson(store, { person: 'name', name: handle })).toBe(person);
});

test("the configuration's people are found by name, display name and mail, and keep their numbers", async () => {
  const bo = configured('bo', { displayName: 'Bo Diddley', email: 'Bo@Example.org', zone: 'Europe/Berlin' });
  await syncConfigured(store, [bo], []);
  const person = await findPerson(store, { person: 'name', name: 'BO' });
  expect(person).not.toBeNull();
  expect(await findPerson(store, { person: 'name', name: 'bo diddley' })).toBe(person);
  expect(await findPerson(store, { person: 'mail', address: 'bo@example.ORG' })).toBe(person);
  await syncConfigured(store, [{ ...bo, displayName: 'Bo D.', superuser: true }], []);
  expect(await actor(store, person ?? 0)).toEqual({
    person,
    name: 'Bo D.',
    zone: 'Europe/Berlin',
    superuser: true,
    groups: new Set(),
  });
  expect(await findPerson(store, { person: 'name', name: 'nobody here' })).toBeNull();
});

test('an identity of the configuration leads to its person, and so does the name in the console', async () => {
  const identities = [{ ...slack, id: 'U30' }];
  await syncConfigured(store, [configured('cy', { identities })], []);
  const cy = await personOf(store, slack, { id: 'U30', name: 'whatever Slack says' });
  const console = { platform: 'console', workspace: 'docket' };
  expect(await findPerson(store, { person: 'name', name: 'cy' })).toBe(cy);
  expect(await personOf(store, console, { id: 'cy', name: 'Cy' })).toBe(cy);
  expect(await identitiesOf(store, cy)).toEqual([
    { ...slack, id: 'U30', closed: false },
    { ...console, id: 'cy', closed: false },
  ]);
});

test('an account that the configuration takes from somebody is somebody else from then on', async () => {
  const identities = [{ ...slack, id: 'U40' }];
  await syncConfigured(store, [configured('hal', { identities, superuser: true })], []);
  const hal = await personOf(store, slack, { id: 'U40', name: 'Hal' });
  await syncConfigured(store, [configured('hal')], []);
  expect(await personOf(store, slack, { id: 'U40', name: 'Hal' })).not.toBe(hal);
});

test('whoever calls themselves like somebody of the configuration does not become them by that', async () => {
  const stranger = await personOf(store, { platform: 'discord', workspace: '2000' }, { id: 'D9', name: 'Boss' });
  const accounts = { identities: [{ ...slack, id: 'U60' }], superuser: true };
  await syncConfigured(store, [configured('boss', accounts)], []);
  const boss = await personOf(store, slack, { id: 'U60', name: 'The Boss' });
  expect(boss).not.toBe(stranger);
  expect([await actor(store, stranger), await actor(store, boss)]).toMatchObject([
    { superuser: false },
    { superuser: true },
  ]);
  expect(await findPerson(store, { person: 'name', name: 'boss' })).toBe(boss);
  await syncConfigured(store, [configured('boss', { ...accounts, identities: [{ ...slack, id: 'U61' }] })], []);
  expect(await findPerson(store, { person: 'name', name: 'boss' })).toBe(boss);
});

test('an administrator who is no longer in the configuration is none any more', async () => {
  await syncConfigured(store, [configured('ivy', { superuser: true })], []);
  const ivy = (await findPerson(store, { person: 'name', name: 'ivy' })) ?? 0;
  await syncConfigured(store, [], []);
  expect((await actor(store, ivy)).superuser).toBe(false);
});

test("a platform's group that a group names has in it whom the platform says, and they have the group's rights", async () => {
  const [kim, lee] = await Promise.all(
    ['U50', 'U51'].map((id) => personOf(store, slack, { id, name: `person ${id}` })),
  );
  const crew = { name: 'crew', people: [], groups: [`slack:${slack.workspace}/S1`] };
  await syncConfigured(store, [], [crew]);
  expect(await mirrored(store, slack)).toEqual(['S1']);
  const has = async () =>
    Promise.all([kim, lee].map(async (person) => (await actor(store, person ?? 0)).groups.has('crew')));
  await mirror(store, { ...slack, id: 'S1' }, [kim ?? 0]);
  expect(await has()).toEqual([true, false]);
  await mirror(store, { ...slack, id: 'S1' }, [lee ?? 0]);
  await mirror(store, { ...slack, id: 'S2' }, [kim ?? 0]);
  expect(await has()).toEqual([false, true]);
  // The next start knows them still, before the platform has said anything.
  await syncConfigured(store, [], [crew]);
  expect(await has()).toEqual([false, true]);
  await syncConfigured(store, [], []);
  expect(await mirrored(store, slack)).toEqual([]);
  expect(await has()).toEqual([false, false]);
});

test('whoever has an account in a workspace is in the group of all its people', async () => {
  const met = await personOf(store, { platform: 'discord', workspace: '1234' }, { id: 'D1', name: 'Mia' });
  expect((await actor(store, met)).groups).toEqual(new Set(['discord:1234']));
});

test('somebody is in a group also by way of other groups, even where these go in a circle', async () => {
  const people = ['dee', 'eve', 'fay'].map((name) => configured(name));
  await syncConfigured(store, people, [
    { name: 'all', people: [], groups: ['noc'] },
    { name: 'noc', people: ['dee'], groups: ['night'] },
    { name: 'night', people: ['eve'], groups: ['all'] },
  ]);
  const [dee, eve] = await Promise.all(['dee', 'eve'].map((name) => findPerson(store, { person: 'name', name })));
  expect((await actor(store, eve ?? 0)).groups).toEqual(new Set(['night', 'noc', 'all']));
  expect(await membersOf(store, 'all')).toEqual([dee, eve]);
  expect(await membersOf(store, 'no such group')).toEqual([]);
});

test('a group that the configuration names no more is gone, and so are its rights', async () => {
  await syncConfigured(store, [configured('gil')], [{ name: 'short lived', people: ['gil'], groups: [] }]);
  const gil = (await findPerson(store, { person: 'name', name: 'gil' })) ?? 0;
  expect((await actor(store, gil)).groups.has('short lived')).toBe(true);
  await syncConfigured(store, [configured('gil')], []);
  expect((await actor(store, gil)).groups.size).toBe(0);
});

test('Docket itself is a person, may do everything, and is offered to nobody', async () => {
  const self = await docket(store);
  expect(self.superuser).toBe(true);
  expect(await names(store, [self.person, 999_999])).toEqual(new Map([[self.person, 'Docket']]));
  expect(await matching('dock')).toEqual([]);
});

test('what somebody types to be offered people stands for itself', async () => {
  expect(await matching('%')).toEqual([]);
  expect((await matching('diddley')).length + (await matching('d.')).length).toBe(1);
});

test('ends the sessions and unused links of people who leave the configuration or stop being administrators', async () => {
  const { pool } = store;
  const [gone, demoted, stays] = [
    configured('gil'),
    configured('dora', { superuser: true }),
    configured('stan', { superuser: true }),
  ];
  await syncConfigured(store, [gone, demoted, stays], []);
  const signedIn = async (name: string) => {
    const person = (await findPerson(store, { person: 'name', name })) ?? 0;
    const link = await createSignInLink(pool, person);
    return { session: await openSession(pool, person, false), link };
  };
  const [gil, dora, stan] = [await signedIn('gil'), await signedIn('dora'), await signedIn('stan')];
  await syncConfigured(store, [{ ...demoted, superuser: false }, stays], []);
  expect(await viewerOf(pool, gil.session, true)).toBeNull();
  expect(await useSignInLink(pool, gil.link)).toBeNull();
  expect(await viewerOf(pool, dora.session, true)).toBeNull();
  expect(await useSignInLink(pool, dora.link)).toBeNull();
  expect(await viewerOf(pool, stan.session, true)).toMatchObject({ handle: 'stan' });
  expect(await useSignInLink(pool, stan.link)).toMatchObject({ handle: 'stan' });
});

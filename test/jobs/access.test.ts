import { afterEach, beforeEach, expect, test } from 'vitest';
import { TryLater } from '../../connectors/connector.ts';
import { forgetPeople } from '../../src/store/people.ts';
import { type House, openHouse } from './house.ts';

/** Rita asks, Bo reads along as cc, Ada and Sue work; only Sue knows of the queue `secret`. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor }
  sue: { name: Sue Tanaka }
  bo: { name: Bo Lindqvist }
  rita: { name: Rita Gomez }
groups: { staff: [ada, sue], supervisors: [sue] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
  follow: [ShowTicket, ReplyToTicket]
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [follow], cc: [follow], staff: [work] }
    feeds: [{ place: 'slack:T1/desk', audience: staff }]
  secret:
    rights: { supervisors: [work] }
`;

let house: House;
beforeEach(async () => {
  house = await openHouse(configuration);
  await house.say('rita', 'new in help My laptop acts strangely');
  await house.quiet();
  await house.say('ada', 'cc 1 @bo');
  await house.quiet();
});
afterEach(() => house.close());

const hour = 3_600_000;

/** The platform is away while `meanwhile` happens. */
async function away(meanwhile: () => Promise<void>): Promise<void> {
  house.paper.trouble.set('*', () => new TryLater('away', null));
  await meanwhile();
  await house.quiet();
  house.paper.trouble.clear();
  await house.advance(2 * hour);
}

async function moveToSecret(): Promise<void> {
  await house.say('sue', 'move 1 secret');
  await house.say('sue', 'set 1 subject="Insider attack"');
}

const everything = () => JSON.stringify(house.paper.notes.filter(({ where }) => where !== 'sue'));

test('what waited while a platform was away is not told to people who lost access to the ticket meanwhile', async () => {
  await away(async () => {
    await house.say('rita', 'reply 1 please hurry');
    await house.say('ada', 'admincc 1 @ada');
    await house.say('sue', 'comment 1 we know who it was');
    await moveToSecret();
  });
  for (const person of ['bo', 'ada', 'rita']) expect(house.paper.read(person)).toEqual([]);
  expect(everything()).not.toMatch(/Insider attack|we know who/);
});

test('who lost the comments is told no more than that, and nothing where nothing is left', async () => {
  await house.say('ada', 'admincc 1 @ada');
  await away(async () => {
    await house.say('sue', 'comment 1 only for staff');
    await house.store.pool.query(
      `delete from group_members where person_id = (select id from people where name = 'ada')`,
    );
    forgetPeople(house.store);
    await house.say('sue', 'cc 1 @ada');
    await house.say('sue', 'reply 1 for everybody');
  });
  expect(house.paper.read('ada')).toEqual([expect.stringContaining('for everybody')]);
});

test('a reminder rings neither for somebody nor in a place that lost access to the ticket while it waited', async () => {
  await house.say('ada', 'remind me 1 1h call Rita');
  await house.say('alex', 'feed help here anyway');
  await house.say('ada', 'remind here 1 1h call Rita from here');
  await house.quiet();
  await away(async () => {
    await house.advance(hour);
    await moveToSecret();
  });
  expect(house.paper.read('ada')).toEqual([]);
  expect(everything()).not.toMatch(/Insider attack|call Rita/);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { Undeliverable } from '../../connectors/connector.ts';
import { text } from '../../src/ticket/text.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let answer = () => {};
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => {
  answer();
  return house.close();
});

/** From now on what is posted stands there, but nobody is told as what. */
function hold(): void {
  house.paper.answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
}

/** Resolves when something stands in a place. */
const stands = (where: string) => expect.poll(() => house.paper.read(where)).not.toEqual([]);

async function say(who: string, channel: string, words: string, about: { thread?: string; mentionsBot?: boolean }) {
  const { thread = null, mentionsBot = false } = about;
  const message = `said ${house.paper.said.size}`;
  house.paper.said.add(message);
  const received = await house.door.receive({
    ...{ kind: 'message', message, event: message, at: house.desk.now(), text: text(words), files: [] },
    ...{ mentionsBot, replyTo: null, sender: { id: who, name: who }, answerTo: {} },
    where: { platform: 'slack', workspace: 'T1', channel, thread, direct: false },
  });
  return { message, received };
}

test('a change while a card is being posted shows on it', async () => {
  hold();
  await say('ada', 'lobby', 'new in noc Fan is loud', { mentionsBot: true });
  await stands('lobby');
  await house.say('ada', 'p90 1');
  await house.say('ada', 'take 1');
  await expect.poll(announced).toBe(true);
  answer();
  await house.quiet();
  expect(house.paper.read('lobby')).toContain('card 1 p90');
});

test('a ticket that moves out of sight while its card is being posted does not stay in sight', async () => {
  hold();
  await house.say('ada', 'new in noc Fan is loud');
  await stands('noc');
  await house.say('ada', 'move 1 secret');
  await expect.poll(announced).toBe(true);
  answer();
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['This ticket is not shown here any more.']);
  expect(house.paper.read('wall')).toEqual(['This ticket is not shown here any more.']);
});

test('what waits to be told of a ticket is not told any more where the ticket is out of sight by then', async () => {
  for (const line of ['new in noc Fan is loud', 'new in noc Door is loud']) await house.say('ada', line);
  await house.quiet();
  house.paper.trouble.set('noc', () => new Undeliverable('not in the channel'));
  await house.say('ada', 'comment 1 The password is on the fan');
  await house.say('ada', 'comment 2 The password is on the door');
  await house.quiet();
  await house.say('ada', 'merge 2 into 1');
  await house.say('ada', 'new in noc Lamp is dim');
  await house.quiet();
  await house.say('ada', 'move 1 secret');
  await house.say('ada', 'move 3 secret');
  await house.quiet();
  house.paper.trouble.clear();
  await house.advance(3_600_000);
  const gone = 'This ticket is not shown here any more.';
  expect(house.paper.read('noc')).toEqual([gone, gone]);
});

test('the card of a ticket that was merged goes out of sight with the ticket that it was merged into', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  await house.say('ada', 'new in noc Fan is very loud');
  await house.quiet();
  await house.say('ada', 'merge 2 into 1');
  await house.say('ada', 'move 1 secret');
  await house.quiet();
  expect(house.paper.notes.filter(({ view }) => view.view === 'card')).toEqual([]);
});

test('what is said below a card that is being posted is said of its ticket', async () => {
  hold();
  await house.say('ada', 'new in noc Fan is loud');
  await stands('noc');
  const thread = house.paper.notes.find(({ where }) => where === 'noc')?.id ?? '';
  expect((await say('ada', 'noc', 'It rattles', { thread })).received).toBe('kept');
  expect((await say('ada', 'noc', 'take', { thread })).received).toBe('kept');
  expect((await say('ada', 'noc', 'Lunch?', { thread: 'another' })).received).toBe('kept');
  answer();
  await house.quiet();
  const { rows } = await house.store.pool.query(`select type from transactions order by id`);
  expect(rows.map(({ type }) => type)).toEqual(['create', 'comment', 'owner', 'status']);
  expect((await say('ada', 'noc', 'Lunch?', { thread: 'another' })).received).toBe('ignored');
});

test('it is also where something else in the channel is held up', async () => {
  await house.say('ada', 'new in secret Lamp is dim');
  await house.quiet();
  await house.store.pool.query(`
    with thread as (
      insert into places (platform, workspace, channel, thread, direct) values ('slack', 'T1', 'noc', 'old', false)
      returning id
    )
    insert into deliveries (ticket_id, transaction_id, place_id, part, urgency, audience, attempts, again)
    select 1, 1, id, 'line', 20, 'staff', 1, '2100-01-01' from thread`);
  hold();
  await house.say('ada', 'new in noc Fan is loud');
  await stands('noc');
  const thread = house.paper.notes.find(({ where }) => where === 'noc')?.id ?? '';
  expect((await say('ada', 'noc', 'It rattles', { thread })).received).toBe('kept');
});

/** Whether all that was done has been announced. */
async function announced(): Promise<boolean> {
  const { rows } = await house.store.pool.query('select from unannounced');
  return rows.length === 0;
}

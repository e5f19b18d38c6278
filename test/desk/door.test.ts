import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../jobs/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.say('rita', 'new in noc Beamer is dim');
  await house.say('ada', 'new in secret Keys are lost');
  await house.say('ada', 'new in noc Fan is loud');
  await house.say('ada', 'comment 1 lamp-is-old');
  await house.say('ada', 'next 1 order-a-lamp');
  await house.say('ada', 'take 3');
});
afterAll(() => house.close());

const who = (id: string) => ({ platform: 'slack', workspace: 'T1', sender: { id, name: id } });
const channel = (name: string, direct = false) => ({
  platform: 'slack',
  workspace: 'T1',
  channel: name,
  thread: null,
  direct,
});
const numbers = (list: { rows: readonly { ticket: number }[] } | null) =>
  list?.rows.map(({ ticket }) => ticket) ?? null;

test('home shows an operator their own tickets and those that nobody owns', async () => {
  const { mine, unowned } = await house.door.home(who('ada'));
  expect([numbers(mine), numbers(unowned)]).toEqual([
    [2, 3],
    [1, 2],
  ]);
});

test('home shows a requestor what they asked for, and no list of what nobody owns', async () => {
  const { mine, unowned, reminders } = await house.door.home(who('rita'));
  expect([numbers(mine), numbers(unowned), reminders]).toEqual([[1], null, []]);
});

test('home shows reminders, the next first, with their buttons, until they are done', async () => {
  await house.say('ada', 'remind me 1 2d order it');
  await house.say('ada', 'remind me 3 1h');
  await house.say('alex', 'remind @ada 3 3h from Alex');
  const { reminders } = await house.door.home(who('ada'));
  expect(reminders.map(({ ticket }) => ticket)).toEqual([3, 3, 1]);
  expect(reminders[0]?.buttons[0]?.command).toBe('done 3 reminder 1');
  await house.say('ada', 'done 3 reminder 1');
  expect((await house.door.home(who('ada'))).reminders).toHaveLength(2);
  await house.say('ada', 'new in noc Fan is still loud');
  await house.say('ada', 'remind me 4 5d');
  await house.say('ada', 'merge 4 into 3');
  expect((await house.door.home(who('ada'))).reminders.map(({ ticket }) => ticket)).toEqual([3, 1, 3]);
});

test('a card that is shown for a link holds what all who read there may see', async () => {
  const inLobby = await house.door.card(who('ada'), channel('lobby'), 1);
  expect(inLobby?.subject).toBe('Beamer is dim');
  expect(JSON.stringify(inLobby)).not.toContain('order-a-lamp');
  expect(JSON.stringify(await house.door.card(who('ada'), channel('noc'), 1))).toContain('order-a-lamp');
  expect(JSON.stringify(await house.door.card(who('ada'), channel('D1', true), 1))).toContain('order-a-lamp');
});

test('no card is shown of a ticket that there is not, or that is not theirs to see', async () => {
  expect(await house.door.card(who('ada'), channel('lobby'), 999)).toBeNull();
  expect(await house.door.card(who('rita'), channel('lobby'), 3)).toBeNull();
  expect(await house.door.card(who('ada'), channel('lobby'), 2)).toBeNull();
  expect(await house.door.card(who('ada'), channel('noc'), 2)).toBeNull();
  expect((await house.door.card(who('ada'), channel('D1', true), 2))?.ticket).toBe(2);
});

test('from another workspace, nobody sees, completes or works a ticket, unless the configuration joins them', async () => {
  const stranger = { ...who('ada'), workspace: 'T2' };
  expect([...(await house.door.rightsOn(stranger, 1))]).toEqual([]);
  expect(await house.door.complete(stranger, 'take 1')).toEqual([]);
  expect(await house.door.card(stranger, { ...channel('D9', true), workspace: 'T2' }, 1)).toBeNull();
  const before = house.paper.answers.length;
  for (const line of ['take 1', 'resolve 1', 'show 1', 'new in secret Who is there?'])
    await house.say('ada', line, 'T2');
  const told = house.paper.answers.slice(before).map(({ views }) => JSON.stringify(views));
  expect(told.map((words) => /no ticket #1 |no queue/.test(words))).toEqual([true, true, true, true]);
  expect((await house.store.load([1])).get(1)).toMatchObject({ owner: null, status: 'new' });
});

test('a queue can be for the people of one workspace, and those who work there', async () => {
  await house.say('max', 'new in partner Our link is down', 'T2');
  const [mine] = (await house.door.home({ ...who('max'), workspace: 'T2' })).mine.rows;
  expect(mine?.queue).toBe('partner');
  const id = mine?.ticket ?? 0;
  expect([...(await house.door.rightsOn(who('ada'), id))]).toContain('OwnTicket');
  expect([...(await house.door.rightsOn(who('rita'), id))]).toEqual([]);
  const before = house.paper.answers.length;
  await house.say('rita', 'new in partner Me too');
  expect(JSON.stringify(house.paper.answers[before])).toContain('There is no queue');
});

test('a ticket is offered by words of its subject to those who may see it', async () => {
  const offered = async (id: string) => (await house.door.complete(who(id), 'take dim beam')).map(({ text }) => text);
  expect([await offered('ada'), await offered('rita'), await offered('max')]).toEqual([['take 1 '], ['take 1 '], []]);
  expect(await house.door.complete(who('rita'), 'take keys')).toEqual([]);
});

test('texts that are often written are offered to those who work in the queue', async () => {
  const offered = (id: string, line: string) => house.door.complete(who(id), line);
  expect(await offered('ada', 'reply 1 tha')).toEqual([
    { text: 'reply 1 Thank you, we look at it.', label: 'thanks', detail: 'Thank you, we look at it.' },
  ]);
  expect(await offered('ada', 'reply 2 ')).toEqual([]);
  expect(await offered('rita', 'reply 1 ')).toEqual([]);
  expect(await offered('max', 'reply 1 ')).toEqual([]);
});

test('whoever asks for a ticket for somebody gets the form with them in it', async () => {
  await house.say('ada', 'new in noc for <@rita>');
  const { form } = house.paper.answers.at(-1) ?? {};
  expect(form?.command).toBe('new');
  expect(form?.inputs.map(({ name, value }) => [name, value])).toEqual([
    ['subject', ''],
    ['body', ''],
    ['queue', 'noc'],
    ['priority', ''],
    ['requestor', '<@rita>'],
  ]);
});

test('the bytes of an attachment are to be had by its id, and none for what is none', async () => {
  expect(await house.door.file('no such file')).toBeNull();
});

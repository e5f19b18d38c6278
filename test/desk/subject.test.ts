import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContentHouse, openContentHouse } from './content-house.ts';

let house: ContentHouse;
beforeAll(async () => {
  house = await openContentHouse();
});
afterAll(() => house.close());

async function newest(): Promise<{ id: number; subject: string }> {
  const { rows } = await house.store.pool.query('select id, subject from tickets order by id desc limit 1');
  return { id: Number(rows[0]?.id), subject: String(rows[0]?.subject) };
}

/** Everything that stands on the platform now, and what somebody is shown of a ticket. */
async function shown(who: string, ticket: number): Promise<string> {
  const views: unknown[] = house.paper.notes.map(({ view }) => view);
  for (const line of [`show ${ticket}`, `history ${ticket}`, 'mine', 'find hunter2']) {
    await house.say(who, line);
    views.push(house.paper.answers.at(-1)?.views);
  }
  return JSON.stringify(views).replaceAll('Tickets: hunter2', '').replaceAll('find hunter2', '');
}

test('a subject taken from a message follows its edits and its deletion', async () => {
  const message = await house.message('rita', 'password hunter2 does not work');
  const { id } = await newest();
  await house.edit('rita', message, 'my password does not work');
  expect((await newest()).subject).toBe('my password does not work');
  expect(await shown('rita', id)).not.toContain('password hunter2');
  await house.remove('rita', message);
  expect((await newest()).subject).toBe('Deleted message');
  expect(await shown('rita', id)).not.toContain('my password');
});

test('a subject that a person has set stays', async () => {
  const message = await house.message('rita', 'no sound');
  const { id } = await newest();
  await house.say('ada', `set ${id} subject="No sound in room 5"`);
  await house.edit('rita', message, 'no sound at all');
  expect((await newest()).subject).toBe('No sound in room 5');
});

test('a subject that was given in a message that opened a ticket by command follows that command', async () => {
  const said = await house.message('ada', '#new in help Fna is loud : since monday', { channel: 'noc' });
  await house.edit('ada', said, '#new in help Fan is loud : since tuesday', { channel: 'noc' });
  expect((await newest()).subject).toBe('Fan is loud');
  await house.say('ada', `show ${(await newest()).id}`);
  const card = JSON.stringify(house.paper.answers.at(-1)?.views);
  expect(card).toContain('since tuesday');
  expect(card).not.toContain('#new');
  const mentioned = await house.message('ada', 'new in help Lamp broken', { channel: 'noc', mentionsBot: true });
  await house.edit('ada', mentioned, 'new in help Lamp is broken', { channel: 'noc' });
  expect((await newest()).subject).toBe('Lamp is broken');
});

test('the files of a message without words keep naming its ticket', async () => {
  const message = await house.message('rita', 'see this', { files: [await house.file('screen.png')] });
  await house.edit('rita', message, '');
  expect((await newest()).subject).toBe('screen.png');
});

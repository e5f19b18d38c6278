import { afterAll, beforeAll, expect, test } from 'vitest';
import { history } from '../../src/store/history.ts';
import { type ContentHouse, openContentHouse } from './content-house.ts';

let house: ContentHouse;
beforeAll(async () => {
  house = await openContentHouse();
});
afterAll(() => house.close());

/** What is recorded of a ticket's texts: the kind, the words and the names of the files. */
async function recorded(ticket: number) {
  const { transactions } = await history(house.store, ticket, { staff: true, page: 1, size: 100 });
  return transactions.flatMap(({ change }) =>
    change.type === 'reply' || change.type === 'comment'
      ? [`${change.type}: ${change.attachments.map(({ name }) => name).join()}`]
      : [],
  );
}

const ticketOf = async (): Promise<number> => {
  const { rows } = await house.store.pool.query('select max(id) as id from tickets');
  return Number(rows[0]?.id);
};

test("a file without words in a ticket's thread is recorded as words would be", async () => {
  const root = await house.message('rita', 'My screen is black');
  const ticket = await ticketOf();
  await house.message('rita', '', { thread: root, files: [await house.file('screen.png')] });
  expect(house.lastAnswer().mark).toBe('✅');
  await house.message('ada', '', { thread: root, files: [await house.file('fixed.png')] });
  const card = house.paper.notes.find(({ where, view }) => where === 'noc' && view.view === 'card');
  await house.message('ada', '', { channel: 'noc', thread: card?.id ?? '', files: [await house.file('log.txt')] });
  expect(house.lastAnswer().mark).toBe('🔒');
  expect(await recorded(ticket)).toEqual(['reply: screen.png', 'reply: fixed.png', 'comment: log.txt']);
});

test('a message in a thread that holds nothing Docket can read is answered with ❓ and a reason', async () => {
  const root = await house.message('rita', 'No wifi');
  await house.message('rita', '', { thread: root });
  expect(house.lastAnswer()).toMatchObject({ mark: '❓', words: expect.stringContaining('cannot read') });
  const gone = { name: 'gone.txt', type: 'text/plain', size: 1_000_000_000, attachment: null, ref: 'gone' };
  await house.message('rita', '', { thread: root, files: [gone] });
  expect(house.lastAnswer()).toMatchObject({ mark: '❓', words: expect.stringContaining('gone.txt') });
});

test.each([
  ['a number alone', (ticket: number) => `#${ticket}`, 'comment: trace.txt'],
  ['a command that writes nothing', (ticket: number) => `#${ticket} !take`, 'comment: trace.txt'],
  ['a resolution', (ticket: number) => `#${ticket} !resolve see the trace`, 'comment: trace.txt'],
  ['words', (ticket: number) => `#${ticket} see the trace`, 'comment: trace.txt'],
])('a file beside %s is recorded on the ticket', async (_, line, expected) => {
  await house.message('rita', 'Slow network');
  const ticket = await ticketOf();
  await house.message('ada', line(ticket), { channel: 'noc', files: [await house.file('trace.txt')] });
  expect(await recorded(ticket)).toContain(expected);
});

test('a file beside a command that opens a ticket comes with the ticket', async () => {
  for (const [text, mentionsBot] of [
    ['#new in help Fan is loud', false],
    ['new in help Fan is loud', true],
  ] as const) {
    await house.message('ada', text, { channel: 'noc', mentionsBot, files: [await house.file('fan.txt')] });
    const { transactions } = await history(house.store, await ticketOf(), { staff: true, page: 1, size: 1 });
    expect(transactions[0]?.change).toMatchObject({ subject: 'Fan is loud', attachments: [{ name: 'fan.txt' }] });
  }
});

test('a file in a direct conversation that names no ticket is not dropped silently', async () => {
  for (const text of ['', 'mine']) {
    await house.message('ada', text, { channel: 'ada', direct: true, files: [await house.file('lost.txt')] });
    expect(house.lastAnswer()).toMatchObject({ mark: '❓', words: expect.stringContaining('not kept') });
  }
});

test('an edited command keeps the file that was recorded beside it', async () => {
  await house.message('rita', 'Slow printer');
  const ticket = await ticketOf();
  const said = await house.message('ada', `#${ticket} !take`, {
    channel: 'noc',
    files: [await house.file('trace.txt')],
  });
  await house.edit('ada', said, `#${ticket} !resolve`, { channel: 'noc' });
  const { transactions } = await history(house.store, ticket, { staff: true, page: 1, size: 100 });
  expect(transactions.at(-1)?.change).toMatchObject({ type: 'amend', text: [] });
});

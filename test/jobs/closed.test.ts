import { afterEach, beforeEach, expect, test } from 'vitest';
import { Closed, Undeliverable } from '../../connectors/connector.ts';
import { type House, openHouse } from './house.ts';

const hour = 3_600_000;
const why = 'Your direct messages are closed to Docket, so that it says this here. Open them.';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.say('rita', 'new in noc Fan is loud');
});
afterEach(() => house.close());

const close = (...people: string[]) => {
  for (const person of people) house.paper.trouble.set(person, () => new Closed('Open them.'));
};
/** What was said in the feed to somebody who cannot be written to. */
const calls = (where: string) =>
  house.paper.notes.flatMap(({ view, ...note }) => {
    if (note.where !== where || view.view !== 'line' || view.calls === undefined) return [];
    return [{ ...note, ...view }];
  });

async function remind(line: string): Promise<void> {
  await house.say('ada', line);
  await house.advance(2 * hour);
}

test('a reminder for somebody whose direct messages are closed calls them under the card, with its words and its buttons', async () => {
  close('ada');
  await remind('remind me 1 1h call the vendor');
  const [called, ...others] = calls('noc');
  expect(others).toEqual([]);
  expect(house.paper.read('wall').join()).not.toContain('Reminder');
  expect(house.paper.notes.find(({ id }) => id === called?.thread)?.view.view).toBe('card');
  expect(called?.buttons[0]?.command).toBe('done 1 reminder 1');
  expect(house.paper.read('noc').at(-1)).toBe(`line ⏰ Reminder · #1 Fan is loud: Ada Okafor\ncall the vendor\n${why}`);
  expect(called?.calls).toHaveLength(1);
  expect(house.paper.read('alex')).toEqual([]);
});

test('why it is said there is said once, and again only when it was open in between', async () => {
  const told = () => calls('noc').map((each) => JSON.stringify(each.body).includes('direct messages are closed'));
  close('ada');
  await remind('remind me 1 1h one');
  await remind('remind me 1 1h two');
  expect(told()).toEqual([true, false]);
  house.paper.trouble.clear();
  await remind('remind me 1 1h three');
  expect(house.paper.read('ada')).toEqual(['line ⏰ Reminder · #1 Fan is loud: three']);
  close('ada');
  await remind('remind me 1 1h four');
  expect(told()).toEqual([true, false, true]);
});

test('where it stands is where the ticket is answered', async () => {
  close('ada');
  await remind('remind me 1 1h');
  const [called] = calls('noc');
  const found = await house.store.pool.query('select ticket_id from messages where message = $1', [called?.id]);
  expect(found.rows).toEqual([{ ticket_id: 1 }]);
});

test('a requestor is not called in a feed for staff, nor are they told of there: it waits, and the administrators hear why', async () => {
  close('rita');
  await house.say('ada', 'reply 1 Which fan?');
  await house.quiet();
  expect([...calls('noc'), ...calls('wall')]).toEqual([]);
  expect(house.paper.read('alex')).toEqual([expect.stringContaining('they take no direct messages from Docket')]);
  house.paper.trouble.clear();
  await house.advance(hour);
  expect(house.paper.read('rita')).toEqual([expect.stringContaining('Which fan?')]);
});

test('in a feed that requestors read, they are called without a word of what it is', async () => {
  await house.say('alex', 'feed noc here anyway');
  await house.say('rita', 'new in noc Lamp is dim');
  await house.quiet();
  close('rita', 'ada');
  await house.say('ada', 'reply 2 Which lamp?');
  await house.quiet();
  expect(calls('lobby').map(({ body }) => JSON.stringify(body))).toEqual([
    expect.stringMatching(/Rita Gomez.*direct messages are closed/),
  ]);
  // The feed has it anyhow, as everybody there may read it, and once.
  expect(house.paper.read('lobby').filter((line) => line.includes('Which lamp?'))).toHaveLength(1);
});

test('the words of a reminder stay out of a feed that requestors read', async () => {
  await house.say('alex', 'feed partner here anyway');
  await house.say('ada', 'new in partner Lamp is dim');
  await house.quiet();
  close('ada');
  await remind('remind me 2 1h lawyers-said-no');
  expect(calls('lobby')).toHaveLength(1);
  expect(JSON.stringify(house.paper.notes)).not.toContain('lawyers-said-no');
});

test('nobody is called in a feed that requestors read for what only staff may know of', async () => {
  await house.say('alex', 'feed partner here anyway');
  await house.say('ada', 'new in partner Lamp is dim');
  await house.say('ada', 'take 2');
  await house.quiet();
  close('ada');
  await house.say('alex', 'comment 2 the lawyers said no');
  await house.quiet();
  expect(calls('lobby')).toEqual([]);
  house.paper.trouble.clear();
  await house.advance(hour);
  expect(house.paper.read('ada')).toEqual([expect.stringContaining('the lawyers said no')]);
});

test('what was edited is edited where it was told, and nobody is called for it where that is closed by now', async () => {
  const text = (words: string) => [{ block: 'paragraph', inlines: [words] }] as const;
  const base = (event: string) => ({
    ...{ event, at: house.desk.now(), sender: { id: 'rita', name: 'rita' }, answerTo: {}, message: 'said1' },
    where: { platform: 'slack', workspace: 'T1', channel: 'rita', thread: null, direct: true },
  });
  const { rows } = await house.store.pool.query(`select id from people where name = 'ada'`);
  // The second way to Ada. It knows nothing of what she was told by the first.
  await house.store.pool.query(
    `insert into identities (platform, workspace, platform_id, name, person_id, source) values ('discord', '1000', 'ada9', 'Ada', $1, 'config')`,
    [rows[0].id],
  );
  await house.say('ada', 'take 1');
  await house.quiet();
  await house.door.receive({
    ...base('e-said'),
    kind: 'message',
    text: text('#1 it smels'),
    mentionsBot: false,
    replyTo: null,
    files: [],
  });
  await house.workshop.idle();
  await house.quiet();
  expect(house.paper.read('ada').at(-1)).toContain('it smels');
  close('ada');
  await house.door.receive({ ...base('e-edit'), kind: 'edit', text: text('#1 it smells') });
  await house.workshop.idle();
  await house.quiet();
  expect(calls('noc')).toEqual([]);
  expect(house.discord.tries).toBe(0);
});

test('where the feed cannot be told either, it waits for whichever opens first', async () => {
  close('ada');
  for (const feed of ['noc', 'wall']) house.paper.trouble.set(feed, () => new Undeliverable('archived'));
  await remind('remind me 1 1h call the vendor');
  expect(calls('noc')).toEqual([]);
  house.paper.trouble.delete('noc');
  await house.advance(2 * hour);
  await house.advance(2 * hour);
  expect(calls('noc')).toHaveLength(1);
  expect(house.paper.read('ada')).toEqual([]);
});

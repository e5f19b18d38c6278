import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../src/ticket/limits.ts';
import { answer, cardShows, command, eventually, isMarked, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const note = (size = 10) => [{ name: 'trace.log', content: 'x'.repeat(size) }];

test('what is written with a file that is gone by then is taken up, and its writer is told of the file', async () => {
  const { ada, slack } = world;
  const ticket = await open(ada, 'in noc Where is the trace');
  slack.failFiles(404);
  const told = await answer(ada, () => ada.say('noc', `#${ticket} here-it-is`, { files: note() }));
  expect(told.text).toMatch(/trace\.log could not be fetched/);
  expect((await command(ada, `history ${ticket}`)).text).toContain('here-it-is');
});

test('a file that is too large is not kept, and what is written with it is', async () => {
  const { ada } = world;
  const ticket = await open(ada, 'in noc Whole disk');
  const told = await answer(ada, () => ada.say('noc', `#${ticket} all-of-it`, { files: note(limits.file + 1) }));
  expect(told.text).toMatch(/trace\.log was not kept.*50 MB/);
  expect((await command(ada, `history ${ticket}`)).text).toContain('all-of-it');
});

test('a file that Slack has a moment later is kept', async () => {
  const { ada, slack } = world;
  const ticket = await open(ada, 'in noc Slow files');
  slack.failFiles(500, 2);
  const said = await ada.say('noc', `#${ticket} patience`, { files: note() });
  await isMarked(ada, said, '🔒');
  const history = await command(ada, `history ${ticket}`);
  expect(history.text).toMatch(/patience[\s\S]*trace\.log/);
});

test('of a message that is nothing but a file that is gone, a ticket is made all the same', async () => {
  const { ada, rob, slack } = world;
  const said = await rob.say('lobby', '', { files: note() });
  slack.failFiles(404);
  await ada.react(said, '🎫');
  const card = await eventually(ada, async () => {
    const found = (await ada.cards('lobby')).find(({ root }) => root?.id === said.id);
    if (found?.card == null) throw new Error('there is no ticket');
    return found.card;
  });
  await cardShows(ada, 'lobby', card.ticket, { subject: 'trace.log' });
});

test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
  'a line whose files Slack asks to wait with (%s) is told once, and its files come',
  async (method) => {
    const { ada, slack, quiet } = world;
    const ticket = await open(ada, 'in noc Slow uploads');
    await quiet();
    slack.askToWait(method, 1);
    await ada.say('lobby', `#${ticket} with-a-file-${method}`, { files: note() });
    const shared = () => slack.posted('C0NOC').filter(({ files }) => files.length > 0).length;
    const before = shared();
    await expect.poll(shared).toBe(before + 1);
    await quiet();
    const told = slack.posted('C0NOC').filter(({ text }) => text.includes(`with-a-file-${method}`));
    expect(told).toHaveLength(1);
  },
);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, cardOf, cardShows, command, eventually, linesUnder, open, press } from '../conformance/acts.ts';
import type { Message } from '../conformance/user.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

test('an agent in Slack and a requestor in the console hold one conversation, and a comment stays with staff', async () => {
  const { ada, rita, slack, quiet } = world;
  const asked = await rita.say('helpdesk', '#new in noc The line is down');
  const card = await eventually(ada, async () => {
    const found = (await ada.cards('noc')).find((each) => each.card?.subject === 'The line is down');
    if (!found) throw new Error('Slack has no card');
    return found;
  });
  const ticket = card.card?.ticket ?? 0;
  const seesHer = (words: string | RegExp) =>
    eventually(rita, async () => expect((await rita.thread(asked)).map(({ text }) => text).join('\n')).toMatch(words));
  const seesHim = (words: string | RegExp) =>
    eventually(ada, async () => expect((await linesUnder(ada, 'noc', ticket)).join('\n')).toMatch(words));

  await ada.say('noc', `#${ticket} !reply Which line is it?`);
  await seesHer('Which line is it?');

  const said = await rita.say('helpdesk', 'The red one', { thread: asked });
  await seesHim('The red one');
  await rita.edit(said, 'The blue one');
  await seesHim('The blue one');
  expect((await linesUnder(ada, 'noc', ticket)).join()).not.toContain('The red one');

  await rita.say('helpdesk', 'A picture of it', { thread: asked, files: [{ name: 'line.txt', content: 'snapped' }] });
  await eventually(ada, () =>
    expect([...slack.workspace.files.values()].map(({ name }) => name)).toContain('line.txt'),
  );
  const [file] = [...slack.workspace.files.values()].filter(({ name }) => name === 'line.txt');
  expect(file?.content.toString()).toBe('snapped');

  await ada.say('noc', 'she is-hard-to-please', { thread: card });
  await ada.say('noc', `#${ticket} !reply See here`, { files: [{ name: 'howto.txt', content: 'plug it in' }] });
  const told = await eventually(rita, async () => {
    const found = (await rita.thread(asked)).find(({ files }) => files.includes('howto.txt'));
    if (!found) throw new Error('the console has no file');
    return found;
  });
  expect(await rita.download(told, 'howto.txt')).toBe('plug it in');

  await press(ada, 'noc', ticket, 'Resolve');
  await seesHer('resolved');
  await cardShows(ada, 'noc', ticket, { status: 'resolved' });
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).toContain('is-hard-to-please');
  await command(rita, `history ${ticket}`);
  expect(rita.received()).not.toContain('is-hard-to-please');
  expect(slack.violations).toEqual([]);
});

const nasty = 'Look <!channel> <@U0BO> &lt;b&gt; *bold* `code` @here :fire: <#C0NOC>';

test('signs of Slack’s in a subject come out as they were typed, call nobody, and come back from an edit unchanged', async () => {
  const { ada, slack, quiet } = world;
  const before = slack.pings().length;
  const ticket = await open(ada, `in noc ${nasty}`);
  await cardShows(ada, 'noc', ticket, { subject: nasty });
  await ada.slash('noc', `next ${ticket} ${nasty}`);
  await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ 'Next action': nasty }) });
  const form = await asked(ada, () => press(ada, 'noc', ticket, 'Next action…'));
  expect(form.inputs[0]?.value).toBe(nasty);
  await ada.submit(form, {});
  await quiet();
  await cardShows(ada, 'noc', ticket, { subject: nasty, facts: expect.objectContaining({ 'Next action': nasty }) });
  expect(slack.pings().length).toBe(before);
});

test('presses that come late, by the wrong person, or for what is not theirs, are worked or refused privately', async () => {
  const { ada, bo, rob, slack, quiet } = world;
  const into = await open(ada, 'in noc Stays');
  const gone = await open(ada, 'in noc Merged away');
  const old: Message = await eventually(ada, () => cardOf(ada, 'noc', gone));
  await command(ada, `merge ${gone} into ${into}`);
  await ada.press(old, 'Take');
  await cardShows(bo, 'noc', into, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });

  await quiet();
  const news = slack.posted('C0NOC').length;
  const notices = rob.notices().length;
  slack.invite('C0NOC', 'U0ROB');
  const there = await eventually(rob, () => cardOf(rob, 'noc', into));
  await rob.press(there, 'Release');
  await eventually(rob, () => expect(rob.notices().length).toBe(notices + 1));
  expect(rob.notices().at(-1)?.text).toMatch(/There is no ticket|may not|right/);
  await quiet();
  expect(slack.posted('C0NOC').length).toBe(news);
  await cardShows(bo, 'noc', into, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
});

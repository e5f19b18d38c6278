import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, command, eventually, isMarked, isTold, linesUnder, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

test('where Slack limits a channel it is told at Slack’s pace, each line once and in order, and no other channel waits', async () => {
  const { ada, sue, slack, quiet } = world;
  const slow = await open(ada, 'in noc Much to say');
  const quick = await open(sue, 'in security Little to say');
  await eventually(ada, () => cardOf(ada, 'noc', slow));
  await quiet();
  slack.limitRates();
  const words = Array.from({ length: 8 }, (_, nth) => `slow-line-${nth}`);
  for (const line of words) await ada.slash('lobby', `comment ${slow} ${line}`);
  await command(sue, `comment ${quick} quick-line`);
  await isTold(sue, 'security', quick, 'quick-line');
  expect((await linesUnder(ada, 'noc', slow)).length).toBeLessThan(words.length);
  // One a second, and each is asked to wait before.
  await expect.poll(() => linesUnder(ada, 'noc', slow), { timeout: 50_000 }).toHaveLength(words.length);
  await quiet();
  expect((await linesUnder(ada, 'noc', slow)).map((text) => text.split('\n').at(-1))).toEqual(words);

  const posts = slack.calls.filter(({ method, arguments: { channel } }) =>
    method === 'chat.postMessage' ? channel === 'C0NOC' : false,
  );
  const limited = posts.filter(({ answer }) => answer['error'] === 'ratelimited');
  expect(limited.length).toBeGreaterThan(0);
  for (const each of limited) {
    const next = posts[posts.indexOf(each) + 1];
    expect((next?.at ?? 0) - each.at).toBeGreaterThanOrEqual(1_000);
  }
});

test('a mark and a private word come all the same where Slack asks to wait with them', async () => {
  const { ada, slack } = world;
  const ticket = await open(ada, 'in noc Patience');
  slack.askToWait('reactions.add', 1);
  const said = await ada.say('noc', `#${ticket} a-quiet-word`);
  await isMarked(ada, said, '🔒');
  slack.askToWait('chat.postEphemeral', 1);
  await ada.say('noc', '#777777 nothing there');
  await eventually(ada, () => expect(ada.notices().at(-1)?.text).toContain('There is no ticket'));
});

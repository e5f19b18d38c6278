import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardShows, command, eventually, isTold, linesUnder, press } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { slackPlatform } from '../conformance/slack.ts';
import type { User } from '../conformance/user.ts';
import { openTogether, type World } from './world.ts';

let world: World;
let rita: User;
let ada: User;
let bo: User;
/** Of the staff, in Discord. */
let sue: User;

beforeAll(async () => {
  world = await openTogether([discordPlatform, slackPlatform('socket'), consolePlatform]);
  [rita, sue, ada, bo] = await Promise.all([
    world.user(0, 'rita'),
    world.user(0, 'sue'),
    world.user(1, 'ada'),
    world.user(2, 'bo'),
  ]);
});
afterAll(() => world?.close());

test('a requestor in Discord, an operator in Slack and one at the console hold one conversation over one card', async () => {
  const staff = () => [ada, bo, sue];
  const asked = await rita.say('helpdesk', '#new in noc The line is down');
  const ticket = await eventually(ada, async () => {
    const found = (await ada.cards('noc')).find(({ card }) => card?.subject === 'The line is down');
    if (!found?.card) throw new Error('Slack has no card');
    return found.card.ticket;
  });
  const shown = async (card: object) => {
    for (const each of staff()) await cardShows(each, 'noc', ticket, card);
  };
  const staffHear = async (words: string) => {
    for (const each of staff()) await isTold(each, 'noc', ticket, words);
  };
  const ritaHears = (words: string) =>
    eventually(rita, async () => expect((await rita.thread(asked)).map(({ text }) => text).join('\n')).toMatch(words));

  await shown({ subject: 'The line is down', status: 'new', queue: 'noc' });
  await press(ada, 'noc', ticket, 'Take');
  await shown({ status: 'open', facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });

  await ada.say('noc', `#${ticket} !reply Which line is it?`);
  await ritaHears('Which line is it?');
  await staffHear('Which line is it?');

  const said = await rita.say('helpdesk', 'The red one', { thread: asked });
  await staffHear('The red one');
  await rita.edit(said, 'The blue one');
  await staffHear('The blue one');

  await command(bo, `comment ${ticket} she is-hard-to-please`, 'noc');
  await staffHear('is-hard-to-please');

  await rita.say('helpdesk', 'A picture of it', { thread: asked, files: [{ name: 'line.txt', content: 'snapped' }] });
  await staffHear('A picture of it');

  await command(bo, `resolve ${ticket}`, 'noc');
  await shown({ status: 'resolved' });
  await ritaHears('resolved');

  await world.quiet();
  await rita.slash('helpdesk', `history ${ticket}`);
  await world.quiet();
  expect(rita.received()).toContain('The line is down');
  expect(rita.received()).not.toContain('is-hard-to-please');
  for (const each of staff()) {
    const told = (await linesUnder(each, 'noc', ticket)).join('\n');
    for (const words of ['Which line is it?', 'The blue one', 'A picture of it', 'is-hard-to-please']) {
      expect(told.split(words)).toHaveLength(2);
    }
  }
});

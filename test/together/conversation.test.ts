import { afterAll, beforeAll, test } from 'vitest';
import { command } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { slackPlatform } from '../conformance/slack.ts';
import type { User } from '../conformance/user.ts';
import { holdConversation } from './conversation.ts';
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

test('a requestor in Discord, an operator in Slack and one at the console hold one conversation over one card', () =>
  holdConversation(world, rita, {
    ...{ all: [ada, bo, sue], takes: ada, replies: ada, resolves: bo },
    comment: (ticket) => command(bo, `comment ${ticket} she is-hard-to-please`, 'noc'),
  }));

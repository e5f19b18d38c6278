import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTold, linesUnder, open } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import { slackPlatform } from '../conformance/slack.ts';
import type { User } from '../conformance/user.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { holdConversation } from './conversation.ts';
import { openTogether, type World } from './world.ts';

onSynapse('one ticket in Matrix, Discord, Slack and at the console', (synapse) => {
  let world: World;
  let rita: User;
  let staff: readonly [User, User, User, User];
  let matrix: MatrixPlatform;
  beforeAll(async () => {
    matrix = matrixPlatform(synapse);
    world = await openTogether([matrix, discordPlatform, slackPlatform('socket'), consolePlatform]);
    rita = await world.user(0, 'rita');
    staff = [
      await world.user(0, 'sue'),
      await world.user(1, 'bo'),
      await world.user(2, 'ada'),
      await world.user(3, 'bo'),
    ];
  });
  afterAll(() => world?.close());

  test('is one conversation, with one card on each, live; a comment stays with staff', () => {
    const [sue, bo, , boAtConsole] = staff;
    return holdConversation(world, rita, {
      ...{ all: staff, takes: sue, replies: bo, resolves: boAtConsole },
      comment: (ticket) => sue.say('noc', `#${ticket} she is-hard-to-please`),
    });
  });

  test('whoever is mentioned on another platform is called in Matrix by a pill, and nobody else is', async () => {
    const [sue, bo, ada] = staff;
    const ticket = await open(ada, 'in noc The key is gone');
    await bo.say('noc', `#${ticket} ask @sue for the spare one, @room`);
    await isTold(sue, 'noc', ticket, 'for the spare one');
    const { people, rooms } = matrix.world();
    const client = people.get('sue');
    const line = client
      ?.timeline(rooms.get('noc') ?? '')
      .find(({ content }) => String(content['body']).includes('for the spare one'));
    expect(line?.content).toMatchObject({ msgtype: 'm.text', 'm.mentions': { user_ids: [client?.userId] } });
    expect(line?.content['formatted_body']).toContain(
      `ask <a href="https://matrix.to/#/${encodeURIComponent(client?.userId ?? '')}">Sue Tanaka</a> for`,
    );
    expect(await linesUnder(ada, 'noc', ticket)).toContainEqual(expect.stringContaining('Sue Tanaka'));
  });
});

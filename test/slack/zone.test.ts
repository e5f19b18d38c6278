import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, open } from '../conformance/acts.ts';
import { slackUser } from '../conformance/slack-client.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import { openWorld, type World } from './world.ts';

const kim = { id: 'U0KIM', name: 'kim', realName: 'Kim Sato', zone: 'Asia/Tokyo' };

let world: World;
beforeAll(async () => {
  world = await openWorld({ people: [...(workspace.people ?? []), kim] });
});
afterAll(() => world?.close());

test('a time that somebody types is meant in the zone that Slack tells of them', async () => {
  const { slack } = world;
  slack.invite('C0LOBBY', kim.id);
  const user = slackUser(slack, 'kim');
  const ticket = await open(user, 'in noc Order a chair');
  const set = await command(user, `remind me ${ticket} 2030-05-06 09:15`);
  expect(set.text).toContain('6 May 2030, 09:15');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, command, eventually } from '../conformance/acts.ts';
import { configuration } from '../conformance/configuration.ts';
import { slackPlatform } from '../conformance/slack.ts';
import { channelId, userId } from '../conformance/slack-workspace.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({}, { yaml: configuration(slackPlatform('socket')) });
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const client = (handle: string) => world.slack.client(userId(handle));
const files = [{ name: 'vpn.txt', content: 'error 809' }];

test('a message that is shared with a comment becomes a ticket with both, and its files', async () => {
  const { ada, bo } = world;
  const shares = await client('rob').say(channelId('lobby'), 'ERROR 809 since noon', { files });
  const said = await client('bo').say(channelId('helpdesk'), 'can somebody look at this?', { shares });
  const ticket = await eventually(ada, async () => {
    const made = (await bo.cards('helpdesk')).find(({ root }) => root?.id === said.ts);
    if (made?.card == null) throw new Error('no ticket was made');
    expect(made.card.subject).toBe('can somebody look at this?');
    return made.card.ticket;
  });
  expect((await command(ada, 'find 809')).text).toContain(`#${ticket}`);
  const history = await command(ada, `history ${ticket}`);
  expect(history.files).toEqual(['vpn.txt']);
  expect(await ada.download(history, 'vpn.txt')).toBe('error 809');
});

test("a message that is shared without a word in a ticket's thread is recorded", async () => {
  const { ada, bo, quiet } = world;
  const { ticket, message } = await ask(bo, 'Canteen is loud');
  const shares = await client('rob').say(channelId('lobby'), '#1 !resolve it was me');
  await client('bo').say(channelId('helpdesk'), '', { thread: message.id, shares });
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).toContain('#1 !resolve it was me');
});

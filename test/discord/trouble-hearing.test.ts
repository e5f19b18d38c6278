import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, open } from '../conformance/acts.ts';
import { channelId, guildId, userId } from '../conformance/discord-guild.ts';
import type { Client } from '../emulators/discord/client.ts';
import { newsOf, wordsOf } from './at-client.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let rita: Client;

beforeAll(async () => {
  world = await openWorld();
  rita = world.discord.client(userId('rita'));
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

/** What Docket has said to her directly, as soon as this is in it. */
const toldHer = (words: string) =>
  eventually(newsOf(rita), () => {
    const all = world.discord.posted(world.discord.world.direct(rita.user).id);
    const found = all.map((each) => wordsOf(world.discord, each)).find((each) => each.includes(words));
    if (found === undefined) throw new Error(`she was not told “${words}”`);
    return found;
  });

test('what is said while Discord’s API has trouble is taken up when that is over', async () => {
  world.discord.trouble({ status: 503, what: /^(GET .*\/members\/|POST \/users\/@me\/channels)/, times: 3 });
  rita.say('direct', 'new in helpdesk Said amid trouble');
  expect(await toldHer('Said amid trouble')).toContain('#');
});

test('a message that is taken back while it is still being worked leaves no words', async () => {
  const { discord, ada } = world;
  const number = await open(ada, 'in noc Taken back');
  await world.quiet();
  const bo = discord.client(userId('bo'));
  const release = await world.hold('tickets');
  const { id } = bo.say(channelId('noc'), `#${number} hasty-words`);
  await discord.told();
  bo.delete(channelId('noc'), id);
  await discord.told();
  await release();
  await world.quiet();
  await world.quiet();
  await ada.slash('noc', `history ${number}`);
  await world.quiet();
  const history = ada.notices().at(-1)?.text ?? '';
  expect(history).toContain('Taken back');
  expect(history).not.toContain('hasty-words');
});

test('what is forwarded from a ticket’s card is talk like any other, no reply to it', async () => {
  const { discord, ada } = world;
  const number = await open(ada, 'in noc Forwarded about');
  await world.quiet();
  const card = discord.posted(channelId('noc')).find((each) => wordsOf(discord, each).includes('Forwarded about'));
  discord.core.sessions.dispatch({
    type: 'MESSAGE_CREATE',
    intent: 0,
    data: {
      ...{ id: discord.world.ids.next(), channel_id: channelId('noc'), guild_id: guildId, content: 'a-forward' },
      ...{ author: { id: userId('bo'), username: 'bo' }, message_reference: { type: 1, message_id: card?.id } },
    },
  });
  await world.quiet();
  await ada.slash('noc', `history ${number}`);
  await world.quiet();
  expect(ada.notices().at(-1)?.text).not.toContain('a-forward');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, cardShows, command, eventually, isMarked, isTold, isToldDirectly, open } from '../conformance/acts.ts';
import { channelId, userId } from '../conformance/discord-guild.ts';
import { wordsOf } from './at-client.ts';
import { openWorld, type World } from './world.ts';

const why = 'Your direct messages are closed to Docket';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

test('somebody whose direct messages are closed is reminded by a mention under the card; why it is there is said once', async () => {
  const { ada, bo, discord, quiet } = world;
  const ticket = await open(ada, 'in noc Closed to you');
  const card = await cardShows(ada, 'noc', ticket, { subject: 'Closed to you' });
  discord.administrator.setDirectClosed(userId('ada'), true);
  for (const words of ['the-first', 'the-second']) {
    await command(ada, `remind me ${ticket} 1s ${words}`);
    await isTold(bo, 'noc', ticket, words);
  }
  await quiet();
  const said = discord.posted(card.id).filter((message) => wordsOf(discord, message).includes('Ada Okafor\nthe-'));
  expect(said.map(({ pings }) => pings)).toEqual([[userId('ada')], [userId('ada')]]);
  expect(said.map((message) => wordsOf(discord, message).includes(why))).toEqual([true, false]);
  expect(await ada.see('direct')).toEqual([]);

  discord.administrator.setDirectClosed(userId('ada'), false);
  await command(ada, `remind me ${ticket} 1s the-third`);
  await isToldDirectly(ada, 'the-third');
  expect(
    discord
      .posted(card.id)
      .map((message) => wordsOf(discord, message))
      .join(),
  ).not.toContain('the-third');
});

test('what is refused to somebody whose direct messages are closed is not said in the channel, only that there is something', async () => {
  const { sue, rob, discord, quiet } = world;
  const secret = await open(sue, 'in security Nobody is to know');
  discord.administrator.setDirectClosed(userId('rob'), true);
  discord.administrator.setDirectClosed(userId('sue'), true);
  const before = discord.posted(channelId('lobby')).length;
  const tried = await rob.say('lobby', `#${secret} !resolve`);
  await isMarked(rob, tried, '❓');
  await sue.say('lobby', `@docket ${secret}`);
  await quiet();
  const said = await eventually(rob, () => {
    const found = discord.posted(channelId('lobby')).slice(before);
    expect(found).toHaveLength(2);
    return found.map((message) => wordsOf(discord, message));
  });
  for (const words of said) {
    expect(words).toContain('you take no direct messages');
    expect(words).not.toMatch(new RegExp(`#${secret}|security|Nobody|no ticket`));
  }
  expect(discord.pings().filter((id) => id === userId('rob'))).toHaveLength(1);
  expect(rob.received()).not.toContain('Nobody is to know');
  discord.administrator.setDirectClosed(userId('rob'), false);
  const refusal = await answer(rob, () => rob.say('lobby', `#${secret} !resolve`));
  expect(refusal.text).toContain(`There is no ticket #${secret}`);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, cardShows, command, eventually, open, press } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ opening: 300 });
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

/** Resolves when Docket has opened another socket beside the one that is wanted back. */
const nextStands = () => expect.poll(() => world.slack.core.sockets.size).toBe(2);

test('a press that is in flight while Slack takes its socket back acts once, and is acknowledged', async () => {
  const { ada, bo, slack, hold, quiet } = world;
  const ticket = await open(ada, 'in noc Pressed before');
  const card = await eventually(ada, () => cardOf(ada, 'noc', ticket));
  await quiet();
  const release = await hold('inbox');
  const pressed = ada.press(card, 'Take');
  await slack.refreshSockets({ used: nextStands, answered: () => release().then(() => pressed) });
  expect(slack.client('U0ADA').failures).toEqual([]);
  await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
  expect((await command(ada, `history ${ticket}`)).text.match(/took/g)).toHaveLength(1);
});

test('while sockets are refreshed, every press is heard', async () => {
  const { ada, bo, slack } = world;
  const ticket = await open(ada, 'in noc Pressed in between');
  const pressed = async (label: 'Take' | 'Release') => {
    await press(ada, 'noc', ticket, label);
    const owner = label === 'Take' ? 'Ada Okafor' : 'nobody';
    await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: owner }) });
  };
  await slack.refreshSockets({
    used: async () => {
      await pressed('Take');
      await nextStands();
      await pressed('Release');
      await pressed('Take');
    },
    answered: () => pressed('Release'),
  });
  await pressed('Take');
  expect(slack.client('U0ADA').failures).toEqual([]);
  expect(slack.core.sockets.size).toBe(1);
});

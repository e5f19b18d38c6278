import { setTimeout } from 'node:timers/promises';
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

test('a press that is in flight while Slack takes its socket back acts once, and is acknowledged', async () => {
  const { ada, bo, slack, hold, quiet } = world;
  const ticket = await open(ada, 'in noc Pressed before');
  const card = await eventually(ada, () => cardOf(ada, 'noc', ticket));
  await quiet();
  const release = await hold('inbox');
  const pressed = ada.press(card, 'Take');
  const refreshed = slack.refreshSockets({ warnedMs: 500, closeAfterMs: 1_000 });
  // Until the next socket stands.
  await setTimeout(400);
  await release();
  await pressed;
  await refreshed;
  expect(slack.client('U0ADA').failures).toEqual([]);
  await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
  expect((await command(ada, `history ${ticket}`)).text.match(/took/g)).toHaveLength(1);
});

test('while sockets are refreshed, every press is heard', async () => {
  const { ada, bo, slack } = world;
  const ticket = await open(ada, 'in noc Pressed in between');
  const refreshed = slack.refreshSockets({ warnedMs: 1_000 });
  for (const [nth, label] of ['Take', 'Release', 'Take', 'Release', 'Take'].entries()) {
    await press(ada, 'noc', ticket, label);
    await cardShows(bo, 'noc', ticket, {
      facts: expect.objectContaining({ Owner: nth % 2 ? 'nobody' : 'Ada Okafor' }),
    });
    await setTimeout(150);
  }
  await refreshed;
  await press(ada, 'noc', ticket, 'Release');
  await cardShows(bo, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'nobody' }) });
  expect(slack.client('U0ADA').failures).toEqual([]);
  expect(slack.core.sockets.size).toBe(1);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.discord.listening();
});
afterAll(() => world?.close());

test('Docket ends while it connects to Discord; the connection is closed when it stands, and the next one resumes the session', async () => {
  const { discord, restart } = world;
  const { gateway, core } = discord;
  const { resumed } = core.sessions;
  gateway.holdGreetings();
  gateway.drop();
  await expect.poll(() => gateway.connections()).toEqual({ open: 1, waiting: 1 });
  const restarted = restart();
  await expect.poll(() => gateway.connections()).toEqual({ open: 2, waiting: 2 });
  gateway.greet();
  await expect.poll(() => gateway.connections()).toEqual({ open: 1, waiting: 0 });
  await restarted;
  expect(core.sessions.all).toHaveLength(1);
  expect(core.sessions.resumed).toBeGreaterThan(resumed);
});

import { Routes } from 'discord.js';
import { z } from 'zod';
import { commands } from './commands.ts';
import type { Discord } from './discord.ts';

const commandList = z.array(z.looseObject({ name: z.string() }));

/**
 * Registers the commands: everywhere, for those of a server alone are not to be had in direct conversations. Nothing is sent
 * where Discord has them as they are, for a day takes few changes
 * (docs.discord.com/developers/interactions/application-commands).
 *
 * @throws TryLater, Undeliverable
 */
export async function register({ api, app, log }: Discord): Promise<void> {
  const route = Routes.applicationCommands(app);
  const about = { guild: null, channel: null };
  const found = await api.call(about, commandList, (rest) => rest.get(route));
  if (isSame(commands, found)) return;
  await api.call(about, z.unknown(), (rest) => rest.put(route, { body: commands }));
  log.info('the commands are registered with Discord anew');
}

/** Whether Discord has what is meant. It adds ids and the like, and leaves out what is as if it were not said. */
export function isSame(meant: unknown, found: unknown): boolean {
  if (Array.isArray(meant)) {
    if (!Array.isArray(found)) return meant.length === 0 && !found;
    return meant.length === found.length && meant.every((each, nth) => isSame(each, found[nth]));
  }
  if (typeof meant === 'object' && meant !== null) {
    const there: unknown = found ?? {};
    return Object.entries(meant).every(([key, value]) => isSame(value, Reflect.get(Object(there), key)));
  }
  return meant === found || (!meant && !found);
}

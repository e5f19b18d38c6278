import { Routes } from 'discord.js';
import { z } from 'zod';
import { commands } from './commands.ts';
import type { Discord } from './discord.ts';

const commandList = z.array(z.looseObject({ name: z.string() }));

/**
 * Registers the commands where they are to be had: in the one guild that Docket serves, else in all. Nothing is sent where
 * Discord has them as they are, for a day takes few changes (docs.discord.com/developers/interactions/application-commands).
 *
 * @throws TryLater, Undeliverable
 */
export async function register({ api, app, options, log }: Discord): Promise<void> {
  const { guild } = options.settings;
  const everywhere = Routes.applicationCommands(app);
  const here = guild === null ? everywhere : Routes.applicationGuildCommands(app, guild);
  const about = { guild, channel: null };
  const found = await api.call(about, commandList, (rest) => rest.get(here));
  if (!isSame(commands, found)) {
    await api.call(about, z.unknown(), (rest) => rest.put(here, { body: commands }));
    log.info({ guild }, 'the commands are registered with Discord anew');
  }
  if (here === everywhere) return;
  // Those of an earlier configuration would stand in the list twice.
  const others = await api.call(about, commandList, (rest) => rest.get(everywhere));
  if (others.length > 0) await api.call(about, z.unknown(), (rest) => rest.put(everywhere, { body: [] }));
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

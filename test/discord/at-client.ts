import { eventually } from '../conformance/acts.ts';
import { shownText } from '../conformance/discord-shown.ts';
import type { Client } from '../emulators/discord/client.ts';
import type { Discord } from '../emulators/discord/discord.ts';
import { flag } from '../emulators/discord/flags.ts';
import type { Message } from '../emulators/discord/shapes.ts';

/** Somebody's client, to wait at until it has been told of something. */
export function newsOf({ screen }: Client) {
  return { news: () => screen.news, told: (seen: number, withinMs: number) => screen.newsAfter(seen, withinMs) };
}

/** The words of a message, as somebody in London reads them. */
export function wordsOf({ world }: Discord, message: Message): string {
  return shownText(message, { world, zone: 'Europe/London' });
}

/** What somebody is told privately when they have done something: the next message that only they see. */
export async function whispered(client: Client, act: () => Promise<unknown>): Promise<Message> {
  const before = new Set(client.ephemerals.map(({ id }) => id));
  await act();
  return eventually(newsOf(client), () => {
    const told = client.ephemerals.find(({ id, flags }) => !before.has(id) && (flags & flag.loading) === 0);
    if (told === undefined) throw new Error(`${client.user} was told nothing`);
    return told;
  });
}

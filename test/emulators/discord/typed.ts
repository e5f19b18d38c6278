import type { Channel } from './shapes.ts';
import type { World } from './world.ts';

/** Emoji by the names that people type. */
const emoji: Readonly<Record<string, string>> = {
  ticket: '🎫',
  tickets: '🎟️',
  white_check_mark: '✅',
  lock: '🔒',
  question: '❓',
  thumbsup: '👍',
  eyes: '👀',
};

/**
 * What somebody types into a message, as Discord's client sends it: `@name` of a user or a role and `#name` of a channel
 * with their ids in place of the names.
 */
export function readTyped(world: World, channel: Channel, typed: string): string {
  const code = /(```[\s\S]*?```|`[^`\n]+`)/;
  return typed
    .split(code)
    .map((piece, at) => (at % 2 === 1 ? piece : readPlain(world, channel, piece)))
    .join('');
}

function readPlain(world: World, channel: Channel, text: string): string {
  return text
    .replaceAll(/(?<![\w@<])@([\w.-]*\w)/g, (all, name: string) => mention(world, channel, name) ?? all)
    .replaceAll(/(?<![\w<])#([a-z][\w-]*)/g, (all, name: string) => channelNamed(world, channel, name) ?? all)
    .replaceAll(/:(\w+):/g, (all, name: string) => emoji[name] ?? all);
}

function mention(world: World, { guild, members }: Channel, name: string): string | null {
  const there = guild === null ? members : (world.guilds.get(guild)?.members ?? new Map());
  const user = [...world.users.values()].find(({ id, username }) => username === name && there.has(id));
  if (user !== undefined) return `<@${user.id}>`;
  const roles = [...(world.guilds.get(guild ?? '')?.roles.values() ?? [])];
  const role = roles.find((each) => each.name === name);
  return role === undefined ? null : `<@&${role.id}>`;
}

function channelNamed(world: World, { guild }: Channel, name: string): string | null {
  const found = [...world.channels.values()].find((each) => each.guild === guild && each.name === name);
  return found === undefined || guild === null ? null : `<#${found.id}>`;
}

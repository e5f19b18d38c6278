import { PermissionFlagsBits } from 'discord.js';
import { flag } from './flags.ts';
import { channelPermissions } from './permissions.ts';
import {
  type Channel,
  type Content,
  type Json,
  type Mentions,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from './shapes.ts';
import type { World } from './world.ts';

/** Whom a text could call: what stands in it as mentions. */
function named(text: string): { users: string[]; roles: string[]; everyone: boolean } {
  const plain = text.replaceAll(/```[\s\S]*?```|`[^`\n]+`/g, '');
  const ids = (pattern: RegExp) => [...new Set([...plain.matchAll(pattern)].map(([, id = '']) => id))];
  return { users: ids(/<@!?(\d+)>/g), roles: ids(/<@&(\d+)>/g), everyone: /@(everyone|here)\b/.test(plain) };
}

/** What of a message can call people: its content, or the texts of new components; what stands in embeds never does. */
function callingText({ content, components, flags }: Content): string {
  return (flags & flag.v2) === 0 ? content : textsIn(components).join('\n');
}

export function textsIn(components: readonly Json[]): readonly string[] {
  return components.flatMap((each) => [
    ...(textOf(each['content']) === '' ? [] : [textOf(each['content'])]),
    ...textsIn(recordsOf(each['components'])),
  ]);
}

/**
 * Whom a message mentions, by what is allowed to it
 * (docs.discord.com/developers/resources/message#allowed-mentions-object).
 *
 * @param allowed `allowed_mentions`; undefined where it was left out, and all are
 * @param answered the author of the message that it replies to; null where it replies to none
 */
export function mentionsIn(
  world: World,
  channel: Channel,
  author: string,
  content: Content,
  allowed: unknown,
  answered: string | null,
): Mentions {
  const { users, roles, everyone } = named(callingText(content));
  const { parse, users: onlyUsers, roles: onlyRoles, replied_user: answering } = recordOf(allowed);
  const all = (kind: string) => allowed === undefined || allowed === null || textsOf(parse).includes(kind);
  const may = (kind: string, only: unknown) => (id: string) => all(kind) || textsOf(only).includes(id);
  const guild = world.guildOf(channel);
  const callsAll = (channelPermissions(world, channel, author) & PermissionFlagsBits.MentionEveryone) !== 0n;
  const called = users.filter((id) => world.users.has(id)).filter(may('users', onlyUsers));
  // A reply calls whom it answers, unless it is said not to.
  const also =
    answered !== null && (answering ?? (allowed === undefined || allowed === null)) === true ? [answered] : [];
  return {
    users: [...new Set([...called, ...also])],
    roles: roles
      .filter((id) => guild?.roles.has(id) === true && (callsAll || guild.roles.get(id)?.mentionable === true))
      .filter(may('roles', onlyRoles)),
    everyone: everyone && callsAll && all('everyone'),
  };
}

/** Whom mentions call: user ids, `@ROLE`, `@everyone`. */
export function pingsOf({ users, roles, everyone }: Mentions): readonly string[] {
  return [...users, ...roles.map((id) => `@${id}`), ...(everyone ? ['@everyone'] : [])];
}

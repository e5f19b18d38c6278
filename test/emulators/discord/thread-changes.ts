import { ChannelType } from 'discord.js';
import type { Core } from './core.ts';
import { demand, may } from './permissions.ts';
import { fault, invalidForm, refusals } from './refusal.ts';
import { type Channel, type Json, textOf, textsOf } from './shapes.ts';

/** Tags that a forum's post can have. */
const mostTags = 5;

/**
 * A thread after a request that changes it (docs.discord.com/developers/topics/threads, "Editing").
 *
 * @throws Refusal 50083 where it is archived and stays so, 50013 where it takes to manage threads, 50035
 */
export function changedThread({ world }: Core, channel: Channel, body: Json): Channel {
  const { thread } = channel;
  if (thread === null) throw refusals.wrongChannelType();
  const { name, archived, locked, applied_tags: tags, auto_archive_duration: duration, invitable } = body;
  // Waking it is what everyone may do who can write in it, unless it is locked.
  const wakes = thread.archived && archived === false;
  if (thread.archived && !wakes) throw refusals.archived();
  const manages = may(world, channel, world.app, 'ManageThreads');
  const others = Object.keys(body).filter((key) => key !== 'archived' || !wakes);
  const needs = wakes ? thread.locked || others.length > 0 : channel.owner !== world.app || locked !== undefined;
  if (needs && !manages) throw refusals.missingPermissions();
  if (wakes) demand(world, channel, world.app, 'SendMessagesInThreads');
  const applied = tags === undefined ? thread.tags : textsOf(tags);
  checkTags({ parent: world.channels.get(channel.parent ?? ''), manages }, applied, thread.tags);
  return {
    ...channel,
    name: name === undefined ? channel.name : threadName(name),
    thread: {
      ...thread,
      ...(typeof archived === 'boolean' ? { archived, archivedAt: world.moment() } : {}),
      ...(typeof locked === 'boolean' ? { locked } : {}),
      ...(typeof invitable === 'boolean' ? { invitable } : {}),
      ...(duration === undefined ? {} : { autoArchive: Number(duration) }),
      tags: applied,
    },
  };
}

/** @throws Refusal 50035 where it has no name, or too long a one */
export function threadName(name: unknown): string {
  const text = textOf(name);
  if (text.trim() !== '' && text.length <= 100) return text;
  throw invalidForm([fault(['name'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')]);
}

/** Where a thread stands, and whether the bot manages threads there. */
interface Below {
  readonly parent: Channel | undefined;
  readonly manages: boolean;
}

/** @throws Refusal 50035 where a tag is not the forum's, or there are too many; 50013 where it takes a moderator */
export function checkTags({ parent, manages }: Below, tags: readonly string[], before: readonly string[]): void {
  const offered = parent?.type === ChannelType.GuildForum ? parent.tags : [];
  if (tags.length > mostTags) {
    throw invalidForm([fault(['applied_tags'], 'BASE_TYPE_MAX_LENGTH', `Must be ${mostTags} or fewer in length.`)]);
  }
  for (const [at, id] of tags.entries()) {
    const tag = offered.find((each) => each.id === id);
    if (tag === undefined) throw invalidForm([fault(['applied_tags', at], 'TAG_NOT_FOUND', 'Unknown tag')]);
  }
  const changed = offered.filter(({ id }) => tags.includes(id) !== before.includes(id));
  if (changed.some(({ moderated }) => moderated) && !manages) throw refusals.missingPermissions();
}

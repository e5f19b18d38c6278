import { ChannelType } from 'discord.js';
import type { Core } from './core.ts';
import { flag } from './flags.ts';
import { refusals } from './refusal.ts';
import type { Channel, Message } from './shapes.ts';
import { blankChannel, blankMessage } from './world.ts';

export interface Starting {
  readonly name: string;
  /** The message that it hangs on; null where it hangs on none. */
  readonly message?: Message | null;
  /** What a forum's post says first. */
  readonly first?: Partial<Message>;
  readonly tags?: readonly string[];
  readonly isPrivate?: boolean;
  /** Minutes. */
  readonly autoArchive?: number;
}

/** A thread, and its first message where it is a forum's post. */
export interface Started {
  readonly thread: Channel;
  readonly first: Message | null;
}

/** A message that only says that a thread was started. */
const threadCreated = 18;

/**
 * Somebody starts a thread. One from a message has the message's id, and so has a forum's post that of its first message.
 *
 * @throws Refusal 160004 where the message has a thread
 */
export function startThread({ world }: Core, parent: Channel, owner: string, starting: Starting): Started {
  const { name, message = null, first, tags = [], isPrivate = false, autoArchive = 4_320 } = starting;
  const id = message?.id ?? world.ids.next();
  if (world.channels.has(id)) throw refusals.hasThread();
  const kind = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
  const type = parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : kind;
  const thread = blankChannel(id, type, {
    ...{ guild: parent.guild, name, parent: parent.id, owner, members: new Set([owner]) },
    thread: { archived: false, locked: false, archivedAt: world.moment(), autoArchive, invitable: true, tags },
  });
  world.open(thread);
  if (message !== null) world.change({ ...message, flags: message.flags | flag.hasThread });
  if (first !== undefined) {
    const opening = blankMessage(id, id, owner, first);
    world.post(opening);
    return { thread, first: opening };
  }
  if (message === null && !isPrivate) {
    world.post(blankMessage(world.ids.next(), parent.id, owner, { type: threadCreated, content: name }));
  }
  return { thread, first: null };
}

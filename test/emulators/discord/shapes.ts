import type { ChannelType } from 'discord.js';

export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly username: string;
  readonly globalName: string | null;
  readonly bot: boolean;
  /** IANA name. */
  readonly zone: string;
  /** Nobody but friends may write to them directly. */
  readonly dmsClosed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly permissions: bigint;
  readonly mentionable: boolean;
  /** It belongs to a bot. */
  readonly managed: boolean;
}

export interface Member {
  readonly user: string;
  readonly nick: string | null;
  readonly roles: readonly string[];
  /** ISO 8601. */
  readonly joined: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

export interface Overwrite {
  readonly id: string;
  /** 0 of a role, 1 of a member. */
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A tag of a forum. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  /** Only who may manage threads sets it. */
  readonly moderated: boolean;
}

/** What a thread has beside what all channels have. */
export interface Thread {
  readonly archived: boolean;
  readonly locked: boolean;
  /** ISO 8601. */
  readonly archivedAt: string;
  readonly autoArchive: number;
  readonly invitable: boolean;
  readonly tags: readonly string[];
}

/** A channel, a thread, a forum or a direct conversation. */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  /** Null in direct conversations. */
  readonly guild: string | null;
  readonly name: string;
  readonly topic: string | null;
  readonly parent: string | null;
  readonly position: number;
  readonly overwrites: readonly Overwrite[];
  /** Who started a thread. */
  readonly owner: string | null;
  /** Who is in a thread, or in a direct conversation. */
  readonly members: ReadonlySet<string>;
  /** The tags that a forum offers. */
  readonly tags: readonly Tag[];
  readonly thread: Thread | null;
  /** Discord's own words for more that can be set, as they were set. */
  readonly more: Json;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly content: Buffer;
  readonly mimetype: string;
}

/** What a message says. */
export interface Content {
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
  /** Stickers, a poll, what is forwarded: in Discord's own shape. */
  readonly more?: Json;
}

/** Whom a message mentions. */
export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

export interface Message extends Content {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  /** https://docs.discord.com/developers/resources/message#message-object-message-types */
  readonly type: number;
  /** The message that it replies to. */
  readonly replyTo: string | null;
  readonly mentions: Mentions;
  /** Who was called when it was posted: user ids, `@ROLE`, `@everyone`. */
  readonly pings: readonly string[];
  /** ISO 8601; null where it was never edited. */
  readonly edited: string | null;
  readonly pinned: boolean;
  /** Emoji (its sign, or `name:id`) and the users who reacted by it. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly nonce: string | null;
  /** The interaction that it answers. */
  readonly interaction: { readonly id: string; readonly type: number; readonly user: string } | null;
  /** The only one who sees it; null where all do. */
  readonly onlyFor: string | null;
}

/** A form that somebody has before them. */
export interface Modal {
  readonly user: string;
  readonly customId: string;
  readonly title: string;
  readonly components: readonly Json[];
  /** Where it came up, and the message whose button brought it up. */
  readonly channel: string;
  readonly message: string | null;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** Something happened in Discord. */
export type Happening =
  | { readonly kind: 'message'; readonly how: 'create' | 'update' | 'delete'; readonly message: Message }
  | { readonly kind: 'bulk'; readonly channel: Channel; readonly messages: readonly Message[] }
  | {
      readonly kind: 'reaction';
      readonly how: 'add' | 'remove';
      readonly message: Message;
      readonly user: string;
      readonly emoji: string;
    }
  | {
      readonly kind: 'channel';
      readonly how: 'create' | 'update' | 'delete';
      readonly channel: Channel;
      /** What it was before it was changed. */
      readonly before: Channel | null;
    }
  | { readonly kind: 'joined thread'; readonly channel: Channel; readonly user: string; readonly joined: boolean }
  | {
      readonly kind: 'member';
      readonly how: 'add' | 'update' | 'remove';
      readonly guild: Guild;
      readonly member: Member;
    }
  | { readonly kind: 'role'; readonly how: 'create' | 'update' | 'delete'; readonly guild: Guild; readonly role: Role }
  | { readonly kind: 'guild'; readonly how: 'create' | 'update' | 'delete'; readonly guild: Guild }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'choices'; readonly user: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'failure'; readonly user: string; readonly text: string };

export function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function recordsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

import { ChannelType } from 'discord.js';
import type { Core } from './core.ts';
import { mentionsIn, pingsOf } from './mentions.ts';
import { may, sendingIn } from './permissions.ts';
import { Screen } from './screen.ts';
import { wake } from './sending.ts';
import type { Sent } from './sessions.ts';
import type { Attachment, Channel, Content, Json, Message, Modal, User } from './shapes.ts';
import { type Started, startThread } from './threads.ts';
import { readTyped } from './typed.ts';
import { Unable } from './unable.ts';
import { mimetypeOf } from './uploads.ts';
import { blankMessage } from './world.ts';

export interface Saying {
  /** The id of the message that it replies to. */
  readonly replyTo?: string;
  readonly files?: readonly { readonly name: string; readonly content: string | Uint8Array }[];
  /** The names of stickers. */
  readonly stickers?: readonly string[];
  readonly poll?: { readonly question: string; readonly answers: readonly string[] };
  /** A message that they forward. */
  readonly forwards?: Message;
}

/** Characters of a message that Discord's client sends. */
const longestMessage = 2_000;

/** Somebody at their Discord: what they say there, and what they see of what is said. */
export class Talker {
  readonly screen: Screen;
  #last: readonly Sent[] = [];

  constructor(
    protected readonly core: Core,
    readonly user: string,
  ) {
    this.screen = new Screen(core.world, user);
    core.world.onHappening((happening) => this.screen.hear(happening));
  }

  /** Says something in a channel or thread (its id; `direct` for the conversation with the bot), as they type it. */
  say(where: string, typed: string, saying: Saying = {}): Message {
    const { replyTo, files = [] } = saying;
    const { world } = this.core;
    const channel = this.channel(where);
    const answered = replyTo === undefined ? null : world.message(channel, replyTo);
    const message = blankMessage(world.ids.next(), channel.id, this.user, {
      ...this.#written(channel, typed, files, answered?.author ?? null),
      ...{ replyTo: replyTo ?? null, type: answered === null ? 0 : 19, more: this.#more(saying) },
    });
    return this.acting(() => {
      this.#demand(channel);
      if (channel.thread !== null) wake(this.core, channel, this.user);
      world.post(message);
      return message;
    });
  }

  /** Posts in a forum, with the names of tags. */
  post(forum: string, title: string, typed: string, tags: readonly string[] = []): Started {
    const channel = this.channel(forum);
    if (channel.type !== ChannelType.GuildForum) throw new Unable(`#${channel.name} is no forum`);
    this.#demand(channel);
    const applied = tags.map((name) => {
      const tag = channel.tags.find((each) => each.name === name);
      if (tag === undefined) throw new Unable(`#${channel.name} has no tag ${name}`);
      if (tag.moderated && !may(this.core.world, channel, this.user, 'ManageThreads')) {
        throw new Unable(`only a moderator sets ${name}`);
      }
      return tag.id;
    });
    const written = this.#written(channel, typed, [], null);
    return this.acting(() =>
      startThread(this.core, channel, this.user, { name: title, tags: applied, first: written }),
    );
  }

  /** Starts a thread: from a message, or from none. */
  startThread(where: string, name: string, message: string | null = null): Channel {
    const { world } = this.core;
    const channel = this.channel(where);
    const root = message === null ? null : world.message(channel, message);
    if (!may(world, channel, this.user, 'CreatePublicThreads')) throw new Unable('no threads can be started here');
    return this.acting(() => startThread(this.core, channel, this.user, { name, message: root }).thread);
  }

  edit(where: string, id: string, typed: string): Message {
    const { world } = this.core;
    const channel = this.channel(where);
    const message = this.#own(channel, id);
    const { content, mentions } = this.#written(channel, typed, [], null);
    const changed = { ...message, content, mentions, edited: world.moment() };
    return this.acting(() => {
      world.change(changed);
      return changed;
    });
  }

  delete(where: string, id: string): void {
    const message = this.#own(this.channel(where), id);
    this.acting(() => this.core.world.delete(message));
  }

  /** @param emoji its sign, or `name:id` */
  react(where: string, id: string, emoji: string, added = true): void {
    const { world } = this.core;
    const channel = this.channel(where);
    const message = world.message(channel, id);
    if (added && !message.reactions.has(emoji) && !may(world, channel, this.user, 'AddReactions')) {
      throw new Unable(`${this.user} may not react in #${channel.name}`);
    }
    this.acting(() => world.react(message, this.user, emoji, added));
  }

  /** A channel, a thread or a direct conversation that they see. */
  channel(where: string): Channel {
    const { world } = this.core;
    const channel = where === 'direct' ? world.direct(this.user) : world.channels.get(where);
    if (channel === undefined || !may(world, channel, this.user, 'ViewChannel')) {
      throw new Unable(`${this.user} does not see ${where}`);
    }
    return channel;
  }

  /** Whether they see a channel, thread or direct conversation. */
  sees(channel: string): boolean {
    const found = this.core.world.channels.get(channel);
    return found !== undefined && may(this.core.world, found, this.user, 'ViewChannel');
  }

  /** All people who share a guild with them. */
  people(): readonly User[] {
    const { guilds, users } = this.core.world;
    const shared = [...guilds.values()].filter(({ members }) => members.has(this.user));
    return [...users.values()].filter(({ id }) => shared.some(({ members }) => members.has(id)));
  }

  /** What stands in a channel or thread, oldest first. */
  history(where: string): readonly Message[] {
    return this.core.world.history(this.channel(where).id);
  }

  /** The threads below a channel that they see, oldest first. */
  threads(where: string): readonly Channel[] {
    const { world } = this.core;
    return world.threads(this.channel(where).id).filter((thread) => may(world, thread, this.user, 'ViewChannel'));
  }

  /** What only they see. */
  get ephemerals(): readonly Message[] {
    return this.screen.ephemerals;
  }

  get modals(): readonly Modal[] {
    return this.screen.modals;
  }

  /** The bytes of a file, as they download it. */
  async download({ channel }: Pick<Message, 'channel'>, attachment: Attachment): Promise<Buffer> {
    const answer = await fetch(this.core.attachments.url(this.channel(channel).id, attachment));
    if (!answer.ok) throw new Unable(`${attachment.name} cannot be downloaded: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** The application is told once more of what they did last, as when a session is resumed from too early on. */
  redeliver(): void {
    for (const { session, frame } of this.#last) session.again(frame);
  }

  protected acting<T>(act: () => T): T {
    const { sent } = this.core.sessions;
    const before = sent.length;
    const done = act();
    this.#last = sent.slice(before);
    return done;
  }

  #more({ stickers = [], poll, forwards }: Saying): Json {
    const { attachments } = this.core;
    return {
      ...(stickers.length === 0 ? {} : { sticker_items: stickers.map((name) => ({ id: '7', name, format_type: 1 })) }),
      ...(poll === undefined
        ? {}
        : {
            poll: {
              question: { text: poll.question },
              answers: poll.answers.map((text, nth) => ({ answer_id: nth + 1, poll_media: { text } })),
              ...{ expiry: null, allow_multiselect: false, layout_type: 1 },
            },
          }),
      ...(forwards === undefined
        ? {}
        : {
            message_reference: { type: 1, message_id: forwards.id, channel_id: forwards.channel },
            message_snapshots: [
              {
                message: {
                  ...{ type: 0, content: forwards.content, embeds: [], mentions: [], flags: 0 },
                  attachments: forwards.attachments.map((each) => attachments.json(forwards.channel, each)),
                },
              },
            ],
          }),
    };
  }

  #written(channel: Channel, typed: string, files: Saying['files'], answered: string | null) {
    const { world, attachments } = this.core;
    const content = readTyped(world, channel, typed);
    if (content.length > longestMessage) throw new Unable(`Your message is too long: ${content.length} characters.`);
    const added = (files ?? []).map(({ name, content: bytes }) =>
      attachments.keep({
        ...{ id: world.ids.next(), name, description: null },
        ...{ mimetype: mimetypeOf(name), content: Buffer.from(bytes) },
      }),
    );
    const said: Content = { content, embeds: [], components: [], attachments: added, flags: 0 };
    const mentions = mentionsIn(world, channel, this.user, said, undefined, answered);
    return { ...said, mentions, pings: pingsOf(mentions) };
  }

  #demand(channel: Channel): void {
    if (may(this.core.world, channel, this.user, sendingIn(channel))) return;
    throw new Unable(`You do not have permission to send messages in #${channel.name}.`);
  }

  #own(channel: Channel, id: string): Message {
    const message = this.core.world.message(channel, id);
    if (message.author !== this.user) throw new Unable(`${id} is not a message of ${this.user}`);
    return message;
  }
}

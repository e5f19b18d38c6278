import type { Actor } from '../../src/ticket/actor.ts';
import type { Viewer } from '../../src/web/sessions.ts';
import type { Address, Sender } from '../connector.ts';
import { platform, workspace } from './message.ts';

/** A channel of the console, as it is configured. */
export interface ConsoleChannel {
  /** Without the `#`: lower-case letters, digits and `-`. */
  readonly name: string;
  readonly topic: string;
  /** The groups whose people are in it; `everyone` for all. */
  readonly members: readonly string[];
  /** The queue in which each message becomes a ticket; null where none does. */
  readonly intake: string | null;
}

/** A channel that its reader is in, or their own talk with Docket. */
export interface Channel {
  /** The channel's name, or `@` and the reader's. */
  readonly key: string;
  readonly title: string;
  readonly topic: string;
  readonly direct: boolean;
  readonly intake: string | null;
}

/** Who is in which channel. */
export class Channels {
  constructor(
    private readonly configured: readonly ConsoleChannel[],
    /** Who a person is, with every group they are in. */
    private readonly actorOf: (person: number) => Promise<Actor>,
  ) {}

  /** The channels that somebody is in, in the order of the configuration, and last their talk with Docket. */
  async of(viewer: Viewer): Promise<readonly Channel[]> {
    const { groups, superuser } = await this.actorOf(viewer.person);
    const inGroup = (name: string): boolean => name === 'everyone' || groups.has(name);
    const channels = this.configured.filter(({ members }) => superuser || members.some(inGroup));
    return [
      ...channels.map(({ name, topic, intake }) => ({ key: name, title: name, topic, direct: false, intake })),
      {
        key: `@${viewer.handle}`,
        title: 'Docket',
        topic: 'Only you and Docket read here.',
        direct: true,
        intake: null,
      },
    ];
  }

  /** A channel that somebody is in; null when they are not, and when there is none. */
  async find(viewer: Viewer, key: string): Promise<Channel | null> {
    return (await this.of(viewer)).find((channel) => channel.key === key) ?? null;
  }

  /** Whether a message can be posted under this key at all. */
  exists(key: string): boolean {
    return key.startsWith('@') || this.configured.some(({ name }) => name === key);
  }
}

/** Where a channel is in the web. */
export function addressInWeb(channel: Pick<Channel, 'key'>): string {
  return encodeURI(`/c/${channel.key}`);
}

/** A place of the chat as the desk names it. */
export function addressOf(channel: Pick<Channel, 'key' | 'direct'>, thread: number | null): Address {
  return {
    platform,
    workspace,
    channel: channel.key,
    thread: thread === null ? null : `${thread}`,
    direct: channel.direct,
  };
}

/** Somebody as the desk knows them in the console. */
export function senderOf(viewer: Pick<Viewer, 'handle' | 'name'>): Sender {
  return { id: viewer.handle, name: viewer.name };
}

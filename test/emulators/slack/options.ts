import type { Channel } from './shapes.ts';
import { bot, Workspace } from './workspace.ts';

/** What a workspace and an app are like. All of it can be left out. */
export interface SlackOptions {
  /** How the app is told of what happens: by `socket`, unless it is said otherwise. */
  readonly mode?: 'socket' | 'http';
  readonly team?: string;
  /** The scopes that the app is granted; all of them. */
  readonly scopes?: readonly string[];
  /** The events that the app is subscribed to, by their names in a manifest; all of them. */
  readonly events?: readonly string[];
  readonly people?: readonly {
    readonly id: string;
    readonly name: string;
    readonly realName: string;
    readonly zone?: string;
    /** Another workspace that they are of, where they are here in a shared channel. */
    readonly team?: string;
  }[];
  readonly channels?: readonly {
    readonly id: string;
    readonly name: string;
    readonly private?: boolean;
    /** User ids, the bot's not among them. */
    readonly members: readonly string[];
    /** The bot is not in it. */
    readonly withoutBot?: boolean;
  }[];
  readonly groups?: readonly { readonly id: string; readonly handle: string; readonly users: readonly string[] }[];
  /** The domains whose links the app unfurls. */
  readonly unfurlDomains?: readonly string[];
  /** Milliseconds. */
  readonly now?: () => number;
  /** Milliseconds within which what the app is sent is to be acknowledged, and a trigger can be used: 3 s. */
  readonly patience?: number;
  /** Milliseconds that it takes to open a socket. */
  readonly opening?: number;
  /** Milliseconds before each repetition of an event that was not: at once, after a minute, after five. */
  readonly retries?: readonly number[];
}

/** A workspace with these people, channels and groups in it, and the bot. */
export function furnished(options: SlackOptions): Workspace {
  const { people = [], channels = [], groups = [], team = 'T0DOCKET', now = Date.now } = options;
  const workspace = new Workspace(team, 'docket', now);
  const own = { id: bot.user, name: bot.name, realName: 'Docket', displayName: 'Docket', zone: 'Etc/UTC', team };
  workspace.people.set(bot.user, { ...own, deleted: false, bot: true });
  for (const { id, name, realName, zone = 'Etc/UTC', team: home = team } of people) {
    const person = { id, name, realName, displayName: realName, zone, team: home, deleted: false, bot: false };
    workspace.people.set(id, person);
  }
  for (const { id, name, members, ...more } of channels) {
    const channel: Channel = {
      ...{ id, name, kind: more.private ? 'private' : 'public', archived: false, messages: new Map() },
      members: new Set([...members, ...(more.withoutBot ? [] : [bot.user])]),
    };
    workspace.channels.set(id, channel);
  }
  for (const { id, handle, users } of groups) workspace.groups.set(id, { id, handle, name: handle, users });
  return workspace;
}

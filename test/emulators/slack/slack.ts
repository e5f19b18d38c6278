import type { Core } from './core.ts';
import { Deliveries } from './deliveries.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { Rates } from './rates.ts';
import { ResponseUrls } from './response-urls.ts';
import { everyScope } from './scopes.ts';
import { SlackServer } from './server.ts';
import type { Channel } from './shapes.ts';
import { HttpLine } from './signed-requests.ts';
import { SocketLine } from './sockets.ts';
import { Tokens } from './tokens.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';
import { bot, Workspace } from './workspace.ts';

/** What a workspace is like. All of it can be left out. */
export interface SlackOptions {
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
  readonly unfurlDomains?: readonly string[];
  /** Milliseconds. */
  readonly now?: () => number;
  /** Milliseconds within which what the app is sent is to be acknowledged: 3 s. */
  readonly patience?: number;
  /** Milliseconds before each repetition of an event that was not: at once, after a minute, after five. */
  readonly retries?: readonly number[];
}

/** Slack's side, running. */
export interface Slack {
  readonly core: Core;
  readonly workspace: Workspace;
  readonly events: Events;
  /** Where the Web API is: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  stop(): Promise<void>;
}

/** Starts Slack's side on loopback. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const now = options.now ?? Date.now;
  const patience = options.patience ?? 3_000;
  const workspace = furnished(new Workspace(options.team ?? 'T0DOCKET', 'docket', now), options);
  const signingSecret = 'signing-secret';
  const server = new SlackServer(() => core);
  const baseUrl = () => server.url;
  const http = new HttpLine(signingSecret, patience, now);
  const core: Core = {
    workspace,
    baseUrl,
    tokens: new Tokens('xoxb-emulated', 'xapp-emulated', new Set(options.scopes ?? everyScope)),
    triggers: new Triggers(now),
    responseUrls: new ResponseUrls(now, baseUrl),
    views: new Views(workspace),
    deliveries: new Deliveries(options.retries ?? [0, 60_000, 300_000]),
    sockets: new SocketLine(patience),
    rates: new Rates(now),
    faults: new Faults(),
    unfurlDomains: options.unfurlDomains ?? [],
    calls: [],
    violations: [],
  };
  core.deliveries.line = options.mode === 'http' ? http : core.sockets;
  const events = new Events(core, options.events === undefined ? null : new Set(options.events));
  workspace.onHappening((happening) => events.hear(happening));
  await server.open();
  return {
    core,
    workspace,
    events,
    signingSecret,
    apiUrl: `${server.url}/api/`,
    botToken: core.tokens.bot,
    appToken: core.tokens.app,
    stop: async () => {
      core.deliveries.stop();
      core.sockets.stop();
      http.stop();
      await server.close();
    },
  };
}

function furnished(workspace: Workspace, { people = [], channels = [], groups = [] }: SlackOptions): Workspace {
  const own = { id: bot.user, name: bot.name, realName: 'Docket', displayName: 'Docket', zone: 'Etc/UTC' };
  workspace.people.set(bot.user, { ...own, deleted: false, bot: true });
  for (const { id, name, realName, zone = 'Etc/UTC' } of people) {
    workspace.people.set(id, { id, name, realName, displayName: realName, zone, deleted: false, bot: false });
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

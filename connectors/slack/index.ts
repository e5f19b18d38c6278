import { setTimeout as pause } from 'node:timers/promises';
import { App, type HTTPReceiver } from '@slack/bolt';
import { z } from 'zod';
import { type Connector, type Door, TryLater } from '../connector.ts';
import { Errands } from '../errands.ts';
import { Turns } from '../turns.ts';
import { answerIn } from './answering.ts';
import { Api, quietLogger } from './api.ts';
import { checkUp } from './checkup.ts';
import { Dialogs } from './dialogs.ts';
import { download } from './downloads.ts';
import { fits } from './drawing.ts';
import { enrich } from './enrich.ts';
import { type Findings, together } from './findings.ts';
import { mirrorGroups } from './groups.ts';
import { hearActs } from './hear-acts.ts';
import { hearMessages } from './hear-messages.ts';
import { hearWorkspace } from './hear-workspace.ts';
import { membersOf, reachedIn } from './members.ts';
import type { SlackOptions } from './options.ts';
import { Pace } from './pace.ts';
import { isFor } from './payloads.ts';
import { People } from './people.ts';
import { platform } from './platform.ts';
import { Posting } from './posting.ts';
import { openReceiver, receiveOver } from './receiver.ts';
import { addressOf, type Slack } from './slack.ts';
import { Submissions } from './submissions.ts';

export type { SlackSettings } from './options.ts';

/** How long to wait before Slack is tried again, where it could not be reached at the start. Milliseconds. */
const retryMs = 5_000;

/** How often at most the workspace is looked at again while something stands in the way. Milliseconds. */
const lookMs = 600_000;

/** How long events wait for Slack to say who is in the user groups. Milliseconds. */
const groupsFirst = 3_000;

interface Connected {
  readonly slack: Slack;
  readonly posting: Posting;
  readonly app: App;
  /** Null where events come by a socket. */
  readonly http: HTTPReceiver | null;
}

const tested = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Slack. It connects as soon as Slack can be reached; until then, what is to be told waits. */
export function slackConnector(options: SlackOptions): Connector {
  const { settings, log } = options;
  let connected: Connected | null = null;
  let retry: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;
  /** How often Slack was asked in vain how things stand. */
  let looks = 0;
  /** The troubles that are in the log already. */
  let named: ReadonlySet<string> = new Set();
  if (settings.appToken === null) receiveOver(options.app, () => connected?.http ?? null);

  function now(): Connected {
    if (connected === null) throw new TryLater('Docket is not connected to Slack', null);
    return connected;
  }

  /** Connects; where Slack cannot be reached, or does not take the tokens, it is tried again in a while. */
  async function connect(door: Door): Promise<void> {
    try {
      connected = await open(door);
    } catch (error) {
      log.error({ err: error }, 'Slack cannot be connected to; it is tried again');
      retry = setTimeout(() => void connect(door), retryMs);
    }
  }

  /** Looks at the workspace again and again while Slack does not say how things stand, and now and then where it refuses to. */
  async function lookAround({ slack }: Pick<Connected, 'slack'>, groups: Promise<Findings>): Promise<void> {
    const { troubles, again } = together([await groups, await checkUp(slack)]);
    for (const trouble of troubles) {
      if (!named.has(trouble)) log.warn({ team: slack.team }, trouble);
    }
    named = new Set(troubles);
    if (stopped) return;
    looks = again ? looks + 1 : 0;
    const wait = again ? Math.min(retryMs * 2 ** (looks - 1), lookMs) : lookMs;
    if (!again && troubles.length === 0) return;
    retry = setTimeout(() => void lookAround({ slack }, mirrorGroups(slack)), wait);
  }

  async function open(door: Door): Promise<Connected> {
    let team = '';
    const api = new Api(settings.botToken, settings.apiUrl, log, () => team);
    const identity = tested.parse(await api.call(null, (web) => web.auth.test()));
    team = identity.team_id;
    const slack: Slack = {
      team,
      bot: identity.user_id,
      granted: identity.response_metadata?.scopes ?? null,
      api,
      people: new People(api, team),
      dialogs: new Dialogs(api, log),
      submissions: new Submissions(),
      errands: new Errands(log),
      mirroring: new Turns(),
      door,
      options,
      log,
    };
    const authorized = {
      botToken: settings.botToken,
      botUserId: identity.user_id,
      teamId: team,
      ...(identity.bot_id === undefined ? {} : { botId: identity.bot_id }),
    };
    const { receiver, http } = openReceiver(settings, log);
    const app = new App({
      receiver,
      convoStore: false,
      authorize: async () => authorized,
      logger: quietLogger(log),
      clientOptions: settings.apiUrl === null ? {} : { slackApiUrl: settings.apiUrl },
    });
    app.error(async (error) => {
      throw error;
    });
    app.use(async ({ body, next }) => {
      if (isFor(team, body)) return next();
      log.warn({ team }, 'an event for an installation of the app in another workspace was ignored');
    });
    hearMessages(app, slack);
    hearActs(app, slack);
    hearWorkspace(app, slack);
    const opened = { slack, posting: new Posting(slack, new Pace(settings.messageInterval)), app, http };
    connected = opened;
    // Who has left a user group meanwhile has its rights no more: Slack is given a moment to say so before it is heard.
    const groups = mirrorGroups(slack);
    await Promise.race([groups, pause(groupsFirst, undefined, { ref: false })]);
    try {
      await app.start();
    } catch (error) {
      await app.stop();
      throw error;
    }
    await tellReachable(slack);
    looking = lookAround(opened, groups);
    return opened;
  }

  /** What waits for the workspace is tried at once. */
  async function tellReachable({ door, team }: Slack): Promise<void> {
    try {
      await door.reachable({ platform, workspace: team, channel: null });
    } catch (error) {
      log.warn({ err: error }, 'what waits for Slack could not be brought forward; it is tried in its time');
    }
  }

  return {
    platform,
    capabilities: { buttons: true, forms: true, privateNotices: true, threads: true, edits: true },
    start: (door) => connect(door),
    async stop() {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      connected?.slack.dialogs.stop();
      connected?.slack.errands.stop();
      await connected?.app.stop();
      await looking;
    },
    post: (to, view, key, again) => now().posting.post(to, view, key, again),
    fits: (line) => fits({ options }, line),
    edit: (to, message, view) => now().posting.edit(to, message, view),
    enrich: (inbound) => enrich(now().slack, inbound),
    answer: (inbound, answer) => answerIn(now().slack, inbound, answer),
    async direct(_workspace, person) {
      const { slack } = now();
      return addressOf(slack, await slack.people.direct(person), null);
    },
    members: ({ channel }) => membersOf(now().slack, channel),
    reachedByMention: ({ channel }, accounts) => reachedIn(now().slack, channel, accounts),
    fetchFile: (ref) => download(now().slack, settings.botToken, ref),
  };
}

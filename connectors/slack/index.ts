import { App, type HTTPReceiver } from '@slack/bolt';
import { z } from 'zod';
import { type Connector, type Door, TryLater } from '../connector.ts';
import { Turns } from '../turns.ts';
import { answerIn } from './answering.ts';
import { Api, quietLogger } from './api.ts';
import { checkUp } from './checkup.ts';
import { Dialogs } from './dialogs.ts';
import { download } from './downloads.ts';
import { mirrorGroups } from './groups.ts';
import { hearActs } from './hear-acts.ts';
import { hearMessages } from './hear-messages.ts';
import { hearWorkspace } from './hear-workspace.ts';
import type { SlackOptions } from './options.ts';
import { Pace } from './pace.ts';
import { People } from './people.ts';
import { platform } from './platform.ts';
import { Posting } from './posting.ts';
import { openReceiver, receiveOver } from './receiver.ts';
import { addressOf, type Slack } from './slack.ts';
import { Submissions } from './submissions.ts';

export type { SlackSettings } from './options.ts';

/** How long to wait before Slack is tried again, where it could not be reached at the start. Milliseconds. */
const retryMs = 5_000;

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
      return;
    }
    await lookAround(connected);
  }

  /** Takes in what may have changed while Docket was away. Where Slack does not say, it is asked again in a while. */
  async function lookAround(there: Connected): Promise<void> {
    try {
      await look(there);
    } catch (error) {
      log.warn({ err: error }, 'Slack does not say how things stand in the workspace; it is asked again');
      retry = setTimeout(() => void lookAround(there), retryMs);
    }
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
    hearMessages(app, slack);
    hearActs(app, slack);
    hearWorkspace(app, slack);
    const opened = { slack, posting: new Posting(slack, new Pace(settings.messageInterval)), app, http };
    connected = opened;
    try {
      await app.start();
    } catch (error) {
      await app.stop();
      throw error;
    }
    return opened;
  }

  /** @throws TryLater */
  async function look({ slack }: Connected): Promise<void> {
    const troubles = [...(await mirrorGroups(slack)), ...(await checkUp(slack))];
    for (const trouble of troubles) log.warn({ team: slack.team }, trouble);
    await slack.door.reachable({ platform, workspace: slack.team, channel: null });
  }

  return {
    platform,
    capabilities: { buttons: true, forms: true, privateNotices: true, threads: true, edits: true },
    start: (door) => connect(door),
    async stop() {
      if (retry !== null) clearTimeout(retry);
      connected?.slack.dialogs.stop();
      await connected?.app.stop();
    },
    post: (to, view, key, again) => now().posting.post(to, view, key, again),
    edit: (to, message, view) => now().posting.edit(to, message, view),
    answer: (inbound, answer) => answerIn(now().slack, inbound, answer),
    async direct(_workspace, person) {
      const { slack } = now();
      return addressOf(slack, await slack.people.direct(person), null);
    },
    fetchFile: (ref) => download(now().slack, settings.botToken, ref),
  };
}

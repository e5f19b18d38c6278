import type { Logger } from 'pino';
import type { Address, Door } from '../connector.ts';
import type { Api } from './api.ts';
import type { Dialogs } from './dialogs.ts';
import type { SlackOptions } from './options.ts';
import type { People } from './people.ts';
import { platform } from './platform.ts';
import type { Submissions } from './submissions.ts';

/** A workspace that Docket is connected to, and what is needed to listen and to speak there. */
export interface Slack {
  /** The workspace's id: `T…`. */
  readonly team: string;
  /** The bot's own user id: `U…`. */
  readonly bot: string;
  /** The scopes that the token has; null where Slack does not say. */
  readonly granted: readonly string[] | null;
  readonly api: Api;
  readonly people: People;
  readonly dialogs: Dialogs;
  readonly submissions: Submissions;
  readonly door: Door;
  readonly options: SlackOptions;
  readonly log: Logger;
}

/** A place in the workspace. Direct conversations of one person with the bot have ids that begin with D. */
export function addressOf({ team }: Pick<Slack, 'team'>, channel: string, thread: string | null): Address {
  return { platform, workspace: team, channel, thread, direct: channel.startsWith('D') };
}

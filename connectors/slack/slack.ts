import type { Logger } from 'pino';
import type { Address, Door } from '../connector.ts';
import type { Turns } from '../turns.ts';
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
  /** User groups whose members are being told, by their ids. */
  readonly mirroring: Turns;
  readonly door: Door;
  readonly options: SlackOptions;
  readonly log: Logger;
}

/**
 * A place in the workspace. The ids of direct conversations begin with D; Docket hears what is said in its own alone, but
 * of commands, shortcuts and links in those of others as well: then `direct` has to be told, as `placeOf` does.
 */
export function addressOf(
  { team }: Pick<Slack, 'team'>,
  channel: string,
  thread: string | null,
  direct = channel.startsWith('D'),
): Address {
  return { platform, workspace: team, channel, thread, direct };
}

/**
 * Where somebody acted: without a channel (in their App Home, by a global shortcut), that is their own conversation with
 * Docket.
 *
 * @throws TryLater, Undeliverable where it is to be asked for, and cannot be
 */
export async function placeOf(
  slack: Slack,
  user: string,
  channel: string | null,
  thread: string | null,
): Promise<Address> {
  if (channel !== null && !channel.startsWith('D')) return addressOf(slack, channel, thread);
  const own = await slack.people.direct(user);
  return addressOf(slack, channel ?? own, thread, channel === null || channel === own);
}

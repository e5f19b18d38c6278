import type { Logger } from 'pino';
import { type Address, type Door, TryLater } from '../connector.ts';
import type { Errands } from '../errands.ts';
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
  /** What is done when Slack has had its acknowledgement. */
  readonly errands: Errands;
  /** User groups whose members are being told, by their ids. */
  readonly mirroring: Turns;
  readonly door: Door;
  readonly options: SlackOptions;
  readonly log: Logger;
}

/**
 * A place in the workspace. The ids of direct conversations begin with D; Docket hears what is said in its own alone, but
 * of commands, shortcuts and links in those of others as well: then `direct` has to be told, as `ownPlace` does.
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
 * Where somebody acted in a direct conversation, or (`channel` null) in no conversation at all: in their App Home, by a global
 * shortcut. That then is their own conversation with Docket. Where Slack does not say which that is, none is taken for it.
 *
 * @throws TryLater
 */
export async function ownPlace(
  slack: Slack,
  user: string,
  channel: string | null,
  thread: string | null,
): Promise<Address> {
  try {
    const own = await slack.people.direct(user);
    return addressOf(slack, channel ?? own, thread, channel === null || channel === own);
  } catch (error) {
    if (error instanceof TryLater) throw error;
    slack.log.warn({ err: error, user }, 'Slack does not name the direct conversation with somebody');
    // A message to somebody's id goes to their conversation with the app.
    return addressOf(slack, channel ?? user, thread, channel === null);
  }
}

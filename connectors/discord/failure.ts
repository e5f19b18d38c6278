import {
  CannotSendMessagesToThisUserErrorCodes,
  RESTJSONErrorCodes as Codes,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
} from 'discord.js';
import { Closed, Gone, Rejected, TryLater, Undeliverable } from '../connector.ts';
import { platform } from './platform.ts';

/** What a call was about. */
export interface About {
  readonly guild: string | null;
  readonly channel: string | null;
}

const goneErrors: ReadonlySet<number> = new Set([
  Codes.UnknownMessage,
  Codes.CannotReplyWithoutPermissionToReadMessageHistory,
]);

/** Somebody, or their settings for the server, takes no direct messages from Docket. */
const closedErrors: ReadonlySet<number> = new Set(CannotSendMessagesToThisUserErrorCodes);

const channelTroubles: Readonly<Record<number, readonly [why: string, mend: string]>> = {
  [Codes.UnknownChannel]: ['is not there any more', 'Take it out of the configuration, or put another in its place.'],
  [Codes.ThreadLocked]: ['is a thread that is locked', 'Unlock the thread, or allow Docket to manage threads.'],
  [Codes.MaximumActiveThreads]: [
    'cannot have another thread, for the server has as many active ones as Discord allows',
    'Close threads that are not needed any more.',
  ],
  [Codes.CannotSendMessagesInNonTextChannel]: [
    'is not for text',
    'Put a text channel or a forum in its place in the configuration.',
  ],
};

/** Of the place, though Discord calls the request a bad one (400): another message would fare no better. */
const placeErrors: ReadonlySet<number> = new Set([
  Codes.CannotExecuteActionOnThisChannelType,
  Codes.ThreadAlreadyCreatedForMessage,
  Codes.InvalidActionOnArchivedThread,
]);

/** Limits on writing, and trouble of Discord's own: the same call may succeed later. */
const passingErrors: ReadonlySet<number> = new Set([
  Codes.ActionCannotBePerformedDueToSlowmodeRateLimit,
  Codes.ChannelSendRateLimit,
  Codes.ServerSendRateLimit,
  Codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  Codes.FeatureTemporarilyDisabledServerSide,
  Codes.ServiceResourceIsBeingRateLimited,
  Codes.CloudflareIsBlockingYourRequest,
]);

/** HTTP: a bad request, or too large. */
const rejectedStatuses: ReadonlySet<number> = new Set([400, 413]);

/** The content is not allowed: Discord, or the server's own AutoMod, blocks it. */
const blockedErrors: ReadonlySet<number> = new Set([
  Codes.MessageWasBlockedByAutomaticModeration,
  Codes.TitleWasBlockedByAutomaticModeration,
  Codes.MessageBlockedByHarmfulLinksFilter,
  Codes.ExplicitContentCannotBeSentToTheDesiredRecipient,
]);

/** The error code of Discord's answer; null where Discord did not answer, or something else failed. */
export function codeOf(error: unknown): number | null {
  return error instanceof DiscordAPIError ? Number(error.code) : null;
}

/** Whether somebody takes no direct messages from Docket. */
export function isClosed(error: unknown): boolean {
  return closedErrors.has(codeOf(error) ?? 0);
}

/** Whether Docket lacks a permission for what it tried. */
export function isForbidden(error: unknown): boolean {
  const code = codeOf(error);
  return code === Codes.MissingAccess || code === Codes.MissingPermissions;
}

/**
 * A failed call in the words of the contract: what may succeed later is a `TryLater`, what a person must mend an
 * `Undeliverable`, a message that is not there any more `Gone`, one that Discord does not take `Rejected`. The library's own errors hold the request with its
 * secrets, and are never passed on.
 *
 * @param missing the permissions that Docket lacks in the channel, as Discord's own settings name them
 */
export function failure(error: unknown, { guild, channel }: About, missing: readonly string[]): unknown {
  if (error instanceof RateLimitError) {
    return new TryLater('Discord asks to wait', Math.max(error.retryAfter, error.timeToReset, error.sublimitTimeout));
  }
  if (error instanceof HTTPError) {
    if (error.status >= 500) return new TryLater('Discord cannot be reached', null);
    return rejectedStatuses.has(error.status) ? new Rejected(error.message) : new Error(error.message);
  }
  if (!(error instanceof DiscordAPIError)) return unanswered(error);
  const says = `Discord says ${error.code}: ${error.message}`;
  const code = Number(error.code);
  const workspace = guild === null ? null : { platform, workspace: guild };
  if (passingErrors.has(code)) return new TryLater(says, null);
  if (goneErrors.has(code)) return new Gone(says);
  if (isClosed(error)) return new Closed('Allow direct messages from members of this server, in its privacy settings.');
  if (error.status === 401) {
    return new Undeliverable('Discord does not take the token', {
      mend: 'Reset it at discord.com/developers/applications, under Bot, set DISCORD_TOKEN to it, and restart Docket.',
      ...(workspace === null ? {} : { workspace }),
    });
  }
  if (code === Codes.UnknownGuild) {
    return new Undeliverable('the bot is not in the server any more', {
      mend: 'Invite it again with the address that `npx docket discord invite` prints.',
      ...(workspace === null ? {} : { workspace }),
    });
  }
  if (isForbidden(error)) return forbidden(channel, missing);
  const ofChannel = channelTroubles[code];
  if (ofChannel) return new Undeliverable(`the channel ${channel ?? ''} ${ofChannel[0]}`, { mend: ofChannel[1] });
  const isRejected = blockedErrors.has(code) || (rejectedStatuses.has(error.status) && !placeErrors.has(code));
  return isRejected ? new Rejected(says) : new Error(says);
}

function forbidden(channel: string | null, missing: readonly string[]): Undeliverable {
  const named = missing.length === 0 ? 'it is not known which' : missing.join(', ');
  return new Undeliverable(`Docket lacks permissions in the channel ${channel ?? ''}: ${named}`, {
    mend: 'Give them to its role in the settings of the channel, under Permissions.',
  });
}

/** No answer came at all. What is Docket's own fault stays as it is. */
function unanswered(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const lost = error.name === 'AbortError' || 'code' in error || 'cause' in error;
  return lost ? new TryLater(`Discord cannot be reached: ${error.message}`, null) : error;
}

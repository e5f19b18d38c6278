import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { Gone, Rejected, TryLater, Undeliverable } from '../connector.ts';
import { platform } from './platform.ts';

/** What a call was about. */
export interface About {
  readonly team: string;
  /** The channel or direct conversation; null where the call was about none. */
  readonly channel: string | null;
}

/** What stands in the way of telling a channel, and what an administrator does about it. */
const channelTroubles: Readonly<Record<string, readonly [why: string, mend: string]>> = {
  channel_not_found: [
    'is not there, or Docket cannot see it',
    'Invite Docket: write `/invite @docket` in the channel.',
  ],
  not_in_channel: ['does not have Docket in it', 'Invite Docket: write `/invite @docket` in the channel.'],
  is_archived: ['is archived', 'Unarchive the channel, or take it out of the configuration.'],
  restricted_action: ['lets only some people post', 'Allow Docket to post in the channel, in its settings.'],
  restricted_action_read_only_channel: ['is read-only', 'Allow Docket to post in the channel, in its settings.'],
  restricted_action_thread_locked: ['has a thread that is locked', 'Unlock the thread.'],
  restricted_action_thread_only_channel: [
    'takes threads only',
    'Allow Docket to post in the channel, in its settings.',
  ],
  restricted_action_non_threadable_channel: [
    'takes no threads',
    'Allow threads in the settings of the channel, or put another in its place in the configuration.',
  ],
  posting_to_channel_denied: ['lets only some people post', 'Allow Docket to post in the channel, in its settings.'],
  user_not_visible: ['belongs to somebody whom Docket may not see', 'Take the account out of the configuration.'],
  user_not_found: ['belongs to somebody who is not there any more', 'Take the account out of the configuration.'],
  user_disabled: ['belongs to somebody whose account is deactivated', 'Take the account out of the configuration.'],
  cannot_dm_bot: ['belongs to a bot', 'Take the account out of the configuration.'],
  messages_tab_disabled: [
    'cannot be written in, for the messages tab of the app is off',
    'Turn it on: App Home, Show Tabs, at api.slack.com/apps.',
  ],
};

const newTokens = 'Install the app anew at api.slack.com/apps, set SLACK_BOT_TOKEN to its token, and restart Docket.';
const reinstall = 'Bring the app up to date with `npx docket slack manifest`, and reinstall it.';
export const askAdministrator = 'Ask an administrator of the workspace to allow the app to.';
const teamTroubles: Readonly<Record<string, readonly [why: string, mend: string]>> = {
  not_authed: ['Slack was not given a token', newTokens],
  invalid_auth: ['Slack does not take the token', newTokens],
  account_inactive: ['the app was removed from the workspace', newTokens],
  token_revoked: ['the token was revoked', newTokens],
  token_expired: ['the token has expired', newTokens],
  org_login_required: ['the workspace is moving to an organisation', 'Wait until the move has ended.'],
  access_denied: ['Slack denies the app access', askAdministrator],
  accesslimited: ['the workspace restricts access from the network that Docket runs in', askAdministrator],
  no_permission: ['the app lacks a permission', reinstall],
  team_access_not_granted: ['the app was not granted access to this workspace', reinstall],
  not_allowed_token_type: ['the token is of the wrong kind', 'Set SLACK_BOT_TOKEN to the bot token (`xoxb-…`).'],
  two_factor_setup_required: [
    'two-factor authentication is required',
    'Set it up for the account that installed the app.',
  ],
  enterprise_is_restricted: ['the organisation restricts this', 'Ask an administrator of the organisation.'],
  ekm_access_denied: ['the administrators of the organisation have suspended access', 'Ask them for access.'],
};

const goneErrors: ReadonlySet<string> = new Set([
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
  // The thread's first message is not one that can be replied to (any more).
  'cannot_reply_to_message',
]);

/** Slack's own trouble: the same call may succeed later (docs.slack.dev/reference/methods, "Errors" of each method). */
const passing: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'no_response',
  'external_channel_migrating',
  'file_update_failed',
  'message_limit_exceeded',
  'rate_limited',
  'ratelimited',
  'update_failed',
]);

/** The message itself is refused, and always will be (docs.slack.dev/reference/methods/chat.postMessage, "Errors"). */
const rejected: ReadonlySet<string> = new Set([
  'attachment_payload_limit_exceeded',
  'block_mismatch',
  'blocked_file_type',
  'cant_broadcast_message',
  'file_upload_size_restricted',
  'file_uploads_disabled',
  'invalid_arg_name',
  'invalid_arguments',
  'invalid_array_arg',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_charset',
  'invalid_form_data',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_metadata_keys',
  'invalid_post_type',
  'malware_detected',
  'markdown_text_conflict',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'slack_connect_blocked_file_type',
  'slack_connect_file_link_sharing_blocked',
  'too_many_attachments',
  'too_many_contact_cards',
]);

/** HTTP: a bad request, too large, or too long an address. */
const rejectedStatuses: ReadonlySet<number> = new Set([400, 413, 414]);

/** The error code of Slack's answer; null where Slack did not answer, or something else failed. */
export function codeOf(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

/** The same of a failure in the words of the contract. */
export function causeOf(error: unknown): string | null {
  return codeOf(error instanceof Error ? (error.cause ?? error) : error);
}

/**
 * A failed call in the words of the contract: what may succeed later is a `TryLater`, what a person must mend an
 * `Undeliverable`, a message that is not there any more `Gone`, one that Slack does not take `Rejected`. The rest stays as
 * it is.
 */
export function failure(error: unknown, { team, channel }: About): unknown {
  if (error instanceof WebAPIRateLimitedError) {
    return new TryLater('Slack asks to wait', error.retryAfter * 1_000, { cause: error });
  }
  const code = codeOf(error);
  if (code === null) return unanswered(error);
  if (goneErrors.has(code)) return new Gone(`Slack says ${code}`, { cause: error });
  if (rejected.has(code)) return new Rejected(`Slack says ${code}`, { cause: error });
  if (passing.has(code)) return new TryLater(`Slack says ${code}`, null, { cause: error });
  const workspace = { platform, workspace: team };
  const ofTeam = teamTroubles[code];
  if (ofTeam) return new Undeliverable(ofTeam[0], { cause: error, mend: ofTeam[1], workspace });
  if (code === 'missing_scope') {
    const needed = error instanceof WebAPIPlatformError && 'needed' in error.data ? String(error.data.needed) : '';
    return new Undeliverable(`the app lacks the scope ${needed}`, {
      cause: error,
      mend: 'Bring the app up to date with `npx docket slack manifest`, and install it anew.',
      workspace,
    });
  }
  const ofChannel = channelTroubles[code];
  if (ofChannel) {
    return new Undeliverable(`the channel ${channel ?? ''} ${ofChannel[0]}`, { cause: error, mend: ofChannel[1] });
  }
  return error;
}

/** Slack did not answer, or answered with a failure of its servers. */
function unanswered(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error instanceof WebAPIHTTPError && rejectedStatuses.has(error.statusCode)) {
    return new Rejected(`Slack answers with HTTP ${error.statusCode}`, { cause: error });
  }
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) return error;
  return new TryLater('Slack cannot be reached', null, { cause: error });
}

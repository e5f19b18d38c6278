import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { TryLater, Undeliverable } from '../../connectors/connector.ts';
import { failure } from '../../connectors/slack/failure.ts';
import type { Refused } from '../emulators/slack/faults.ts';

/** Errors of every method (docs.slack.dev/reference/methods, "Errors" of every page), and HTTP statuses. */
const common: readonly Refused[] = [
  ...['access_denied', 'accesslimited', 'account_inactive', 'deprecated_endpoint', 'ekm_access_denied'],
  ...['enterprise_is_restricted', 'fatal_error', 'internal_error', 'invalid_arg_name', 'invalid_arguments'],
  ...['invalid_array_arg', 'invalid_auth', 'invalid_charset', 'invalid_form_data', 'invalid_post_type'],
  ...['method_deprecated', 'missing_post_type', 'missing_scope', 'no_permission', 'not_allowed_token_type'],
  ...['not_authed', 'org_login_required', 'ratelimited', 'request_timeout', 'service_unavailable'],
  ...['team_access_not_granted', 'team_added_to_org', 'token_expired', 'token_revoked', 'two_factor_setup_required'],
  'a_code_of_next_year',
  ...[{ status: 400 }, { status: 429, seconds: 1 }, { status: 500 }, { status: 503 }],
];

/** Further errors of each method that Docket calls (docs.slack.dev/reference/methods/METHOD, "Errors"). */
const own = {
  'chat.delete': [
    'cant_delete_message',
    'channel_not_found',
    'compliance_exports_prevent_deletion',
    'message_not_found',
  ],
  'chat.postEphemeral': [
    ...['channel_not_found', 'invalid_blocks', 'is_archived', 'messages_tab_disabled', 'msg_too_long', 'no_text'],
    ...['not_in_channel', 'restricted_action', 'restricted_action_read_only_channel', 'too_many_attachments'],
    ...['user_not_found', 'user_not_in_channel'],
  ],
  'chat.postMessage': [
    ...['as_user_not_supported', 'attachment_payload_limit_exceeded', 'block_mismatch', 'cannot_reply_to_message'],
    ...['channel_not_found', 'duplicate_message_ts', 'external_channel_migrating', 'invalid_blocks'],
    ...['invalid_blocks_format', 'invalid_metadata_format', 'invalid_metadata_schema', 'is_archived'],
    ...['message_limit_exceeded', 'messages_tab_disabled', 'metadata_must_be_sent_from_app', 'metadata_too_large'],
    ...['msg_blocks_too_long', 'msg_too_long', 'no_text', 'not_in_channel', 'rate_limited', 'restricted_action'],
    ...['restricted_action_non_threadable_channel', 'restricted_action_read_only_channel'],
    ...['restricted_action_thread_locked', 'restricted_action_thread_only_channel', 'team_not_found'],
    ...['slack_connect_file_link_sharing_blocked', 'too_many_attachments', 'user_not_found'],
  ],
  'chat.unfurl': [
    ...['cannot_auth_user', 'cannot_find_channel', 'cannot_find_message', 'cannot_find_service'],
    ...['cannot_parse_attachment', 'cannot_prompt', 'cannot_unfurl_message', 'cannot_unfurl_url', 'channel_not_found'],
    ...['invalid_source', 'invalid_source_channel', 'invalid_unfurl_id', 'invalid_unfurls_format', 'missing_channel'],
    ...['missing_source', 'missing_ts', 'missing_unfurl_id', 'missing_unfurls', 'user_not_found'],
  ],
  'chat.update': [
    ...['block_mismatch', 'cant_broadcast_message', 'cant_update_message', 'channel_not_found', 'edit_window_closed'],
    ...['external_channel_migrating', 'external_team_mismatch', 'invalid_attachments', 'invalid_blocks'],
    ...[
      'invalid_metadata_format',
      'is_inactive',
      'message_not_found',
      'msg_blocks_too_long',
      'msg_too_long',
      'no_text',
    ],
    ...['not_in_channel', 'restricted_action', 'too_many_attachments', 'update_failed'],
  ],
  'conversations.history': [
    ...['channel_not_found', 'invalid_cursor', 'invalid_metadata_keys', 'invalid_ts_latest', 'invalid_ts_oldest'],
    'not_in_channel',
  ],
  'conversations.info': ['channel_not_found', 'team_not_found'],
  'conversations.open': [
    ...['cannot_dm_bot', 'channel_not_found', 'invalid_user_combination', 'method_not_supported_for_channel_type'],
    ...['not_enough_users', 'too_many_users', 'user_disabled', 'user_not_found', 'user_not_visible'],
    'users_list_not_supplied',
  ],
  'conversations.replies': ['channel_not_found', 'invalid_cursor', 'not_in_channel', 'thread_not_found'],
  'files.completeUploadExternal': [
    ...['blocked_file_type', 'channel_not_found', 'file_not_found', 'file_update_failed', 'invalid_channel'],
    ...['malware_detected', 'not_in_channel', 'posting_to_channel_denied'],
  ],
  'files.getUploadURLExternal': ['file_upload_size_restricted', 'file_uploads_disabled', 'missing_argument'],
  'files.info': ['file_deleted', 'file_not_found', 'file_not_visible'],
  'reactions.add': [
    ...['already_reacted', 'bad_timestamp', 'channel_not_found', 'external_channel_migrating', 'invalid_name'],
    ...['is_archived', 'message_not_found', 'no_item_specified', 'not_in_channel', 'not_reactable', 'thread_locked'],
    ...['too_many_emoji', 'too_many_reactions'],
  ],
  'usergroups.list': ['paid_teams_only', 'permission_denied', 'plan_upgrade_required'],
  'usergroups.users.list': ['no_such_subteam', 'paid_teams_only', 'permission_denied', 'plan_upgrade_required'],
  'users.info': ['user_not_found', 'user_not_visible'],
  'views.open': [
    ...['duplicate_external_id', 'exchanged_trigger_id', 'expired_trigger_id', 'invalid_trigger_id', 'trigger_expired'],
    ...['trigger_exchanged', 'view_too_large'],
  ],
  'views.publish': ['duplicate_external_id', 'hash_conflict', 'not_enabled', 'user_not_found', 'view_too_large'],
} as const satisfies Record<string, readonly string[]>;

export type Walked = keyof typeof own;
export const walked = Object.keys(own) as readonly Walked[];

/** Every error that Slack documents for a method. */
export function refusalsOf(method: Walked): readonly Refused[] {
  return [...common, ...own[method]];
}

/** What becomes of a call that is refused. `unforeseen`: a delivery is retried for five minutes, and then given up. */
export type Class = 'TryLater' | 'asked to wait' | 'Undeliverable' | 'workspace' | 'Gone' | 'Rejected' | 'unforeseen';

/** The documented errors of each class; those that are not listed are `unforeseen`. */
export const classes: Readonly<Record<Exclude<Class, 'asked to wait' | 'unforeseen'>, readonly string[]>> = {
  TryLater: [
    ...['external_channel_migrating', 'fatal_error', 'file_update_failed', 'internal_error', 'message_limit_exceeded'],
    ...['rate_limited', 'ratelimited', 'request_timeout', 'service_unavailable', 'team_added_to_org', 'update_failed'],
  ],
  Undeliverable: [
    ...['cannot_dm_bot', 'channel_not_found', 'is_archived', 'messages_tab_disabled', 'not_in_channel'],
    ...['posting_to_channel_denied', 'restricted_action', 'restricted_action_non_threadable_channel'],
    ...['restricted_action_read_only_channel', 'restricted_action_thread_locked'],
    ...['restricted_action_thread_only_channel', 'user_disabled', 'user_not_found', 'user_not_visible'],
  ],
  workspace: [
    ...['access_denied', 'accesslimited', 'account_inactive', 'ekm_access_denied', 'enterprise_is_restricted'],
    ...['invalid_auth', 'missing_scope', 'no_permission', 'not_allowed_token_type', 'not_authed'],
    ...['org_login_required', 'team_access_not_granted', 'token_expired', 'token_revoked', 'two_factor_setup_required'],
  ],
  Gone: [
    ...['cannot_reply_to_message', 'cant_update_message', 'edit_window_closed', 'message_not_found'],
    'thread_not_found',
  ],
  Rejected: [
    ...['attachment_payload_limit_exceeded', 'block_mismatch', 'blocked_file_type', 'cant_broadcast_message'],
    ...['file_upload_size_restricted', 'file_uploads_disabled', 'invalid_arg_name', 'invalid_arguments'],
    ...['invalid_array_arg', 'invalid_attachments', 'invalid_blocks', 'invalid_blocks_format', 'invalid_charset'],
    ...['invalid_form_data', 'invalid_metadata_format', 'invalid_metadata_keys', 'invalid_metadata_schema'],
    ...['invalid_post_type', 'malware_detected', 'metadata_must_be_sent_from_app', 'metadata_too_large'],
    ...['msg_blocks_too_long', 'msg_too_long', 'no_text', 'slack_connect_file_link_sharing_blocked'],
    'too_many_attachments',
  ],
};

/** The class that Docket puts an error into. */
export function classOf(how: Refused): Class {
  const found = failure(errorOf(how), { team: 'T0', channel: 'C0' });
  if (found instanceof TryLater) return found.afterMs === null ? 'TryLater' : 'asked to wait';
  if (found instanceof Undeliverable) return found.workspace === null ? 'Undeliverable' : 'workspace';
  const name = found instanceof Error ? found.name : '';
  return name === 'Gone' || name === 'Rejected' ? name : 'unforeseen';
}

/** The error that Slack's library throws. */
function errorOf(how: Refused): Error {
  if (typeof how === 'string') return new WebAPIPlatformError({ ok: false, error: how });
  if (how.seconds !== undefined) return new WebAPIRateLimitedError(how.seconds);
  return new WebAPIHTTPError(how.status, '', {});
}

/** Errors that a caller looks for by name. */
const handled: ReadonlySet<Refused> = new Set([
  ...['already_reacted', 'channel_not_found', 'invalid_blocks', 'missing_scope', 'no_such_subteam'],
  ...['user_not_found', 'user_not_in_channel'],
]);

/** Of the errors of a method: those that a caller handles by name, and one of each class. */
export function walkedRefusals(method: Walked): readonly Refused[] {
  // The method's own errors come first: they are the likelier ones.
  const all = [...own[method], ...common];
  const classed = new Map(all.map((how) => [classOf(how), how] as const).reverse());
  const statuses = common.filter((how) => typeof how !== 'string' && how.status !== 503);
  return [...new Set([...classed.values(), ...statuses, ...all.filter((how) => handled.has(how))])];
}

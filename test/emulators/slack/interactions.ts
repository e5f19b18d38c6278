import type { Core } from './core.ts';
import {
  type Channel,
  type Ephemeral,
  type Json,
  type Message,
  recordOf,
  recordsOf,
  textOf,
  type View,
} from './shapes.ts';
import { labelOf, optionOf } from './view-values.ts';
import { messageJson } from './wire.ts';
import { bot } from './workspace.ts';

/** Where there is something to press: a message, what only one person sees, a modal, or an App Home. */
export type Pressable =
  | { readonly message: Message; readonly channel: Channel }
  | { readonly ephemeral: Ephemeral }
  | { readonly view: View };

/** What every payload of an act says (docs.slack.dev/reference/interaction-payloads). */
function base({ workspace }: Core, user: string): Json {
  const { name, team } = workspace.person(user);
  return {
    user: { id: user, username: name, name, team_id: team },
    team: { id: workspace.team, domain: workspace.domain },
    ...{ api_app_id: bot.app, token: 'verification', enterprise: null, is_enterprise_install: false },
  };
}

export function commandPayload(core: Core, user: string, channel: Channel, command: string, text: string): Json {
  const { workspace } = core;
  const names = { public: channel.name, private: 'privategroup', im: 'directmessage' } as const;
  return {
    ...{ token: 'verification', team_id: workspace.team, team_domain: workspace.domain, api_app_id: bot.app },
    ...{ channel_id: channel.id, channel_name: names[channel.kind], is_enterprise_install: 'false' },
    ...{ user_id: user, user_name: workspace.person(user).name, command, text },
    response_url: core.responseUrls.issue({ channel: channel.id, user, message: null, thread: null }),
    trigger_id: core.triggers.issue(user),
  };
}

export function messageShortcutPayload(core: Core, user: string, channel: Channel, ts: string, callback: string): Json {
  const { workspace } = core;
  const message = workspace.message(channel, ts);
  return {
    ...base(core, user),
    ...{ type: 'message_action', callback_id: callback, trigger_id: core.triggers.issue(user) },
    ...{ message_ts: ts, action_ts: workspace.ts(), channel: { id: channel.id, name: channel.name } },
    message: messageJson(workspace, channel, message, { baseUrl: core.baseUrl() }),
    response_url: core.responseUrls.issue({ channel: channel.id, user, message: null, thread: message.thread }),
  };
}

export function globalShortcutPayload(core: Core, user: string, callback: string): Json {
  const at = { action_ts: core.workspace.ts(), trigger_id: core.triggers.issue(user) };
  return { ...base(core, user), type: 'shortcut', callback_id: callback, ...at };
}

/** The press of a button, or the choice of an option, by what is written on it. */
export function pressPayload(core: Core, user: string, on: Pressable, label: string): Json {
  const action = { ...actionNamed(blocksOf(on), label), action_ts: core.workspace.ts() };
  const view = 'view' in on ? on.view.id : null;
  return {
    ...{ type: 'block_actions', ...base(core, user), ...placeOf(core, user, on), actions: [action] },
    trigger_id: core.triggers.issue(user, view),
  };
}

/** A modal that is sent, or closed. */
export function viewPayload(core: Core, view: View, type: 'view_submission' | 'view_closed'): Json {
  const sent = { trigger_id: core.triggers.issue(view.owner, view.id), response_urls: [] };
  const more = type === 'view_submission' ? sent : { is_cleared: false };
  return { type, ...base(core, view.owner), ...more, view: core.views.json(view) };
}

export function blocksOf(on: Pressable): readonly Json[] {
  if ('view' in on) return on.view.blocks;
  const { blocks, attachments } = 'message' in on ? on.message : on.ephemeral;
  return [...blocks, ...attachments.flatMap((attachment) => recordsOf(attachment['blocks']))];
}

function placeOf(core: Core, user: string, on: Pressable): Json {
  const state = { values: {} };
  if ('view' in on) {
    return { container: { type: 'view', view_id: on.view.id }, view: core.views.json(on.view) };
  }
  const { workspace, baseUrl, responseUrls } = core;
  const [{ ts, thread }, id, ephemeral] =
    'message' in on ? [on.message, on.channel.id, false] : [on.ephemeral, on.ephemeral.channel, true];
  const below = thread === null ? {} : { thread_ts: thread };
  return {
    container: { type: 'message', message_ts: ts, channel_id: id, is_ephemeral: ephemeral, ...below },
    channel: { id, name: workspace.channels.get(id)?.name },
    ...('message' in on ? { message: messageJson(workspace, on.channel, on.message, { baseUrl: baseUrl() }) } : {}),
    ...{ state, response_url: responseUrls.issue({ channel: id, user, message: { ts, ephemeral }, thread }) },
  };
}

function actionNamed(blocks: readonly Json[], label: string): Json {
  const elements = blocks.flatMap((block) => {
    const inside = block['type'] === 'actions' ? recordsOf(block['elements']) : [recordOf(block['accessory'])];
    return inside.map((element) => ({ ...element, block_id: block['block_id'] }) as Json);
  });
  const found = elements.find((element) => labelsOf(element).includes(label));
  if (found === undefined) throw new Error(`there is nothing “${label}” but: ${elements.flatMap(labelsOf).join(', ')}`);
  const { type, action_id, block_id, text, value, style } = found;
  if (type === 'button') return { type, action_id, block_id, text, value, ...(style === undefined ? {} : { style }) };
  return { type, action_id, block_id, selected_option: optionOf(found, label) };
}

/** What can be read on a button, or in an opened menu. */
export function labelsOf(element: Json): readonly string[] {
  switch (element['type']) {
    case 'button':
      return [labelOf(element)];
    case 'overflow':
    case 'static_select':
      return recordsOf(element['options']).map((option) => textOf(recordOf(option['text'])['text']));
    default:
      return [];
  }
}

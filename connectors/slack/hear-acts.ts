import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Inbound } from '../connector.ts';
import { shortcuts } from './app.ts';
import { actionIds, readPress } from './blocks/actions.ts';
import { commandLine } from './command-line.ts';
import { quietDrawing } from './drawing.ts';
import { rawPlace } from './enrich.ts';
import { ticketMark } from './hear-messages.ts';
import { formCallback, loadingModal } from './modal.ts';
import { globalShortcut, messageShortcut, press, slash, submission } from './payloads.ts';
import type { Slack } from './slack.ts';
import { onSubmission } from './submissions.ts';

/** Hears slash commands, presses, forms that are sent, and shortcuts. Each is acknowledged when it is kept. */
export function hearActs(app: App, slack: Slack): void {
  app.command(/^\//, async ({ body, ack }) => {
    await onCommand(slack, body);
    await ack();
  });
  app.action(actionIds, async ({ body, ack }) => {
    await onPress(slack, body);
    await ack();
  });
  app.view<ViewSubmitAction>(formCallback, ({ body, ack }) => onSubmission(slack, submission.parse(body), ack));
  app.shortcut(shortcuts.makeTicket, async ({ body, ack }) => {
    await onMakeTicket(slack, body);
    await ack();
  });
  app.shortcut(shortcuts.newTicket, async ({ body, ack }) => {
    await onNewTicket(slack, body);
    await ack();
  });
}

async function onCommand(slack: Slack, body: unknown): Promise<void> {
  const { user_id, channel_id, text, trigger_id, response_url } = slash.parse(body);
  const line = commandLine(text);
  await act(slack, trigger_id, line === 'new' ? newTicketTitle : null, {
    kind: 'command',
    event: `command ${trigger_id}`,
    at: slack.options.now(),
    sender: { id: user_id, name: user_id },
    ...rawPlace(slack, channel_id, null),
    answerTo: { responseUrl: response_url },
    line,
  });
}

async function onPress(slack: Slack, body: unknown): Promise<void> {
  const { user, trigger_id, channel, response_url, container, message, actions } = press.parse(body);
  const pressed = readPress(actions[0]);
  if (pressed === null) return;
  const ephemeral = container.is_ephemeral === true;
  const thread = container.thread_ts ?? message?.thread_ts ?? null;
  const ts = container.message_ts ?? message?.ts ?? null;
  await act(slack, trigger_id, pressed.opensForm ? '…' : null, {
    kind: 'press',
    event: `press ${trigger_id}`,
    at: slack.options.now(),
    sender: { id: user.id, name: user.id },
    ...rawPlace(slack, channel?.id ?? null, thread === ts ? null : thread),
    answerTo: {
      ...(response_url ? { responseUrl: response_url } : {}),
      ...(ephemeral ? { ephemeral: 'yes' } : {}),
      ...(container.type === 'view' && !channel ? { home: 'yes' } : {}),
    },
    command: pressed.command,
    message: ephemeral ? null : ts,
  });
}

async function onMakeTicket(slack: Slack, body: unknown): Promise<void> {
  const { user, trigger_id, response_url, channel, message } = messageShortcut.parse(body);
  if (message.user === slack.bot) return;
  const inbound = ticketMark(slack, {
    event: `shortcut ${trigger_id}`,
    by: user.id,
    channel: channel.id,
    message,
    answerTo: { responseUrl: response_url },
  });
  await slack.door.receive(inbound);
}

async function onNewTicket(slack: Slack, body: unknown): Promise<void> {
  const { user, trigger_id } = globalShortcut.parse(body);
  await act(slack, trigger_id, newTicketTitle, {
    kind: 'command',
    event: `shortcut ${trigger_id}`,
    at: slack.options.now(),
    sender: { id: user.id, name: user.id },
    ...rawPlace(slack, null, null),
    answerTo: {},
    line: 'new',
  });
}

/** The title of the modal that holds the place of the form for a new ticket. */
const newTicketTitle = 'New ticket';

/** Hands on what somebody did, who may be asked in a modal for more. `loading`: a form is sure to follow. */
async function act(slack: Slack, trigger: string, loading: string | null, inbound: Inbound): Promise<void> {
  slack.dialogs.begin(inbound.event, trigger, loading === null ? null : loadingModal(loading, quietDrawing(slack)));
  try {
    const kept = await slack.door.receive(inbound);
    if (kept !== 'kept') slack.dialogs.forget(inbound.event);
  } catch (error) {
    slack.dialogs.forget(inbound.event);
    throw error;
  }
}

import type { Answer, FormView, Inbound, View } from '../connector.ts';
import { drawMessage, type Message } from './blocks/message.ts';
import { formMessage } from './blocks/notice.ts';
import { drawingFor, quietDrawing } from './drawing.ts';
import { causeOf } from './failure.ts';
import { publishHome } from './home-tab.ts';
import { formModal, type Modal, textModal, withErrors } from './modal.ts';
import type { Slack } from './slack.ts';
import { contextOf } from './submissions.ts';

const reactions: Readonly<Record<NonNullable<Answer['reaction']>, string>> = {
  '✅': 'white_check_mark',
  '🔒': 'lock',
  '❓': 'question',
  '🎫': 'ticket',
};

/** Answers the one who acted: a reaction on what they wrote, a modal, and messages that nobody else sees. */
export async function answerIn(slack: Slack, inbound: Inbound, { reaction, views, form }: Answer): Promise<void> {
  if (reaction !== null && (inbound.kind === 'message' || inbound.kind === 'reaction')) {
    await react(slack, inbound.where.channel, inbound.message, reactions[reaction]);
  }
  await (inbound.kind === 'submit' ? afterSubmission(slack, inbound, form) : ask(slack, inbound, form));
  for (const [nth, view] of views.entries()) {
    const replaces = nth === 0 && inbound.answerTo['ephemeral'] !== undefined && pages(view);
    await whisper(slack, inbound, drawMessage(view, await drawingFor(slack, view)), replaces);
  }
  if (inbound.answerTo['home'] !== undefined) await publishHome(slack, inbound.sender.id);
}

async function react(slack: Slack, channel: string, timestamp: string, name: string): Promise<void> {
  try {
    await slack.api.callPatiently(channel, (web) => web.reactions.add({ channel, timestamp, name }));
  } catch (error) {
    // The answer itself is still to be given.
    if (causeOf(error) !== 'already_reacted') slack.log.warn({ err: error }, 'a reaction could not be set');
  }
}

/** Another page of what was shown takes its place. */
function pages({ view }: View): boolean {
  return view === 'list' || view === 'history';
}

async function ask(slack: Slack, inbound: Inbound, form: FormView | null): Promise<void> {
  if (form === null) {
    await slack.dialogs.close(inbound.event, done(slack));
    return;
  }
  const { view } = modalOf(slack, inbound, form);
  if (!(await slack.dialogs.show(inbound.event, view))) {
    await whisper(slack, inbound, formMessage(form, quietDrawing(slack)), false);
  }
}

async function afterSubmission(slack: Slack, inbound: Inbound, form: FormView | null): Promise<void> {
  const modal = form === null ? null : modalOf(slack, inbound, form);
  if (slack.submissions.settle(inbound.event, modal)) return;
  if (modal === null) await slack.dialogs.close(inbound.event, done(slack));
  else if (!(await slack.dialogs.show(inbound.event, withErrors(modal, quietDrawing(slack)))) && form !== null) {
    await whisper(slack, inbound, formMessage(form, quietDrawing(slack)), false);
  }
}

function modalOf(slack: Slack, inbound: Inbound, form: FormView): Modal {
  const slackUser = (value: string) => /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1] ?? null;
  return formModal(form, { context: contextOf(inbound), slackUser }, quietDrawing(slack));
}

function done(slack: Slack) {
  const words = 'Done. What came of it stands in the conversation that this came from.';
  return textModal('Docket', [{ block: 'paragraph', inlines: [words] }], quietDrawing(slack));
}

/** Where Docket is not, or the person is not, a private message in the channel is refused. */
const elsewhere: ReadonlySet<string | null> = new Set([
  'channel_not_found',
  'not_in_channel',
  'user_not_in_channel',
  'is_archived',
]);

/** Tells somebody something that nobody else sees: where they are, else in their direct conversation. */
async function whisper(slack: Slack, inbound: Inbound, message: Message, replaces: boolean): Promise<void> {
  const { where, sender, answerTo } = inbound;
  const { responseUrl } = answerTo;
  // Where it is not known which conversation is theirs, a message to their id goes there.
  if (where.direct) return say(slack, where.channel || sender.id, where.thread, message);
  if (responseUrl !== undefined && (replaces || where.thread === null)) {
    if (await respond(slack, responseUrl, message, replaces)) return;
  }
  const { channel, thread } = where;
  try {
    await slack.api.callPatiently(channel, (web) =>
      web.chat.postEphemeral({
        channel,
        user: sender.id,
        ...message,
        ...(thread === null ? {} : { thread_ts: thread }),
      }),
    );
  } catch (error) {
    if (!elsewhere.has(causeOf(error))) throw error;
    await say(slack, await slack.people.direct(sender.id), null, message);
  }
}

async function say(slack: Slack, channel: string, thread: string | null, message: Message): Promise<void> {
  await slack.api.callPatiently(channel, (web) =>
    web.chat.postMessage({
      channel,
      ...message,
      mrkdwn: false,
      parse: 'none',
      unfurl_links: false,
      unfurl_media: false,
      ...(thread === null ? {} : { thread_ts: thread }),
    }),
  );
}

/** The way of docs.slack.dev/interactivity/handling-user-interaction, "response_url": five times in half an hour. */
async function respond(slack: Slack, url: string, message: Message, replaces: boolean): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: replaces, ...message }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return true;
    slack.log.debug({ status: response.status }, 'an answer by its response URL was refused');
  } catch (error) {
    slack.log.debug({ err: error }, 'an answer by its response URL failed');
  }
  return false;
}

import { RESTJSONErrorCodes as Codes, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Answer, Inbound, View } from '../connector.ts';
import { channelOf, isForum } from './channels.ts';
import type { Discord } from './discord.ts';
import { drawn, formMessage, type Message, modalFor } from './drawing.ts';
import { codeOf, isClosed } from './failure.ts';

/** Answers the one who acted: a reaction on what they wrote, a modal, and messages that nobody else sees. */
export async function answerIn(discord: Discord, inbound: Inbound, answer: Answer): Promise<void> {
  const { reaction } = answer;
  if (reaction !== null && (inbound.kind === 'message' || inbound.kind === 'reaction')) {
    await react(discord, inbound, reaction);
  }
  if (inbound.answerTo['token'] === undefined) await tellDirectly(discord, inbound, answer);
  else await answerInteraction(discord, inbound, inbound.answerTo['token'], answer);
}

async function react(
  discord: Discord,
  { where, ...inbound }: Inbound & { message: string },
  emoji: string,
): Promise<void> {
  // What begins a forum's post stands in the post.
  const channels =
    where.thread === null && (await isPost(discord, where.channel)) ? [inbound.message] : [channelOf(where)];
  for (const channel of channels) {
    try {
      await discord.api.raw((rest) =>
        rest.put(Routes.channelMessageOwnReaction(channel, inbound.message, encodeURIComponent(emoji))),
      );
    } catch (error) {
      // The answer itself is still to be given.
      discord.log.warn({ why: error instanceof Error ? error.message : error }, 'a reaction could not be set');
    }
  }
}

/** Whether a channel is a forum, whose messages stand in posts alone. */
async function isPost(discord: Discord, channel: string): Promise<boolean> {
  return isForum(await discord.channels.get(channel));
}

/** The token of an interaction is too old by now, or Discord has not been told in time that it was received. */
const tooLate: ReadonlySet<number | null> = new Set([
  Codes.InvalidWebhookToken,
  Codes.UnknownWebhook,
  Codes.UnknownInteraction,
  Codes.UnknownMessage,
]);

async function answerInteraction(discord: Discord, inbound: Inbound, token: string, answer: Answer): Promise<void> {
  const { acknowledgements } = discord;
  const { views, form } = answer;
  if (form !== null && (await acknowledgements.modal(inbound.event, await modalFor(discord, inbound, form)))) return;
  await acknowledgements.settle(inbound.event);
  acknowledgements.end(inbound.event);
  const messages = await messagesOf(discord, inbound, answer);
  const original = Routes.webhookMessage(discord.app, token, '@original');
  const first = inbound.answerTo['manner'] === 'reply' || (inbound.answerTo['ephemeral'] && pages(views[0]));
  try {
    for (const [nth, { flags, ...message }] of messages.entries()) {
      const body = { ...message, flags: nth === 0 && first ? flags : flags | MessageFlags.Ephemeral };
      await discord.api.raw((rest) =>
        nth === 0 && first
          ? rest.patch(original, { body, auth: false })
          : rest.post(Routes.webhook(discord.app, token), { body, auth: false }),
      );
    }
    if (messages.length === 0 && first) await discord.api.raw((rest) => rest.delete(original, { auth: false }));
  } catch (error) {
    if (!tooLate.has(codeOf(error)))
      throw await discord.api.failed(error, { guild: inbound.where.workspace, channel: null });
    await tellDirectly(discord, inbound, answer);
  }
}

/** Another page of what was shown takes its place. */
function pages(view: View | undefined): boolean {
  return view?.view === 'list' || view?.view === 'history';
}

async function messagesOf(discord: Discord, inbound: Inbound, { views, form }: Answer): Promise<readonly Message[]> {
  const { workspace } = inbound.where;
  const shown = await Promise.all(views.map((view) => drawn(discord, workspace, view)));
  return form === null ? shown : [...shown, await formMessage(discord, inbound, form)];
}

/** Only interactions have answers that nobody else sees; what is to be said to others goes to their direct conversation. */
async function tellDirectly(discord: Discord, inbound: Inbound, answer: Answer): Promise<void> {
  const messages = await messagesOf(discord, inbound, answer);
  if (messages.length === 0) return;
  const { where, sender } = inbound;
  const to = where.direct ? where : await discord.people.direct(where.workspace, sender.id);
  try {
    for (const body of messages)
      await discord.api.raw((rest) => rest.post(Routes.channelMessages(to.channel), { body }));
  } catch (error) {
    if (where.direct || !isClosed(error)) {
      throw await discord.api.failed(error, { guild: where.workspace, channel: to.channel });
    }
    await sayThatClosed(discord, inbound);
  }
}

/** Says nothing of what the answer is: others read along. */
async function sayThatClosed(discord: Discord, inbound: Inbound): Promise<void> {
  const body = {
    content:
      'Docket has an answer for you alone, and you take no direct messages from this server. ' +
      'Allow them in its privacy settings, or use `/ticket`, whose answers only you see.',
    allowed_mentions: { parse: [], replied_user: true },
    ...('message' in inbound && inbound.message !== null
      ? { message_reference: { message_id: inbound.message, fail_if_not_exists: false } }
      : {}),
  };
  const channel = channelOf(inbound.where);
  await discord.api.call({ guild: inbound.where.workspace, channel }, z.unknown(), (rest) =>
    rest.post(Routes.channelMessages(channel), { body }),
  );
}

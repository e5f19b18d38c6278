import { GatewayDispatchEvents as Events, InteractionResponseType, InteractionType } from 'discord.js';
import { z } from 'zod';
import { type Act, answerTo, base, hand, interactionShape, type Raw, refuse, reply } from './act.ts';
import { commandNames } from './commands.ts';
import type { Discord } from './discord.ts';
import { rawPlace } from './enrich.ts';
import type { Hear } from './hear.ts';
import { onSubmission } from './hear-forms.ts';
import { onPress } from './hear-presses.ts';
import { ticketMark } from './incoming.ts';
import { messageShape } from './payloads.ts';
import { senderOf } from './people.ts';
import { platform } from './platform.ts';
import { askedBy, choicesFor, lineToComplete } from './typed-command.ts';

/** Hears commands, presses, forms that are sent, and what is being typed. */
export const hearInteractions: Readonly<Record<string, Hear>> = { [Events.InteractionCreate]: onInteraction };

async function onInteraction(discord: Discord, data: unknown): Promise<void> {
  const raw = interactionShape.parse(data);
  const user = raw.member?.user ?? raw.user;
  const channel = raw.channel ?? raw.channel_id;
  if (!user || !channel) return;
  const by = senderOf(user, raw.member);
  const place = await rawPlace(discord, { guild: raw.guild_id, channel, user: user.id });
  if (place === null) return elsewhere(discord, raw);
  if (raw.member) await discord.roles.told(place.where.workspace, by, raw.member);
  const act: Act = { ...raw, by, place };
  switch (raw.type) {
    case InteractionType.ApplicationCommand:
      return onCommand(discord, act);
    case InteractionType.ApplicationCommandAutocomplete:
      return onTyping(discord, act);
    case InteractionType.MessageComponent:
      return onPress(discord, act);
    case InteractionType.ModalSubmit:
      return onSubmission(discord, act);
  }
}

const commandShape = z.object({
  name: z.string(),
  target_id: z.string().nullish(),
  resolved: z.object({ messages: z.record(z.string(), messageShape).optional() }).nullish(),
});

async function onCommand(discord: Discord, act: Act): Promise<void> {
  const { name, target_id, resolved } = commandShape.parse(act.data);
  const target = target_id ? resolved?.messages?.[target_id] : undefined;
  if (name === commandNames.makeTicket && target !== undefined) {
    const inbound = await ticketMark(discord, {
      event: `interaction ${act.id}`,
      by: act.by,
      guild: act.guild_id,
      message: { ...target, guild_id: act.guild_id },
      answerTo: answerTo(act, 'reply'),
    });
    return inbound === null ? refuse(discord, act, 'That is a message of Docket’s own.') : hand(discord, act, inbound);
  }
  const asked =
    name === commandNames.ticketFor
      ? { line: `new for <@${target_id}>`, asks: true }
      : await askedBy(act.data, (key) => discord.door.recall(key));
  if (asked === null) return refuse(discord, act, 'This command is too old. Please try again in a minute.');
  const said = base(discord, act, 'reply');
  if ('line' in asked) await hand(discord, act, { ...said, kind: 'command', line: asked.line }, asked.asks);
  else {
    const { command, answers, asks } = asked;
    await hand(discord, act, { ...said, kind: 'submit', command, answers }, asks);
  }
}

async function onTyping(discord: Discord, act: Act): Promise<void> {
  const line = lineToComplete(act.data);
  // Nothing else waits for what is offered, so that Discord may be asked who it is offered to.
  const workspace = act.place.where.workspace || (await discord.people.guildOf(act.by.id));
  const who = { platform, workspace: workspace ?? '', sender: act.by };
  const suggestions = line === null || workspace === null ? [] : await discord.door.complete(who, line);
  const choices = await choicesFor(act.data, suggestions, (text) => discord.door.remember(text));
  await reply(discord, act, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
}

async function elsewhere(discord: Discord, raw: Raw): Promise<void> {
  if (raw.type === InteractionType.ApplicationCommandAutocomplete) return;
  await refuse(discord, raw, 'Docket does not work in this server.');
}

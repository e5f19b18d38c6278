import {
  GatewayDispatchEvents as Events,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Address, Inbound, Sender } from '../connector.ts';
import type { Manner } from './acknowledgements.ts';
import { buttonRow, message, textDisplay } from './blocks/pieces.ts';
import { channelShape } from './channels.ts';
import { commandNames } from './commands.ts';
import { readCustomId } from './custom-ids.ts';
import { type Discord, whereIs } from './discord.ts';
import { type FormState, readState, stateId } from './form-state.ts';
import type { Hear } from './hear.ts';
import { ticketMark } from './incoming.ts';
import { readModal } from './modal.ts';
import { guildMember, messageShape, userShape } from './payloads.ts';
import { senderOf } from './people.ts';
import { platform } from './platform.ts';
import { askedBy, choicesFor, lineToComplete } from './typed-command.ts';

const interactionShape = z.object({
  id: z.string(),
  type: z.int(),
  token: z.string(),
  guild_id: z.string().nullish(),
  channel: channelShape.nullish(),
  channel_id: z.string().nullish(),
  member: guildMember.nullish(),
  user: userShape.nullish(),
  data: z.unknown(),
  message: z.object({ id: z.string(), flags: z.int().default(0) }).nullish(),
});

type Raw = z.infer<typeof interactionShape>;

/** Who did something, and where. */
interface Act extends Raw {
  readonly by: Sender;
  readonly where: Address;
}

/** Hears commands, presses, forms that are sent, and what is being typed. */
export const hearInteractions: Readonly<Record<string, Hear>> = { [Events.InteractionCreate]: onInteraction };

async function onInteraction(discord: Discord, data: unknown): Promise<void> {
  const raw = interactionShape.parse(data);
  const user = raw.member?.user ?? raw.user;
  const channel = raw.channel ?? raw.channel_id;
  if (!user || !channel) return;
  const by = senderOf(user, raw.member);
  const where = await whereIs(discord, { guild: raw.guild_id, channel, user: user.id });
  if (where === null) return elsewhere(discord, raw);
  if (raw.member) await discord.roles.told(where.workspace, by, raw.member);
  const act: Act = { ...raw, by, where };
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
  const who = { platform, workspace: act.where.workspace, sender: act.by };
  const suggestions = line === null ? [] : await discord.door.complete(who, line);
  const choices = await choicesFor(act.data, suggestions, (text) => discord.door.remember(text));
  await reply(discord, act, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
}

const pressShape = z.object({ custom_id: z.string(), values: z.array(z.string()).default([]) });

async function onPress(discord: Discord, act: Act): Promise<void> {
  const { custom_id, values } = pressShape.parse(act.data);
  const id = values[0] ?? custom_id;
  const state = await readState(id, discord.door.recall);
  const pressed = state === null ? await readCustomId(id, discord.door.recall) : { ...state, opensForm: true };
  if (pressed === null) return refuse(discord, act, 'This button is too old. `/ticket show` brings a new one.');
  const { command, opensForm } = pressed;
  const said = base(discord, act, opensForm ? 'reply' : 'update');
  const inbound: Inbound = {
    ...said,
    answerTo: state === null ? said.answerTo : { ...said.answerTo, state: id },
    kind: 'press',
    command,
    message: isPrivate(act) ? null : (act.message?.id ?? null),
  };
  await hand(discord, act, inbound, opensForm);
}

async function onSubmission(discord: Discord, act: Act): Promise<void> {
  const { id, answers: given } = readModal(act.data);
  const short = /^m:(.+)$/s.exec(id)?.[1];
  const alone = short === undefined ? null : { command: short, page: 0, pages: 1, answers: {} };
  const state = alone ?? (await readState(id, discord.door.recall));
  if (state === null) return refuse(discord, act, 'This form is too old. Please bring it up again.');
  const { command, page, pages } = state;
  const answers = { ...state.answers, ...given };
  if (page + 1 < pages) return goOn(discord, act, { ...state, page: page + 1, answers });
  await hand(discord, act, {
    ...base(discord, act, act.message ? 'update' : 'reply'),
    kind: 'submit',
    command,
    answers,
  });
}

/** Discord takes no modal as the answer to a modal: a button brings up the next page. */
async function goOn(discord: Discord, act: Act, state: FormState): Promise<void> {
  const id = stateId(await discord.door.remember(JSON.stringify(state)));
  const said = textDisplay(`Part ${state.page} of ${state.pages} is kept.`);
  const { flags, ...data } = message([said, buttonRow('Go on…', id)]);
  await reply(discord, act, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { ...data, flags: flags | MessageFlags.Ephemeral },
  });
}

/** What a later answer needs to reach who acted; it outlives this process. */
function answerTo(act: Act, manner: Manner): Inbound['answerTo'] {
  return { token: act.token, manner, ...(isPrivate(act) ? { ephemeral: 'yes' } : {}) };
}

/** Whether it was done on a message that nobody else sees. */
function isPrivate({ message }: Act): boolean {
  return ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function base(discord: Discord, act: Act, manner: Manner) {
  return {
    event: `interaction ${act.id}`,
    at: discord.options.now(),
    sender: act.by,
    where: act.where,
    answerTo: answerTo(act, manner),
  };
}

/** Hands on what somebody did, and tells Discord when it is kept. `waits`: a form is likely to follow. */
async function hand(discord: Discord, act: Act, inbound: Inbound, waits = false): Promise<void> {
  const { acknowledgements } = discord;
  const manner = inbound.answerTo['manner'] === 'update' ? 'update' : 'reply';
  acknowledgements.begin(inbound.event, act, manner, waits);
  const kept = await discord.door.receive(inbound);
  if (kept !== 'kept') acknowledgements.end(inbound.event);
  else if (!waits) await acknowledgements.settle(inbound.event);
}

async function elsewhere(discord: Discord, raw: Raw): Promise<void> {
  if (raw.type === InteractionType.ApplicationCommandAutocomplete) return;
  await refuse(discord, raw, 'Docket does not work in this server.');
}

async function refuse(discord: Discord, raw: Raw, content: string): Promise<void> {
  await reply(discord, raw, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
  });
}

/** Answers at once. Whoever is too late for it has nobody to tell. */
async function reply(discord: Discord, { id, token }: Raw, body: object): Promise<void> {
  try {
    await discord.api.raw((rest) => rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
  } catch (error) {
    discord.log.info(
      { why: error instanceof Error ? error.message : error },
      'an interaction was not answered in time',
    );
  }
}

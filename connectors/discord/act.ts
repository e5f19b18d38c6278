import { InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Inbound, Sender } from '../connector.ts';
import type { Manner } from './acknowledgements.ts';
import { channelShape } from './channels.ts';
import type { Discord } from './discord.ts';
import type { RawPlace } from './enrich.ts';
import { guildMember, userShape } from './payloads.ts';

/** What Discord tells of an interaction (docs.discord.com/developers/interactions/receiving-and-responding). */
export const interactionShape = z.object({
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

export type Raw = z.infer<typeof interactionShape>;

/** Who did something, and where. */
export interface Act extends Raw {
  readonly by: Sender;
  readonly place: RawPlace;
}

/** What a later answer needs to reach who acted; it outlives this process. */
export function answerTo(act: Act, manner: Manner): Inbound['answerTo'] {
  return { token: act.token, manner, ...(isPrivate(act) ? { ephemeral: 'yes' } : {}) };
}

/** Whether it was done on a message that nobody else sees. */
export function isPrivate({ message }: Act): boolean {
  return ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

/** What every inbound tells that an act becomes. */
export function base(discord: Discord, act: Act, manner: Manner) {
  return {
    event: `interaction ${act.id}`,
    at: discord.options.now(),
    sender: act.by,
    ...act.place,
    answerTo: answerTo(act, manner),
  };
}

/** Hands on what somebody did, and tells Discord when it is kept. `waits`: a form is likely to follow. */
export async function hand(discord: Discord, act: Act, inbound: Inbound, waits = false): Promise<void> {
  const { acknowledgements } = discord;
  const manner = inbound.answerTo['manner'] === 'update' ? 'update' : 'reply';
  acknowledgements.begin(inbound.event, act, manner, waits);
  const kept = await discord.door.receive(inbound);
  if (kept !== 'kept') acknowledgements.end(inbound.event);
  else if (!waits) await acknowledgements.settle(inbound.event);
}

/** A word to the one who acted, in place of all else. */
export async function refuse(discord: Discord, raw: Raw, content: string): Promise<void> {
  await reply(discord, raw, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
  });
}

/** Answers at once. Whoever is too late for it has nobody to tell. */
export async function reply(discord: Discord, { id, token }: Raw, body: object): Promise<void> {
  try {
    await discord.api.raw((rest) => rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
  } catch (error) {
    discord.log.info(
      { why: error instanceof Error ? error.message : error },
      'an interaction was not answered in time',
    );
  }
}

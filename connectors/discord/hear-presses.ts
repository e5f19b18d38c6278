import { MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Inbound } from '../connector.ts';
import { type Act, base, hand, isPrivate, refuse } from './act.ts';
import { channelOf } from './channels.ts';
import { readCustomId } from './custom-ids.ts';
import type { Discord } from './discord.ts';
import { readState } from './form-state.ts';

const pressShape = z.object({ custom_id: z.string(), values: z.array(z.string()).default([]) });

/** A button was pressed, or something was chosen in a menu. */
export async function onPress(discord: Discord, act: Act): Promise<void> {
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
  if (values.length > 0) await resetMenu(discord, act);
}

/**
 * A menu goes on showing what was chosen, which cannot be chosen once more until the message is drawn anew. An edit that
 * changes nothing has clients do that, and comes in the way of no other.
 */
async function resetMenu(discord: Discord, act: Act): Promise<void> {
  if (isPrivate(act) || !act.message) return;
  const route = Routes.channelMessage(channelOf(act.place.where), act.message.id);
  try {
    await discord.api.raw((rest) => rest.patch(route, { body: { flags: MessageFlags.IsComponentsV2 } }));
  } catch (error) {
    discord.log.info({ why: error instanceof Error ? error.message : error }, 'a menu could not be reset');
  }
}

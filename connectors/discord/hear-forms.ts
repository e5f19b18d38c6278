import { InteractionResponseType, MessageFlags } from 'discord.js';
import { type Act, base, hand, refuse, reply } from './act.ts';
import { buttonRow, message, textDisplay } from './blocks/pieces.ts';
import type { Discord } from './discord.ts';
import { type FormState, readState, stateId } from './form-state.ts';
import { readModal } from './modal.ts';

/** A modal was sent. */
export async function onSubmission(discord: Discord, act: Act): Promise<void> {
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

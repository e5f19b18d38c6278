import { calledIn, type FormView, type Inbound, type LineView, type View } from '../connector.ts';
import { lineFits } from './blocks/line.ts';
import { drawMessage, type Message } from './blocks/message.ts';
import { formMessage as drawForm } from './blocks/notice.ts';
import { customIdOf, longCommands } from './custom-ids.ts';
import type { Discord } from './discord.ts';
import { begun, type FormState, readState, stateId } from './form-state.ts';
import { limits } from './limits.ts';
import type { Drawing } from './markdown.ts';
import { modalOf } from './modal.ts';
import { platform } from './platform.ts';

export type { Message } from './blocks/message.ts';

/** A view as a message in a guild: who is called in it has an account there, and what is too long for a button is remembered. */
export async function drawn(discord: Discord, guild: string, view: View): Promise<Message> {
  const drawing = await drawingFor(discord, guild, view);
  return view.view === 'form' ? drawForm(view, formId(view, drawing), drawing) : drawMessage(view, drawing);
}

/** Whether one message shows all of a line, whoever is called in it. */
export function fits(ticketUrl: ((ticket: number) => string | null) | null, line: LineView): boolean {
  const user = () => '0'.repeat(limits.snowflake);
  return lineFits(line, { user, ticketUrl: (ticket) => ticketUrl?.(ticket) ?? null, keyOf: () => null });
}

function formId({ command }: FormView, { keyOf }: Drawing): string | null {
  return customIdOf({ command, opensForm: true }, keyOf);
}

async function drawingFor(discord: Discord, guild: string, view: View): Promise<Drawing> {
  const { door, options } = discord;
  const people = [...calledIn(view), ...(view.view === 'line' ? (view.calls ?? []) : [])];
  const where = { platform, workspace: guild };
  const accounts = people.length === 0 ? new Map<number, string>() : await door.accounts(where, people);
  const keys = new Map<string, string>();
  for (const command of longCommands(view)) keys.set(command, await door.remember(command));
  return {
    user: (person) => accounts.get(person) ?? null,
    ticketUrl: (ticket) => options.ticketUrl?.(ticket) ?? null,
    keyOf: (text) => keys.get(text) ?? null,
  };
}

/** A form as a modal, where somebody has come to in it. */
export async function modalFor(discord: Discord, inbound: Inbound, form: FormView) {
  const { door } = discord;
  const { state: id } = inbound.answerTo;
  const state = (id === undefined ? null : await readState(id, door.recall)) ?? begun(form);
  const current: FormState = { ...state, pages: begun(form).pages };
  return modalOf(form, current, await idOf(discord, current));
}

/** What a modal carries: its command, where that is all that there is to carry. */
async function idOf({ door }: Discord, state: FormState): Promise<string> {
  const { command, pages, answers } = state;
  const whole = `m:${command}`;
  if (pages === 1 && Object.keys(answers).length === 0 && whole.length <= 100) return whole;
  return stateId(await door.remember(JSON.stringify(state)));
}

/** A form as a message that brings it up: where no modal can be shown, or what was answered is to be answered again. */
export async function formMessage(discord: Discord, inbound: Inbound, form: FormView): Promise<Message> {
  const { door } = discord;
  const drawing = await drawingFor(discord, inbound.where.workspace, form);
  if (inbound.kind !== 'submit') {
    return drawForm(form, formId(form, drawing), drawing);
  }
  const state: FormState = { ...begun(form), answers: { ...inbound.answers } };
  return drawForm(form, stateId(await door.remember(JSON.stringify(state))), drawing);
}

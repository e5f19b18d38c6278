import type { Button, View } from '../connector.ts';
import { limits } from './limits.ts';

/** What was asked for with a button or an entry of a menu. */
export interface Pressed {
  readonly command: string;
  /** The press brings up a form, which has to be the first answer to it. */
  readonly opensForm: boolean;
}

/**
 * The custom id of a button: its command, or the key by which a longer one is remembered. Null where it is too long and was
 * not remembered.
 */
export function customIdOf(
  { command, opensForm }: Pick<Button, 'command' | 'opensForm'>,
  keyOf: (text: string) => string | null,
): string | null {
  const whole = `${opensForm ? 'f' : 'c'}:${command}`;
  if (whole.length <= limits.customId) return whole;
  const key = keyOf(command);
  return key === null ? null : `${opensForm ? 's' : 'r'}:${key}`;
}

/** What a custom id stands for; null for one that is none of Docket's, and for one whose text is forgotten by now. */
export async function readCustomId(
  id: string,
  recall: (key: string) => Promise<string | null>,
): Promise<Pressed | null> {
  const [, how, rest = ''] = /^([cfrs]):(.+)$/s.exec(id) ?? [];
  if (how === undefined) return null;
  const opensForm = how === 'f' || how === 's';
  const command = how === 'c' || how === 'f' ? rest : await recall(rest);
  return command === null ? null : { command, opensForm };
}

/** The commands of a view that are too long for a custom id: they have to be remembered before it is drawn. */
export function longCommands(view: View): readonly string[] {
  return buttonsOf(view)
    .filter(({ command }) => command.length + 2 > limits.customId)
    .map(({ command }) => command);
}

function buttonsOf(view: View): readonly Pick<Button, 'command'>[] {
  if (view.view === 'form') return [view];
  return view.view === 'card' ? [...view.buttons, ...view.more] : view.buttons;
}

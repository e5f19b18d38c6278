import { shorten } from '../../src/ticket/shorten.ts';
import { paragraph, type Text } from '../../src/ticket/text.ts';
import type { Button } from '../connector.ts';
import { limits } from './limits.ts';

/**
 * Matrix has no buttons: the bot puts reactions under its message, and takes everybody's reaction with the same sign as a
 * press. What each sign means stands in the message itself, under this key, so that a message of any age can be pressed.
 */
export const buttonsKey = 'org.docket.buttons';

/** The sign of each button by its label; labels that are not here are numbered. */
const signs: Readonly<Record<string, string>> = {
  Take: '✋',
  Reply: '💬',
  Comment: '📝',
  Stall: '⏸️',
  Open: '▶️',
  Resolve: '✅',
  Reopen: '🔄',
  'Give…': '🎁',
  Steal: '💪',
  Release: '👐',
  'Stall until…': '⏳',
  'Resolve with a note…': '☑️',
  'Due…': '📅',
  'Next action…': '👉',
  'Priority…': '🔺',
  'Move…': '📦',
  'Link…': '🔗',
  'Merge…': '🔀',
  'Time worked…': '⏱️',
  'Remind me…': '⏰',
  Watch: '👀',
  Undo: '↩️',
  History: '📜',
  Reject: '🚫',
  Delete: '🗑️',
  Done: '✅',
  'Snooze 1 h': '💤',
  'Tomorrow 9:00': '🌅',
  'Open ticket': '📂',
  Show: '📂',
  Previous: '⬅️',
  Next: '➡️',
  'Resolve instead': '✅',
};

const numbers = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '🔟'] as const;

/** The buttons of a message. */
export interface Row {
  /** The reactions that the bot sets, in this order. */
  readonly reactions: readonly string[];
  /** What each sign stands for; those that the bot does not set itself too. */
  readonly commands: Readonly<Record<string, string>>;
  /** The row in words, for those who have to look for a sign, and for those who cannot react. */
  readonly words: Text;
}

/** Buttons as reactions, those of `more` in words alone: people can set them, too. Those without a sign are left out, and
 * commands that are too long to stand in a message: they are never shortened. */
export function rowOf(buttons: readonly Button[], more: readonly Button[] = []): Row {
  const free = new Set<string>(numbers);
  const commands = new Map<string, string>();
  const place = ({ label, command }: Button): string[] => {
    const sign = [signs[label], ...free].find((each) => each !== undefined && !commands.has(each));
    if (sign === undefined || command.length > limits.command) return [];
    free.delete(sign);
    commands.set(sign, command);
    return [`${sign} ${shorten(label, limits.label)}`];
  };
  const inSight = buttons.slice(0, limits.reactions).flatMap(place);
  const reactions = [...commands.keys()];
  const others = [...buttons.slice(limits.reactions), ...more].flatMap(place);
  const [example] = commands.values();
  if (example === undefined) return { reactions: [], commands: {}, words: [] };
  return {
    reactions,
    commands: Object.fromEntries(commands),
    words: [
      ...(inSight.length === 0
        ? []
        : [paragraph(`React: ${inSight.join(' · ')} – or write `, { inline: 'command', command: example })]),
      ...(others.length === 0 ? [] : [paragraph(`More: ${others.join(' · ')}`)]),
    ],
  };
}

/** The command that a reaction stands for on a message with these buttons; null where it is none of them. */
export function pressed(commands: Readonly<Record<string, unknown>>, reaction: string): string | null {
  const found = Object.entries(commands).find(([sign]) => bare(sign) === bare(reaction))?.[1];
  return typeof found === 'string' ? found : null;
}

/** Whether a reaction can be a press at all. */
export function isSign(reaction: string): boolean {
  return every.has(bare(reaction));
}

/** Whether two reactions are the same sign: clients leave out what asks for its colours, and add the tone of a skin. */
export function sameSign(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

const every: ReadonlySet<string> = new Set([...Object.values(signs), ...numbers].map(bare));

function bare(sign: string): string {
  return sign.replaceAll(/[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '');
}

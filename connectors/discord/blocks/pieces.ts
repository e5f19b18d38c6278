import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { shorten } from '../../../src/ticket/shorten.ts';
import type { Button, CardView } from '../../connector.ts';
import { customIdOf } from '../custom-ids.ts';
import { limits } from '../limits.ts';
import type { Drawing } from '../markdown.ts';

/** A message as Discord takes it: of components, which can be edited, and have room for buttons and files. */
export interface Message {
  readonly flags: MessageFlags;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: []; readonly users: string[] };
}

/** A message of these components, which calls nobody but `users` (ids). */
export function message(components: readonly APIMessageTopLevelComponent[], users: readonly string[] = []): Message {
  return {
    flags: MessageFlags.IsComponentsV2,
    components,
    allowed_mentions: { parse: [], users: [...new Set(users)].slice(0, 100) },
  };
}

/** Markdown to show; Discord refuses an empty one. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: content.trim() || '…' };
}

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** How many rows of buttons a message has at most: beside its text and its menu. */
const mostRows = 4;

/**
 * Buttons in rows of five, and those behind *More* in a menu. What Discord has no room for is left out: commands are never
 * shortened.
 */
export function rows(buttons: readonly Button[], more: readonly Button[], drawing: Drawing): Row[] {
  const drawn = once(
    buttons.flatMap((button) => buttonOf(button, drawing)),
    ({ custom_id }) => custom_id,
  ).slice(0, mostRows * limits.rowButtons);
  const inRows = Array.from({ length: Math.ceil(drawn.length / limits.rowButtons) }, (_, row) =>
    drawn.slice(row * limits.rowButtons, (row + 1) * limits.rowButtons),
  );
  return [...inRows.map((components): Row => ({ type: ComponentType.ActionRow, components })), ...menu(more, drawing)];
}

/** One button by itself. */
export function buttonRow(label: string, custom_id: string): Row {
  const shown = shorten(label, limits.buttonLabel) || '–';
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label: shown, custom_id }],
  };
}

const styles = { plain: ButtonStyle.Secondary, primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

function buttonOf(button: Button, drawing: Drawing): APIButtonComponentWithCustomId[] {
  const custom_id = customIdOf(button, drawing.keyOf);
  if (custom_id === null) return [];
  const label = shorten(button.label, limits.buttonLabel) || '–';
  return [{ type: ComponentType.Button, style: styles[button.style], label, custom_id }];
}

function menu(more: readonly Button[], drawing: Drawing): Row[] {
  const entries = more.flatMap((button) => {
    const value = customIdOf(button, drawing.keyOf);
    return value === null ? [] : [{ label: shorten(button.label, limits.optionLabel) || '–', value }];
  });
  const options = once(entries, ({ value }) => value).slice(0, limits.selectOptions);
  if (options.length === 0) return [];
  const select = { type: ComponentType.StringSelect as const, custom_id: 'more', placeholder: 'More', options };
  return [{ type: ComponentType.ActionRow, components: [select] }];
}

/** Of those that ask for the same, the first: Discord refuses a message in which two components have one id. */
function once<T>(all: readonly T[], id: (each: T) => string): T[] {
  const ids = all.map(id);
  return all.filter((each, nth) => ids.indexOf(id(each)) === nth);
}

/** The colours of Discord's own palette. */
export const colours: Readonly<Record<CardView['kind'], number>> = {
  initial: 0x5865f2,
  active: 0x57f287,
  inactive: 0x99aab5,
};

/**
 * Draws something so that it takes no more characters than a message has: `draw` is told how much room its texts have, and
 * drawn again with less until it fits. Room is counted generously, so that the first is more than there is.
 */
export function fitted(draw: (room: number) => string): string {
  for (let room = 5 * limits.messageText; ; room = Math.floor(room * 0.8)) {
    const drawn = draw(room);
    if (room === 0 || drawn.length <= limits.messageText) return drawn;
  }
}

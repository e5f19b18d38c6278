import type { ActionsBlock, Overflow, Button as SlackButton } from '@slack/types';
import type { Button } from '../../connector.ts';
import { limits } from '../limits.ts';
import { recordOf, textOf } from '../shape.ts';
import { coded, decoded } from '../wire.ts';
import { plainText } from './pieces.ts';

/** What was asked for with a button or an entry of a menu. */
export interface Pressed {
  readonly command: string;
  /** The press brings up a form: a modal is to be opened while the trigger is good. */
  readonly opensForm: boolean;
}

type Element = SlackButton | Overflow;

/**
 * The buttons of a message as an actions block, those behind *More* in overflow menus of five
 * (docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element); a select menu would go on showing what was
 * chosen, and could not be used for it again. None where there are no buttons. What Slack has no room for is left out:
 * commands are never shortened.
 */
export function actions(buttons: readonly Button[], more: readonly Button[] = []): ActionsBlock[] {
  const inMenu = more.filter((button) => pressValue(button).length <= limits.optionValue);
  const beside = more.filter((button) => pressValue(button).length > limits.optionValue);
  const menus = shared(inMenu, Math.ceil(inMenu.length / limits.overflowOptions));
  const drawn = [...[...buttons, ...beside].flatMap(buttonElement), ...menus.flatMap(menuElement)];
  const elements = fitting(drawn).map((element, index) => ({ ...element, action_id: `docket:${index}` }));
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** What the `action_id` of every button and menu of Docket's own looks like. */
export const actionIds = /^docket:/;

/** What an action of a `block_actions` payload asks for; null when it is none of Docket's buttons. */
export function readPress(action: unknown): Pressed | null {
  const { value, selected_option } = recordOf(action);
  const [, how, command] = /^(do|form):(.+)$/s.exec(textOf(value) || textOf(recordOf(selected_option)['value'])) ?? [];
  return command === undefined ? null : { command: decoded(command), opensForm: how === 'form' };
}

function pressValue({ command, opensForm }: Button): string {
  return `${opensForm ? 'form' : 'do'}:${coded(command)}`;
}

function buttonElement(button: Button): Element[] {
  const value = pressValue(button);
  if (value.length > limits.buttonValue) return [];
  const style = button.style === 'plain' ? {} : { style: button.style };
  return [{ type: 'button', text: plainText(button.label, limits.buttonText), value, ...style }];
}

function menuElement(buttons: readonly Button[]): Element[] {
  // A menu of one is a button. Slack once refused such menus.
  if (buttons.length === 1) return buttons.flatMap(buttonElement);
  const options = buttons.map((button) => ({
    text: plainText(button.label, limits.optionText),
    value: pressValue(button),
  }));
  return [{ type: 'overflow', options }];
}

function fitting(elements: readonly Element[]): readonly Element[] {
  const kept: Element[] = [];
  let room: number = limits.actionsJson;
  for (const element of elements.slice(0, limits.actionsElements)) {
    room -= JSON.stringify(element).length + 30;
    if (room < 0) break;
    kept.push(element);
  }
  return kept;
}

/** Shares items out among so many lists, in their order, so that none is left with a single one beside full ones. */
function shared<T>(items: readonly T[], lists: number): readonly (readonly T[])[] {
  const start = (list: number): number => Math.round((list * items.length) / lists);
  return Array.from({ length: lists }, (_, list) => items.slice(start(list), start(list + 1)));
}

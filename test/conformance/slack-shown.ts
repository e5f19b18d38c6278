import { DateTime } from 'luxon';
import { emojiSign } from '../emulators/slack/emoji.ts';
import { labelsOf } from '../emulators/slack/interactions.ts';
import { inputsOf } from '../emulators/slack/modal.ts';
import { type Json, recordOf, recordsOf, textOf, type View } from '../emulators/slack/shapes.ts';
import { labelOf, wordsOf } from '../emulators/slack/view-values.ts';
import type { Workspace } from '../emulators/slack/workspace.ts';
import type { Card, Form } from './user.ts';

/** Who looks at a message: moments are shown in their zone. */
export interface Eyes {
  readonly workspace: Workspace;
  /** IANA name. */
  readonly zone: string;
}

/** The words of a message as Slack shows them: its blocks, or its text where it has none. */
export function shownText(text: string, blocks: readonly Json[], eyes: Eyes): string {
  if (blocks.length === 0) return unescaped(text);
  return blocks.flatMap((block) => wordsIn(block, eyes)).join('\n');
}

function wordsIn(block: Json, eyes: Eyes): string[] {
  switch (block['type']) {
    case 'rich_text':
      return recordsOf(block['elements']).map((element) => richWords(element, eyes).replace(/\n$/, ''));
    case 'section':
    case 'header':
      return [labelOf(block), ...recordsOf(block['fields']).map((field) => textOf(field['text']))];
    case 'context':
      return recordsOf(block['elements']).map((element) => textOf(element['text']));
    default:
      return [];
  }
}

function richWords(element: Json, eyes: Eyes): string {
  const { type, text, url, name, user_id, usergroup_id, channel_id, range, timestamp } = element;
  switch (type) {
    case 'text':
      return textOf(text);
    case 'link':
      return textOf(text) || textOf(url);
    case 'emoji':
      return emojiSign(textOf(name));
    case 'user':
      // What is drawn as a pill is not told apart from the name in words.
      return eyes.workspace.people.get(textOf(user_id))?.displayName ?? textOf(user_id);
    case 'usergroup':
      return `@${eyes.workspace.groups.get(textOf(usergroup_id))?.handle ?? textOf(usergroup_id)}`;
    case 'channel':
      return `#${eyes.workspace.channels.get(textOf(channel_id))?.name ?? textOf(channel_id)}`;
    case 'broadcast':
      return `@${textOf(range)}`;
    case 'date':
      return DateTime.fromSeconds(Number(timestamp), { zone: eyes.zone }).toFormat('d LLL yyyy, HH:mm');
    default:
      return recordsOf(element['elements'])
        .map((each) => richWords(each, eyes))
        .join(type === 'rich_text_list' ? '\n' : '');
  }
}

/** The card that a message shows; null where it shows none. */
export function shownCard(blocks: readonly Json[], eyes: Eyes): Card | null {
  const [first, ...others] = blocks.flatMap((block) => recordsOf(block['elements']));
  const [title = '', marks = ''] = first === undefined ? [] : richWords(first, eyes).split('\n');
  const named = /^#(\d+) (.+)$/.exec(title);
  const marked = /^[🔵🟢⚪] (.+) · (.+) · P(\d+)$/u.exec(marks);
  if (named === null || marked === null) return null;
  const sections = others.filter(({ type }) => type === 'rich_text_section');
  const facts = sections.flatMap((section) => richWords(section, eyes).split('\n')).flatMap(fact);
  const buttons = elementsIn(blocks).filter(({ type }) => type === 'button');
  return {
    ...{ ticket: Number(named[1]), subject: named[2] ?? '', status: marked[1] ?? '', queue: marked[2] ?? '' },
    ...{ priority: Number(marked[3]), facts: Object.fromEntries(facts), buttons: buttons.flatMap(labelsOf) },
  };
}

function fact(line: string): [string, string][] {
  const [, label, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
  return label === undefined || value === undefined ? [] : [[label, value]];
}

/** Everything that can be pressed or chosen in a message, behind *More* too. */
export function shownButtons(blocks: readonly Json[]): readonly string[] {
  return elementsIn(blocks).flatMap(labelsOf);
}

function elementsIn(blocks: readonly Json[]): readonly Json[] {
  return blocks.flatMap((block) =>
    block['type'] === 'actions' ? recordsOf(block['elements']) : [recordOf(block['accessory'])],
  );
}

/** A modal as the questions that it asks. */
export function shownForm(view: View): Form {
  return {
    title: view.title,
    inputs: inputsOf(view).map(({ block, action, label, element }) => ({
      label,
      value: wordsOf(view.values[block]?.[action] ?? {}),
      choices: element['type'] === 'static_select' ? labelsOf(element) : [],
      error: view.errors[block] ?? '',
    })),
  };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

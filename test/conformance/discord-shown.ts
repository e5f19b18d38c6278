import { ComponentType } from 'discord.js';
import { DateTime } from 'luxon';
import { controlsOf } from '../emulators/discord/component-acts.ts';
import { inputsOf, standing } from '../emulators/discord/modal-acts.ts';
import { type Json, type Message, type Modal, recordOf, recordsOf, textOf } from '../emulators/discord/shapes.ts';
import type { World } from '../emulators/discord/world.ts';
import type { Card, Form } from './user.ts';

/** Who looks at a message: moments are shown in their zone. */
export interface Eyes {
  readonly world: World;
  /** IANA name. */
  readonly zone: string;
}

/** The words of a message as Discord shows them. */
export function shownText({ content, embeds, components }: Message, eyes: Eyes): string {
  const texts = [content, ...embeds.flatMap(embedTexts), ...textsIn(components)];
  return texts
    .filter((text) => text !== '')
    .map((text) => shownMarkdown(text, eyes))
    .join('\n');
}

function embedTexts(embed: Json): readonly string[] {
  const fields = recordsOf(embed['fields']).map(({ name, value }) => `${textOf(name)}: ${textOf(value)}`);
  const [title, description] = [textOf(embed['title']), textOf(embed['description'])];
  return [title, description, ...fields, textOf(recordOf(embed['footer'])['text'])];
}

function textsIn(components: readonly Json[]): readonly string[] {
  return components.flatMap(({ type, content, components: inside }) =>
    type === ComponentType.TextDisplay ? [textOf(content)] : textsIn(recordsOf(inside)),
  );
}

/** What has a meaning in Discord's markdown; what is not among it stands for itself. */
const marks = new RegExp(
  [
    /```(?:\w+\n|\n)?(?<block>[\s\S]*?)\n?```/,
    /(?<fence>`+)(?<code>[\s\S]+?)\k<fence>(?!`)/,
    /\\(?<sign>[^\w\s])/,
    /\[(?<label>(?:\\.|[^\]\\])*)\]\(<?[^)>]*>?\)/,
    /<(?<address>https?:[^>\s]+)>/,
    /<@!?(?<user>\d+)>/,
    /<@&(?<role>\d+)>/,
    /<#(?<channel>\d+)>/,
    /<t:(?<moment>-?\d+)(?::[tTdDfFR])?>/,
    /(?<style>\*\*|__|~~|\|\||^(?:#{1,3} |-# |> ))/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/** A text as Discord draws it, without its styles. */
export function shownMarkdown(text: string, eyes: Eyes): string {
  const drawn = text.replaceAll(marks, (...found) => drawnMark(recordOf(found.at(-1)), eyes));
  // Zero width spaces are there to keep signs apart.
  return drawn.replaceAll('\u200b', '');
}

function drawnMark(groups: Json, eyes: Eyes): string {
  const { world, zone } = eyes;
  const { block, code, sign, label, address, user, role, channel, moment } = groups;
  if (moment !== undefined) return DateTime.fromSeconds(Number(moment), { zone }).toFormat('d LLL yyyy, HH:mm');
  // What is drawn as a pill is not told apart from the name in words.
  if (user !== undefined) return nameOf(world, textOf(user));
  if (role !== undefined) return `@${roleName(world, textOf(role))}`;
  if (channel !== undefined) return `#${world.channels.get(textOf(channel))?.name ?? textOf(channel)}`;
  if (label !== undefined) return shownMarkdown(textOf(label), eyes);
  if (code !== undefined) return /^ .* $/.test(textOf(code)) ? textOf(code).slice(1, -1) : textOf(code);
  return textOf(block) || textOf(sign) || textOf(address);
}

/** What somebody is called. */
export function nameOf(world: World, id: string): string {
  if (id === world.app) return 'Docket';
  const user = world.users.get(id);
  return user?.globalName ?? user?.username ?? id;
}

function roleName(world: World, id: string): string {
  const roles = [...world.guilds.values()].flatMap(({ roles: all }) => all.get(id) ?? []);
  return roles[0]?.name ?? id;
}

/** The card that a message shows; null where it shows none. */
export function shownCard({ components }: Message, eyes: Eyes): Card | null {
  const [container] = components;
  if (container?.['type'] !== ComponentType.Container) return null;
  const [title = '', marked = '', ...lines] = textsIn([container])
    .flatMap((text) => text.split('\n'))
    .map((line) => shownMarkdown(line, eyes));
  const named = /^#(\d+) (.+)$/.exec(title);
  const how = /^[🔵🟢⚪] (.+) · (.+) · P(\d+)$/u.exec(marked);
  if (named === null || how === null) return null;
  const inSight = controlsOf(components).filter(({ type }) => type === ComponentType.Button);
  return {
    ...{ ticket: Number(named[1]), subject: named[2] ?? '', status: how[1] ?? '', queue: how[2] ?? '' },
    ...{ priority: Number(how[3]), facts: Object.fromEntries(lines.flatMap(fact)) },
    buttons: inSight.map(({ label }) => label),
  };
}

function fact(line: string): [string, string][] {
  const [, label, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
  return label === undefined || value === undefined ? [] : [[label, value]];
}

/** Everything that can be pressed or chosen in a message, behind *More* too. */
export function shownButtons({ components }: Message): readonly string[] {
  return controlsOf(components).map(({ label }) => label);
}

/**
 * A modal as the questions that it asks.
 *
 * @param errors what was wrong with the last answers, by label: Discord shows it in the message that brings the modal up
 */
export function shownForm(modal: Modal, errors: ReadonlyMap<string, string>, { world }: Eyes): Form {
  return {
    title: modal.title,
    inputs: inputsOf(modal).map((input) => {
      const options = recordsOf(input.component['options']);
      const values = standing(input).map((value) => {
        const option = options.find((each) => each['value'] === value);
        if (option !== undefined) return textOf(option['label']);
        return input.component['type'] === ComponentType.UserSelect ? nameOf(world, value) : value;
      });
      return {
        ...{ label: input.label, value: values.join(', ') },
        ...{ choices: options.map(({ label }) => textOf(label)), error: errors.get(input.label) ?? '' },
      };
    }),
  };
}

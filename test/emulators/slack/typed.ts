import { emojiName, emojiSigns } from './emoji.ts';
import type { Json } from './shapes.ts';
import { bot, type Workspace } from './workspace.ts';

/** What somebody has typed, as Slack's clients send it: the text with its signs as entities, and rich text. */
export interface Typed {
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** A piece of what was typed, in both forms. */
interface Piece {
  readonly text: string;
  readonly element: Json;
}

type Reading = (found: RegExpExecArray, workspace: Workspace) => Piece | null;

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const styled =
  (style: string, mark: string): Reading =>
  ([, inner = '']) => ({
    text: `${mark}${escaped(inner)}${mark}`,
    element: { type: 'text', text: inner, style: { [style]: true } },
  });

/** What has a meaning when it is typed, in the order in which it is looked for. */
const readings: readonly (readonly [RegExp, Reading])[] = [
  [/`([^`\n]+)`/y, styled('code', '`')],
  [/\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/y, styled('bold', '*')],
  [/_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])/y, styled('italic', '_')],
  [/~([^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/y, styled('strike', '~')],
  [
    /https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"]/y,
    ([url]) => ({ text: `<${escaped(url)}>`, element: { type: 'link', url } }),
  ],
  [/@([\w.-]*\w)/y, ([, name = ''], workspace) => mention(name, workspace)],
  [/#([a-z][\w-]*)/y, ([, name = ''], workspace) => channelNamed(name, workspace)],
  [new RegExp(emojiSigns.join('|'), 'y'), ([sign]) => emojiPiece(sign)],
  [/:[a-z0-9_+-]+:/y, ([sign]) => emojiPiece(sign)],
];

/** Reads what somebody types into a message. */
export function readTyped(typed: string, workspace: Workspace): Typed {
  const parts = typed.split(/^```\n?([\s\S]*?)\n?```$\n?/m);
  const texts: string[] = [];
  const elements: Json[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '') continue;
    if (index % 2 === 1) {
      texts.push(`\`\`\`${escaped(part)}\`\`\``);
      elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: part }], border: 0 });
    } else {
      const read = readLines(part.replace(/\n$/, ''), workspace);
      texts.push(read.text);
      elements.push(...read.elements);
    }
  }
  if (elements.length === 0) return { text: '', blocks: [] };
  return { text: texts.join('\n'), blocks: [{ type: 'rich_text', block_id: 'typed', elements }] };
}

/** What somebody types after a slash command of an app that asks for escaping: people and channels with their names. */
export function readCommand(typed: string, workspace: Workspace): string {
  return typed
    .split(/((?<![\w@#])[@#][\w.-]*\w|https?:\/\/[^\s<>]+)/)
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : commandPiece(piece, workspace)))
    .join('');
}

function commandPiece(piece: string, workspace: Workspace): string {
  if (piece.startsWith('http')) return `<${escaped(piece)}>`;
  const name = piece.slice(1);
  const named = piece.startsWith('@') ? mention(name, workspace) : channelNamed(name, workspace);
  if (named === null) return escaped(piece);
  return /^<[@#]/.test(named.text) ? named.text.replace(/\|?>$/, `|${name}>`) : named.text;
}

/** Lines in a row that are quoted, or are not. */
function readLines(text: string, workspace: Workspace): { text: string; elements: readonly Json[] } {
  const groups: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^> ?/.test(line);
    const last = groups.at(-1);
    const words = quoted ? line.replace(/^> ?/, '') : line;
    if (last?.quoted === quoted) last.lines.push(words);
    else groups.push({ quoted, lines: [words] });
  }
  const read = groups.map(({ quoted, lines }) => {
    const pieces = readInline(lines.join('\n'), workspace);
    const words = pieces.map((piece) => piece.text).join('');
    return {
      text: quoted ? words.replaceAll(/^/gm, '&gt; ') : words,
      element: {
        type: quoted ? 'rich_text_quote' : 'rich_text_section',
        elements: pieces.map(({ element }) => element),
      },
    };
  });
  return { text: read.map((each) => each.text).join('\n'), elements: read.map(({ element }) => element) };
}

function readInline(text: string, workspace: Workspace): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') pieces.push({ text: escaped(plain), element: { type: 'text', text: plain } });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = /\w/.test(text[at - 1] ?? '') ? null : pieceAt(text, at, workspace);
    if (found === null) {
      plain += text[at];
      at += 1;
    } else {
      flush();
      pieces.push(found.piece);
      at += found.length;
    }
  }
  flush();
  return pieces;
}

function pieceAt(text: string, at: number, workspace: Workspace): { piece: Piece; length: number } | null {
  for (const [pattern, read] of readings) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const piece = found === null ? null : read(found, workspace);
    if (found !== null && piece !== null) return { piece, length: found[0].length };
  }
  return null;
}

function mention(name: string, workspace: Workspace): Piece | null {
  if (name === 'here' || name === 'channel' || name === 'everyone') {
    return { text: `<!${name}>`, element: { type: 'broadcast', range: name } };
  }
  const person = name === bot.name ? bot.user : [...workspace.people.values()].find((each) => each.name === name)?.id;
  if (person !== undefined) return { text: `<@${person}>`, element: { type: 'user', user_id: person } };
  const group = [...workspace.groups.values()].find(({ handle }) => handle === name);
  if (group === undefined) return null;
  return { text: `<!subteam^${group.id}>`, element: { type: 'usergroup', usergroup_id: group.id } };
}

function channelNamed(name: string, workspace: Workspace): Piece | null {
  const channel = [...workspace.channels.values()].find((each) => each.kind === 'public' && each.name === name);
  if (channel === undefined) return null;
  return { text: `<#${channel.id}|>`, element: { type: 'channel', channel_id: channel.id } };
}

function emojiPiece(sign: string): Piece | null {
  const name = emojiName(sign);
  return name === null ? null : { text: `:${name}:`, element: { type: 'emoji', name } };
}

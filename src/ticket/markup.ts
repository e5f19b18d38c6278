import type { Block, Inline, Text } from './text.ts';

/** How deep quotes may stand in quotes; what is deeper stays as it was typed. */
const quoteDepth = 3;

/** How people write bold words: `**so**` (Discord, Matrix, the console), or `*so*` (Slack's mrkdwn). */
export type Markup = 'markdown' | 'mrkdwn';

const nobody: ReadonlyMap<string, string> = new Map();

/**
 * Reads what was typed: `code`, **bold**, [links](https://…) and bare addresses, > quotes, ``` fences, and @names. `people` are
 * the names that `@` can mention, with how each is called; any other `@word` stays text. Each typed line becomes a block of its
 * own. Never refuses: what is not markup is text.
 */
export function parseMarkup(source: string, markup: Markup, people: ReadonlyMap<string, string> = nobody): Text {
  return blocks(source.replaceAll('\r\n', '\n').split('\n'), { pattern: patterns[markup], people }, 0);
}

interface Reading {
  readonly pattern: RegExp;
  readonly people: ReadonlyMap<string, string>;
}

function blocks(lines: readonly string[], reading: Reading, depth: number): Block[] {
  const result: Block[] = [];
  const fences = lines.flatMap((line, index) => (/^\s*```\s*$/.test(line) ? [index] : []));
  let passed = 0;
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    while (passed < fences.length && (fences[passed] ?? 0) <= at) passed++;
    const fence = /^\s*```/.test(line) ? (fences[passed] ?? -1) : -1;
    if (fence > at) {
      result.push({ block: 'code', code: [...behindFence(line), ...lines.slice(at + 1, fence)].join('\n') });
      at = fence + 1;
    } else if (line.startsWith('>') && depth < quoteDepth) {
      let end = at + 1;
      while (lines[end]?.startsWith('>')) end++;
      const quoted = lines.slice(at, end).map((other) => other.replace(/^> ?/, ''));
      result.push({ block: 'quote', blocks: blocks(quoted, reading, depth + 1) });
      at += quoted.length;
    } else {
      result.push({ block: 'paragraph', inlines: inlines(line, reading) });
      at += 1;
    }
  }
  return result;
}

/** What stands on the line of an opening fence: the name of a language is not shown, anything else is code. */
function behindFence(line: string): readonly string[] {
  const words = line.replace(/^\s*```/, '').trim();
  return words === '' || /^[a-z][a-z\d+#.-]{0,19}$/i.test(words) ? [] : [words];
}

const bold: Readonly<Record<Markup, string>> = {
  markdown: '\\*\\*(?<strong>[^*](?:[^*]|\\*(?!\\*))*)\\*\\*',
  mrkdwn: '(?<![\\p{L}\\p{N}*])\\*(?<strong>[^\\s*](?:[^*]*[^\\s*])?)\\*(?![\\p{L}\\p{N}*])',
};

function patternOf(markup: Markup): RegExp {
  return new RegExp(
    [
      '```(?<fenced>[^`]+)```',
      '`(?<code>[^`]+)`',
      bold[markup],
      '\\[(?<label>[^\\]]{1,500})\\]\\((?<target>https?://[^\\s()<>]{1,2000})\\)',
      '(?<url>https?://[^\\s<>"]{1,2000})',
      '(?<![\\p{L}\\p{N}.])@(?<name>[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,62}[\\p{L}\\p{N}])?)',
    ].join('|'),
    'giu',
  );
}

const patterns: Readonly<Record<Markup, RegExp>> = { markdown: patternOf('markdown'), mrkdwn: patternOf('mrkdwn') };

function inlines(line: string, reading: Reading): Inline[] {
  const result: Inline[] = [];
  let text = '';
  let from = 0;
  const push = (inline: Inline): void => {
    if (text !== '') result.push(text);
    text = '';
    result.push(inline);
  };
  for (const match of line.matchAll(reading.pattern)) {
    text += line.slice(from, match.index);
    from = match.index + match[0].length;
    const inline = read(match.groups ?? {}, reading);
    if (inline === null) {
      text += match[0];
    } else {
      push(inline.inline);
      text = inline.rest;
    }
  }
  text += line.slice(from);
  if (text !== '') result.push(text);
  return result;
}

/** One piece of markup, and what of the match stands behind it; null where it only looked like one. */
function read(found: Partial<Record<string, string>>, reading: Reading): { inline: Inline; rest: string } | null {
  const { fenced, strong, code = fenced, label, target, url, name } = found;
  if (code !== undefined) return { inline: { inline: 'code', code }, rest: '' };
  if (strong !== undefined) return { inline: { inline: 'strong', inlines: inlines(strong, reading) }, rest: '' };
  if (label !== undefined && target !== undefined) {
    return { inline: { inline: 'link', url: target, label }, rest: '' };
  }
  if (url !== undefined) {
    // A full stop or a bracket after an address belongs to the sentence.
    const rest = /[.,;:!?)\]'*]+$/.exec(url)?.[0] ?? '';
    const address = url.slice(0, url.length - rest.length);
    return { inline: { inline: 'link', url: address, label: address }, rest };
  }
  const id = name?.toLowerCase() ?? '';
  const called = reading.people.get(id);
  return called === undefined ? null : { inline: { inline: 'mention', id, name: called }, rest: '' };
}

import type { Block, Inline, Text } from '../../src/ticket/text.ts';

/** How deep quotes may stand in quotes; what is deeper stays as it was typed. */
const quoteDepth = 3;

/**
 * Reads what was typed in the composer: `code`, **bold**, [links](https://…) and bare addresses, > quotes, ``` fences,
 * and @names. `people` are the names that `@` can mention, with how each is called; any other `@word` stays text.
 * Each typed line becomes a block of its own. Never refuses: what is not markup is text.
 */
export function parseMarkdown(source: string, people: ReadonlyMap<string, string>): Text {
  return blocks(source.replaceAll('\r\n', '\n').split('\n'), people, 0);
}

function blocks(lines: readonly string[], people: ReadonlyMap<string, string>, depth: number): Block[] {
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
      result.push({ block: 'quote', blocks: blocks(quoted, people, depth + 1) });
      at += quoted.length;
    } else {
      result.push({ block: 'paragraph', inlines: inlines(line, people) });
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

const markup = new RegExp(
  [
    '`(?<code>[^`]+)`',
    '\\*\\*(?<strong>[^*](?:[^*]|\\*(?!\\*))*)\\*\\*',
    '\\[(?<label>[^\\]]{1,500})\\]\\((?<target>https?://[^\\s()<>]{1,2000})\\)',
    '(?<url>https?://[^\\s<>"]{1,2000})',
    '(?<![\\p{L}\\p{N}.])@(?<name>[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,62}[\\p{L}\\p{N}])?)',
  ].join('|'),
  'giu',
);

function inlines(line: string, people: ReadonlyMap<string, string>): Inline[] {
  const result: Inline[] = [];
  let text = '';
  let from = 0;
  const push = (inline: Inline): void => {
    if (text !== '') result.push(text);
    text = '';
    result.push(inline);
  };
  for (const match of line.matchAll(markup)) {
    text += line.slice(from, match.index);
    from = match.index + match[0].length;
    const inline = read(match.groups ?? {}, people);
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
function read(
  found: Partial<Record<string, string>>,
  people: ReadonlyMap<string, string>,
): { inline: Inline; rest: string } | null {
  const { code, strong, label, target, url, name } = found;
  if (code !== undefined) return { inline: { inline: 'code', code }, rest: '' };
  if (strong !== undefined) return { inline: { inline: 'strong', inlines: inlines(strong, people) }, rest: '' };
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
  const called = people.get(id);
  return called === undefined ? null : { inline: { inline: 'mention', id, name: called }, rest: '' };
}

/** The names that stand behind an `@` in what was typed, in small letters: the ones to look up before it is read. */
export function mentioned(source: string): readonly string[] {
  const names = source.matchAll(/@([\p{L}\p{N}][\p{L}\p{N}._-]{0,63})/gu);
  return [...new Set([...names].map(([, name = '']) => name.toLowerCase().replace(/[._-]+$/, '')))].slice(0, 200);
}

/** A text without the mentions of one name, and whether there were any. */
export function withoutMention(text: Text, id: string): { text: Text; found: boolean } {
  let found = false;
  const kept = (inline: Inline): boolean => {
    const hit = typeof inline !== 'string' && inline.inline === 'mention' && inline.id === id;
    found ||= hit;
    return !hit;
  };
  const cleaned = text.map((block): Block => {
    if (block.block !== 'paragraph') return block;
    const rest = block.inlines.filter(kept);
    return rest.length === block.inlines.length ? block : { ...block, inlines: trimStart(rest) };
  });
  return { text: cleaned, found };
}

/** What stood behind the mention begins the line now. */
function trimStart([first, ...rest]: readonly Inline[]): readonly Inline[] {
  return typeof first === 'string'
    ? [first.trimStart(), ...rest].filter((inline) => inline !== '')
    : first === undefined
      ? []
      : [first, ...rest];
}

/** A command line as the desk reads it: people whom the console knows stand as `<@name>`. */
export function withMentions(line: string, people: ReadonlyMap<string, string>): string {
  return line.replace(
    /(?<![\p{L}\p{N}.<])@([\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,62}[\p{L}\p{N}])?)/gu,
    (whole, name: string) => (people.has(name.toLowerCase()) ? `<@${name.toLowerCase()}>` : whole),
  );
}

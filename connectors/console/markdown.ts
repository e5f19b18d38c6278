import { parseMarkup } from '../../src/ticket/markup.ts';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';

/**
 * Reads what was typed in the composer. `people` are the names that `@` can mention, with how each is called; any other `@word`
 * stays text.
 */
export function parseMarkdown(source: string, people: ReadonlyMap<string, string>): Text {
  return parseMarkup(source, 'markdown', people);
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

/** What the desk is asked to complete, and what stands before it in the composer. */
export interface Completion {
  readonly before: string;
  readonly line: string;
}

/**
 * Which part of the text up to the caret can be completed: a command after `/ticket` (alone in the talk with Docket), a
 * line that begins with a ticket's number, else a word that begins with `#` or `@`. Null where there is none.
 */
export function completionOf(text: string, direct: boolean): Completion | null {
  const slash = /^\/(?:ticket\s+)?/.exec(text);
  if (slash !== null) {
    const rest = text.slice(slash[0].length);
    if (slash[0] !== '/') return { before: '/ticket ', line: rest };
    return 'ticket'.startsWith(rest) ? { before: '/ticket ', line: '' } : null;
  }
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart);
  if (line.startsWith('#')) return { before: text.slice(0, lineStart), line };
  const toBot = /^@docket\s+/i.exec(line);
  if (toBot !== null) return { before: text.slice(0, lineStart) + toBot[0], line: line.slice(toBot[0].length) };
  if (direct && lineStart === 0) return { before: '', line };
  const word = /(?<!\S)[#@]\S*$/.exec(line);
  return word === null ? null : { before: text.slice(0, lineStart + word.index), line: word[0] };
}

/**
 * The first characters of a text, at most `most` of them, with `…` in place of the rest. Ends at a word where one ends
 * near; never within a character that takes two units. `most` is at least 1.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  const start = wholeCharacters(text.slice(0, most - 1));
  const blank = start.lastIndexOf(' ');
  return `${(blank > Math.max(0, start.length - 24) ? start.slice(0, blank) : start).trimEnd()}…`;
}

function wholeCharacters(start: string): string {
  return (/[\uD800-\uDBFF]$/.test(start) ? start.slice(0, -1) : start).toWellFormed();
}

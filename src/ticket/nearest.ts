/** Longer words are not compared: nobody mistypes them, and the comparison takes the product of both lengths. */
const longestWord = 64;

/**
 * The name that was probably meant by a mistyped word: the one with the fewest slips of the keyboard (a letter too
 * many, too few, wrong, or two swapped), upper and lower case being the same.
 *
 * @returns null when none is near: more than one slip for each three letters of the longer one is a different word.
 */
export function nearest(word: string, names: Iterable<string>): string | null {
  const typed = word.toLowerCase();
  if (typed.length > longestWord) return null;
  let best: string | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    if (name.length > longestWord) continue;
    const allowed = Math.max(1, Math.floor(Math.max(typed.length, name.length) / 3));
    if (Math.abs(name.length - typed.length) > allowed) continue;
    const count = slips(typed, name.toLowerCase());
    if (count <= allowed && count < fewest) {
      best = name;
      fewest = count;
    }
  }
  return best;
}

/** Damerau's and Levenshtein's distance between two words, neighbours swapped at most once (optimal string alignment). */
function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** Does something; gives what comes of it, and the milliseconds that it took. */
export async function timed<T>(act: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const since = performance.now();
  const result = await act();
  return { ms: performance.now() - since, result };
}

/** Prints milliseconds: one as it is, of several the middle, the 99th of a hundred and the most. */
export function print(what: string, took: readonly number[]): void {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
  const cells = sorted.length === 1 ? [at(0)] : [`p50 ${at(0.5)}`, `p99 ${at(0.99)}`, `most ${at(1)}`];
  console.log(`${what.padEnd(58)}${cells.join('   ')}`);
}

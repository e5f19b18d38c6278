/**
 * What people type for a time, and what it means. The wall times were worked out on a calendar, and not by the parser: in
 * 2026 the 25th of November is a Wednesday, the 31st of December a Thursday, and Berlin leaves summer time on 25 October;
 * in 2027 the 31st of January is a Sunday, and summer time begins there on 28 March.
 */
export interface Situation {
  readonly zone: string;
  /** Wall clock in the zone, with an offset where it comes twice. */
  readonly now: string;
  readonly rows: readonly Row[];
}

/**
 * What is typed; the wall clock that it means (`yyyy-MM-dd HH:mm`, with the offset where the hour comes twice), or `!` and
 * words of the refusal; the text that is left.
 */
export type Row = readonly [typed: string, expected: string, rest?: string];

/** One thing that the `docket` command can do: what help shows of it, and what does it. */
export interface Subcommand {
  /** How it is called: `config check`. */
  readonly name: string;
  /** What may follow: `PERSON`, or `[FILE]` where it can be left out. */
  readonly takes: readonly string[];
  /**
   * The options it knows beside `--help`. Their values follow the words, of which those that were left out are undefined;
   * the value of `--all` is `all`, and of an option that was left out undefined.
   */
  readonly options?: readonly ('url' | 'all')[];
  readonly summary: string;
  /** Does it, and returns the exit status: 0, or 1 when it has told why not. */
  readonly run: (...given: readonly (string | undefined)[]) => Promise<number>;
}

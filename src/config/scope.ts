import type { Config } from './config.ts';
import type { Path, Report } from './mistake.ts';
import type { ConfigFile } from './schema.ts';

/** What the checks go by. */
export interface Scope {
  readonly file: ConfigFile;
  readonly config: Config;
  /**
   * The keys that the file has at a path, such as the names of its queues; also of what is mistaken in itself, for naming
   * that is no mistake.
   */
  readonly keys: (...path: readonly string[]) => readonly string[];
  readonly report: Report;
  /** Whether a mistake was found so far at, or below, one of these. */
  readonly anyMistake: (...paths: readonly Path[]) => boolean;
}

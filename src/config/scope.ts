import type { Config } from './config.ts';
import type { Path, Report } from './mistake.ts';
import type { ConfigFile } from './schema.ts';

/** What the checks go by. */
export interface Scope {
  readonly file: ConfigFile;
  readonly config: Config;
  /** The names that the file defines, also where the definition itself is mistaken: naming them is no mistake. */
  readonly names: Readonly<
    Record<'people' | 'groups' | 'rights' | 'lifecycles' | 'queues' | 'channels', readonly string[]>
  >;
  readonly report: Report;
  /** Whether a mistake was found so far at, or below, one of these. */
  readonly anyMistake: (...paths: readonly Path[]) => boolean;
}

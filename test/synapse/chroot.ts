import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * What stands beside Synapse: an encrypted client of another make (nio, with libolm), and what Synapse's own packages
 * have been seen to miss.
 */
export const packages: readonly string[] = ['matrix-synapse', 'python3-matrix-nio', 'python3-cffi-backend'];

/** A small Debian (unstable) of its own with Synapse in it: kept between runs, outside of the repository. */
export const synapseFolder: string = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'),
  'docket',
  'synapse',
);

/** Says what was prepared; it is written last. */
export const preparedMark: string = path.join(synapseFolder, 'prepared');

/** What stands in the mark: where it differs, what is there was prepared by another version of Docket's tests. */
export const prepared: string = packages.join(' ');

/** Why Synapse cannot be tested with here; null where it can be. */
export function withoutSynapse(): string | null {
  if (process.getuid?.() !== 0) return 'Synapse is started in a folder of its own (chroot), which takes root';
  try {
    return readFileSync(preparedMark, 'utf8') === prepared ? null : 'what was prepared is of another version';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'Synapse is not prepared';
    throw error;
  }
}

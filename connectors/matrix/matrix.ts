import type { Logger } from 'pino';
import type { Door } from '../connector.ts';
import type { Api } from './api.ts';
import type { Attempts } from './attempts.ts';
import type { Device } from './device.ts';
import type { Directs } from './directs.ts';
import type { MatrixOptions } from './options.ts';
import type { Rooms } from './rooms.ts';
import type { Rows } from './rows.ts';
import type { Successors } from './successors.ts';

/** A homeserver that Docket is signed in at, and what is needed to listen and to speak there. */
export interface Matrix {
  /** The name of the homeserver: `example.org`. It is the workspace of all that Docket hears and says in Matrix. */
  readonly server: string;
  /** Docket's own id: `@docket:example.org`. */
  readonly bot: string;
  readonly api: Api;
  readonly rooms: Rooms;
  readonly directs: Directs;
  readonly successors: Successors;
  readonly rows: Rows;
  /** Reads and writes what is encrypted, in the process that listens. */
  readonly device: Device;
  /** Bounds how often an event that fails is tried. */
  readonly attempts: Attempts;
  readonly door: Door;
  readonly options: MatrixOptions;
  readonly log: Logger;
  /** Docket ends: nothing is waited for any longer. */
  readonly ending: AbortSignal;
}

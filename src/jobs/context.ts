import type { Desk } from '../desk/desk.ts';
import type { Connector } from '../desk/outlet.ts';

/** What jobs work with: the desk, and the platforms that they speak to. */
export interface JobContext {
  readonly desk: Desk;
  /** By platform; one that is not configured is missing. */
  readonly connectors: ReadonlyMap<string, Connector>;
}

import type { Attachments } from './attachments.ts';
import type { Commands } from './commands.ts';
import type { Faults } from './faults.ts';
import type { Interactions } from './interactions.ts';
import type { Nonces } from './nonces.ts';
import type { Rates } from './rates.ts';
import type { Sessions } from './sessions.ts';
import type { Json } from './shapes.ts';
import type { World } from './world.ts';

/** A request of the application, and what it was answered. */
export interface Call {
  readonly method: string;
  /** `/channels/1/messages` */
  readonly path: string;
  /** `/channels/{channel_id}/messages`, as Discord's description names it; null where there is no such route. */
  readonly route: string | null;
  readonly body: Json;
  readonly status: number;
  readonly answer: unknown;
}

/** What the parts of the emulator share. */
export interface Core {
  readonly world: World;
  readonly token: { valid: boolean; readonly value: string };
  /** The privileged intents that are switched on for the application. */
  readonly privileged: Set<string>;
  /** The flags of the application, where they do not say what is switched on. */
  flags?: number;
  readonly sessions: Sessions;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly attachments: Attachments;
  readonly nonces: Nonces;
  readonly rates: Rates;
  readonly faults: Faults;
  /** Every request so far, oldest first. */
  readonly calls: Call[];
  /** What the application did that Discord's published description has no room for, in words. */
  readonly violations: string[];
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: () => string;
}

/** Whether the application is given what people write that does not concern it. */
export function readsContent({ privileged }: Core): boolean {
  return privileged.has('MessageContent');
}

import type { Logger } from 'pino';
import type { Alone, MatrixKeys, Memory } from '../connector.ts';

/** Where Docket's homeserver is, and how Docket signs in there. */
export interface MatrixSettings {
  readonly homeserverUrl: string;
  readonly login: { readonly accessToken: string } | { readonly user: string; readonly password: string };
  /** Of the account, for what the homeserver wants it for beside signing in; null where Docket has only a token. */
  readonly password: string | null;
  /** Opens the secret storage of the account, where another client made its identity; null where none was given. */
  readonly recoveryKey: string | null;
  /** Servers and people whose invitations are accepted; empty: everybody on Docket's own server. */
  readonly inviters: readonly string[];
}

export interface MatrixOptions {
  readonly settings: MatrixSettings;
  readonly log: Logger;
  /** The address of a ticket's page; null when none is known. */
  readonly ticketUrl: ((ticket: number) => string) | null;
  /** The zone that moments are told in: IANA name. */
  readonly zone: string;
  /** The rooms that the configuration feeds or takes messages from: the start-up check looks whether Docket is in them. */
  readonly channels: readonly { readonly workspace: string; readonly channel: string }[];
  /** Lets one process of all that share the database listen. */
  readonly alone: Alone;
  /** Makes what is encrypted in the database readable. Rejects, saying what to do, where its key is wrong or missing. */
  readonly unlock: () => Promise<void>;
  /** What outlives a process, by name; plain JSON. */
  readonly memory: Memory;
  /** What the device keeps of its encryption. */
  readonly keys: MatrixKeys;
  /** Where the encryption's native part keeps its own files, where it is in use. */
  readonly folder: string;
  /** The moment (ISO 8601, UTC). */
  readonly now: () => string;
}

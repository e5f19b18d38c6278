import type { Logger } from 'pino';
import type { Alone, Memory } from '../connector.ts';

/** The secrets of a Discord application, and where Discord is. */
export interface DiscordSettings {
  readonly token: string;
  /** The guild that Docket serves; null for every guild that the bot was invited to. */
  readonly guild: string | null;
  /** Discord's REST API, where it is not Discord's own: `https://discord.com/api`. */
  readonly apiUrl: string | null;
}

export interface DiscordOptions {
  readonly settings: DiscordSettings;
  readonly log: Logger;
  /** The address of a ticket's page; null when none is known. */
  readonly ticketUrl: ((ticket: number) => string) | null;
  /** The channels that the configuration feeds or takes messages from: the start-up check looks whether Docket may use them. */
  readonly channels: readonly { readonly workspace: string; readonly channel: string }[];
  /** Every status that a ticket can have: the tags of a forum that are called so follow it. */
  readonly statuses: readonly string[];
  /** Lets one process of all that share the database listen. */
  readonly alone: Alone;
  /** What outlives a process, by name; plain JSON. */
  readonly memory: Memory;
  /** The moment (ISO 8601, UTC). */
  readonly now: () => string;
}

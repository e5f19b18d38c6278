import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** The secrets of an app, and where Slack is. */
export interface SlackSettings {
  readonly botToken: string;
  /** For Socket Mode. One of this and the signing secret is there. */
  readonly appToken: string | null;
  /** For events over HTTP. */
  readonly signingSecret: string | null;
  /** Slack's Web API, where it is not Slack's own. */
  readonly apiUrl: string | null;
  /** Milliseconds between two messages in a channel. */
  readonly messageInterval: number;
}

export interface SlackOptions {
  readonly settings: SlackSettings;
  /** The server that takes Slack's events where they come over HTTP; it must not listen yet. */
  readonly app: FastifyInstance;
  readonly log: Logger;
  /** The address of a ticket's page; null when none is known. */
  readonly ticketUrl: ((ticket: number) => string) | null;
  /** The channels that the configuration feeds or takes messages from: the start-up check looks whether Docket is in. */
  readonly channels: readonly { readonly workspace: string; readonly channel: string }[];
  /** The moment (ISO 8601, UTC). */
  readonly now: () => string;
}

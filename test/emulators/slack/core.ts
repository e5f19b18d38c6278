import type { Deliveries } from './deliveries.ts';
import type { Faults } from './faults.ts';
import type { Rates } from './rates.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Json } from './shapes.ts';
import type { SocketLine } from './sockets.ts';
import type { Tokens } from './tokens.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** A call of the Web API, and what it was answered. */
export interface Call {
  /** Milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly arguments: Json;
  readonly answer: Json;
}

/** What the parts of the emulator share. */
export interface Core {
  readonly workspace: Workspace;
  readonly tokens: Tokens;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly views: Views;
  readonly deliveries: Deliveries;
  readonly sockets: SocketLine;
  readonly rates: Rates;
  readonly faults: Faults;
  /** Domains whose links the app unfurls. */
  readonly unfurlDomains: readonly string[];
  /** What is unfurled in composers, by the id that the unsent message goes by. */
  readonly composed: Map<string, readonly Json[]>;
  /** Every call so far, oldest first. */
  readonly calls: Call[];
  /** What the app did that Slack's published description has no room for, in words. */
  readonly violations: string[];
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: () => string;
}

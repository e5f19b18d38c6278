import { DiscordAPIError, HTTPError } from 'discord.js';
import { Closed, TryLater, Undeliverable } from '../../connectors/connector.ts';
import { failure } from '../../connectors/discord/failure.ts';
import type { Trouble } from '../emulators/discord/faults.ts';

/** What becomes of a call that is refused. `unforeseen`: a delivery is retried for five minutes, and then given up. */
export type Class = 'TryLater' | 'Closed' | 'Undeliverable' | 'workspace' | 'Gone' | 'Rejected' | 'unforeseen';

/** An error of Discord's. */
export type Refused = Pick<Trouble, 'status' | 'code'>;

const of = (status: number, ...codes: readonly number[]): readonly Refused[] => codes.map((code) => ({ status, code }));

/**
 * The errors of the REST API that concern what Docket does, by class (docs.discord.com/developers/topics/opcodes-and-status-codes,
 * "HTTP" and "JSON"). Discord does not document which route answers which of them: any may answer all.
 */
export const classes: Readonly<Record<Class, readonly Refused[]>> = {
  TryLater: [
    { status: 500 },
    { status: 502 },
    { status: 503 },
    { status: 504 },
    ...of(503, 130_000),
    ...of(403, 40_006, 40_333),
    ...of(400, 20_016, 20_028, 20_029, 30_046, 40_062),
  ],
  Closed: of(403, 50_007, 50_278),
  Undeliverable: [...of(403, 50_001, 50_013), ...of(404, 10_003), ...of(400, 50_008, 160_005, 160_006)],
  workspace: [...of(401, 0, 40_001, 50_014), ...of(404, 10_004)],
  Gone: [...of(404, 10_008), ...of(400, 160_002)],
  Rejected: [
    ...of(400, 50_035, 0, 30_010, 30_034, 40_060, 50_006, 50_021, 50_046, 50_068, 50_109, 200_000, 200_001, 240_000),
    ...of(403, 20_009),
    ...of(413, 40_005),
  ],
  unforeseen: [
    ...of(400, 50_024, 50_083, 160_004),
    ...of(403, 20_001, 50_004, 90_001),
    ...of(404, 0, 10_007, 10_013, 10_014, 10_015, 10_062),
    ...of(405, 0),
    ...of(403, 999_999),
  ],
};

/** The class that Docket puts an error into. */
export function classOf(how: Refused): Class {
  const found = failure(errorOf(how), { guild: '1', channel: '2' }, []);
  if (found instanceof TryLater) return 'TryLater';
  if (found instanceof Closed) return 'Closed';
  if (found instanceof Undeliverable) return found.workspace === null ? 'Undeliverable' : 'workspace';
  const name = found instanceof Error ? found.name : '';
  return name === 'Gone' || name === 'Rejected' ? name : 'unforeseen';
}

/** The error that Discord's library throws. */
function errorOf({ status, code = 0 }: Refused): Error {
  const body = { body: {}, files: [] };
  if (status >= 500) return new HTTPError(status, '', 'POST', '/x', body);
  return new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', '/x', body);
}

/** Errors that a caller looks for by code. */
const handled = [...of(404, 10_003, 10_007, 10_015, 10_062), ...of(400, 50_083, 160_004)];

/** One error of each class, those that a caller handles by code, and requests to wait. */
export const walkedRefusals: readonly Trouble[] = [
  ...Object.values(classes).flatMap(([first]) => first ?? []),
  ...handled,
  // The library waits, and asks again by itself.
  { status: 429, retryAfter: 0.1, times: 2 },
  { status: 429, retryAfter: 0.1, global: true, times: 1 },
];

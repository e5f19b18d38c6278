import { z } from 'zod';
import { Rejected, TryLater, Undeliverable } from '../connector.ts';
import { platform } from './platform.ts';

/** What a call was about. */
export interface About {
  /** The name of Docket's homeserver; null where it is not known yet. */
  readonly server: string | null;
  /** Null where the call was about no room. */
  readonly room: string | null;
}

/** What a homeserver answered instead of doing it (spec.matrix.org/latest/client-server-api/#standard-error-response). */
export interface Refusal {
  /** The status of HTTP. */
  readonly status: number;
  /** `M_FORBIDDEN`; empty where the answer is not the homeserver's own. */
  readonly code: string;
  readonly words: string;
  /** Milliseconds; null where it does not say. */
  readonly retryAfter: number | null;
  /** The device is still there, and signs in again as itself. */
  readonly softLogout: boolean;
}

/** A refusal that says nothing about the room or Docket as such: what it means depends on what was asked. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor({ status, code, words }: Refusal) {
    super(`the homeserver says ${code || status}: ${words}`);
    this.name = 'Refused';
    this.code = code;
    this.status = status;
  }
}

/** The event itself is refused, and always will be (spec.matrix.org/latest/client-server-api/#common-error-codes). */
const rejected: ReadonlySet<string> = new Set([
  'M_BAD_JSON',
  'M_INVALID_PARAM',
  'M_MISSING_PARAM',
  'M_NOT_JSON',
  'M_TOO_LARGE',
]);

/** What failed in sending an event, in the words of the contract: where the event is at fault, a `Rejected`. */
export function inSending(error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  const isRejected = rejected.has(error.code) || error.status === 413;
  return isRejected ? new Rejected(error.message, { cause: error }) : error;
}

/** Whether what failed is the matter of one room or call: all else goes on. It is not where Docket is not let in at all. */
export function isOfRoom(error: unknown): boolean {
  return error instanceof Refused || (error instanceof Undeliverable && error.workspace === null);
}

const bodyShape = z.object({
  errcode: z.string().default(''),
  error: z.string().default(''),
  retry_after_ms: z.number().nonnegative().optional(),
  soft_logout: z.boolean().default(false),
});

/** Reads what came instead of an answer. `Retry-After` stands before the older `retry_after_ms` of the body. */
export function readRefusal(status: number, headers: Headers, body: unknown): Refusal {
  const { errcode, error, retry_after_ms, soft_logout } = bodyShape.safeParse(body).data ?? bodyShape.parse({});
  const header = headers.get('retry-after');
  const seconds = header !== null && /^\d+$/.test(header.trim()) ? Number(header) : null;
  return {
    status,
    code: errcode,
    words: error.slice(0, 300),
    retryAfter: seconds === null ? (retry_after_ms ?? null) : seconds * 1_000,
    softLogout: soft_logout,
  };
}

/** The token is not taken. Where there is a password, another one can be had. */
export function isUnknownToken({ code }: Refusal): boolean {
  return code === 'M_UNKNOWN_TOKEN' || code === 'M_MISSING_TOKEN';
}

/** Not found, not waited for, misdirected, too early. */
const passing: ReadonlySet<number> = new Set([404, 408, 421, 425]);

/** Until the next attempt, where a homeserver limits the rate and does not say. Milliseconds. */
const patience = 1_000;

/**
 * A refusal in the words of the contract: what may succeed later is a `TryLater`, what a person must mend an
 * `Undeliverable`, and the rest a `Refused`.
 */
export function failure(refusal: Refusal, { server, room }: About): Error {
  const { status, code, words, retryAfter } = refusal;
  if (status === 429 || code === 'M_LIMIT_EXCEEDED') {
    return new TryLater('the homeserver asks to wait', retryAfter ?? patience);
  }
  // Homeservers name their errors: what stands before one that restarts may say that there is nothing.
  const isNobody = code === '' && passing.has(status);
  if (status >= 500 || isNobody) return new TryLater(`the homeserver cannot be reached (HTTP ${status})`, retryAfter);
  const of = server === null ? {} : { workspace: { platform, workspace: server } };
  if (isUnknownToken(refusal)) {
    return new Undeliverable('the homeserver does not take the token of Docket', {
      mend: 'Set MATRIX_ACCESS_TOKEN to a new one, or MATRIX_USER and MATRIX_PASSWORD in its place, and restart Docket.',
      ...of,
    });
  }
  if (code === 'M_USER_DEACTIVATED' || code === 'M_USER_LOCKED' || code === 'M_USER_SUSPENDED') {
    return new Undeliverable(`the account of Docket is blocked (${words})`, {
      mend: 'Ask the administrators of the homeserver to let the account in again.',
      ...of,
    });
  }
  if (code === 'M_FORBIDDEN' && room !== null) {
    return new Undeliverable(`Docket is not in the room ${room}, or may not write there (${words})`, {
      mend: 'Invite Docket to the room again, and let it write there: Room settings, Roles & Permissions.',
    });
  }
  return new Refused(refusal);
}

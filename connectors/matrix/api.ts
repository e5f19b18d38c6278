import { z } from 'zod';
import { TryLater } from '../connector.ts';
import { failure, isUnknownToken, type Refusal, readRefusal } from './failure.ts';
import { serverOf } from './ids.ts';

/** A homeserver that takes longer than this has not answered. Milliseconds. */
const patience = 30_000;

export interface Call<Result> {
  /** Begins behind `/_matrix`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or bytes. */
  readonly body?: object;
  /** What the answer must look like. */
  readonly shape: z.ZodType<Result>;
  /** The room that it is about. */
  readonly room?: string;
  /** How long an answer may take. Milliseconds. */
  readonly within?: number;
  readonly signal?: AbortSignal;
}

/** A device of Docket's, signed in. */
export interface Session {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
}

/** Who Docket is signed in as; where the homeserver does not take that any more, it can be signed in anew. */
export interface Signed {
  now(): Session;
  /** Signs in again, if nobody did since `lost`, as the same device or another. False where that cannot be done. */
  renew(lost: Session, sameDevice: boolean): Promise<boolean>;
}

/**
 * The client-server API of one homeserver (spec.matrix.org/latest/client-server-api). Nothing is tried twice in here, for
 * the queue of deliveries does that, and remembers it.
 */
export class Api {
  constructor(
    readonly url: string,
    private readonly signed: Signed,
  ) {}

  /** @throws TryLater, Undeliverable, Refused */
  async call<Result>(call: Call<Result>): Promise<Result> {
    const response = await this.#answered(call);
    return call.shape.parse(await jsonOf(response));
  }

  /**
   * A file of the homeserver, as long as it has no more than `most` bytes; null where it has more.
   *
   * @throws TryLater, Undeliverable, Refused
   */
  async bytes(call: Omit<Call<unknown>, 'shape'>, most: number): Promise<Uint8Array | null> {
    const response = await this.#answered({ ...call, shape: z.unknown() });
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of response.body ?? []) {
        size += chunk.byteLength;
        if (size > most) return null;
        chunks.push(chunk);
      }
    } catch (error) {
      throw new TryLater('a file could not be fetched from the homeserver', null, { cause: error });
    }
    return Buffer.concat(chunks);
  }

  async #answered(call: Call<unknown>): Promise<Response> {
    const session = this.signed.now();
    const about = { server: serverOf(session.userId), room: call.room ?? null };
    const response = await request(this.url, session.accessToken, call);
    if (response.ok) return response;
    const refusal = await refusalIn(response);
    if (!isUnknownToken(refusal) || !(await this.signed.renew(session, refusal.softLogout)))
      throw failure(refusal, about);
    const again = await request(this.url, this.signed.now().accessToken, call);
    if (again.ok) return again;
    throw failure(await refusalIn(again), about);
  }
}

/**
 * Calls a homeserver as nobody, or with a token of which nothing else is known.
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function callOpenly<Result>(url: string, call: Call<Result> & { token?: string }): Promise<Result> {
  const response = await request(url, call.token ?? null, call);
  if (!response.ok) throw failure(await refusalIn(response), { server: null, room: null });
  return call.shape.parse(await jsonOf(response));
}

/** @throws TryLater where no answer comes */
async function request(url: string, token: string | null, call: Call<unknown>): Promise<Response> {
  const { path, method = 'GET', query = {}, body, within = patience, signal } = call;
  const search = new URLSearchParams(query).toString();
  const isBytes = body instanceof Uint8Array;
  try {
    return await fetch(`${url}/_matrix${path}${search === '' ? '' : `?${search}`}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? Uint8Array.from(body) : JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(within), ...(signal === undefined ? [] : [signal])]),
    });
  } catch (error) {
    throw new TryLater('the homeserver cannot be reached', null, { cause: error });
  }
}

async function refusalIn(response: Response): Promise<Refusal> {
  return readRefusal(response.status, response.headers, await jsonOf(response));
}

/** What stands between a homeserver and Docket may answer in other words than JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  const words = await response.text().catch((error: unknown) => {
    throw new TryLater('the answer of the homeserver broke off', null, { cause: error });
  });
  try {
    return JSON.parse(words);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

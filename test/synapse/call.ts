import { setTimeout as pause } from 'node:timers/promises';
import type { Content } from './events.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Content;
  readonly signal?: AbortSignal;
}

/** What a homeserver refuses, with its code: `M_FORBIDDEN`. */
export class MatrixError extends Error {
  readonly code: string;
  constructor(
    readonly status: number,
    readonly answer: Content,
  ) {
    super(`${status} ${JSON.stringify(answer)}`);
    this.code = String(answer['errcode'] ?? '');
  }
}

/**
 * One call of the client-server API. Where the homeserver limits the rate, it is made again as soon as that may be.
 *
 * @throws MatrixError where it is refused
 */
export async function call(
  url: string,
  accessToken: string | null,
  method: Method,
  path: string,
  { query = {}, body, signal }: Call,
): Promise<Content> {
  const address = `${url}/_matrix/client${path}?${new URLSearchParams(query)}`;
  const request: RequestInit = {
    method,
    ...(accessToken === null ? {} : { headers: { authorization: `Bearer ${accessToken}` } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  for (;;) {
    const response = await fetch(address, request);
    const answer = (await response.json()) as Content;
    if (response.ok) return answer;
    if (response.status !== 429) throw new MatrixError(response.status, answer);
    await pause(Number(answer['retry_after_ms'] ?? 1_000));
  }
}

import type { Discord } from './discord.ts';
import { type Json, recordOf } from './shapes.ts';

/** What a raw request was answered. */
export interface Answered {
  readonly status: number;
  /** Discord's own code; undefined where all was well. */
  readonly code: unknown;
  readonly body: Json;
  readonly headers: Headers;
}

/** Requests as a program makes them that knows no library. */
export function requester(discord: Discord) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    token: string | null = discord.token,
  ): Promise<Answered> => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bot ${token}` }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const read: unknown = text === '' ? {} : JSON.parse(text);
    return {
      status: response.status,
      code: recordOf(read)['code'],
      body: Array.isArray(read) ? { all: read } : recordOf(read),
      headers: response.headers,
    };
  };
}

/** Where Discord says that something was wrong, as paths with its codes: `embeds.0.title BASE_TYPE_MAX_LENGTH`. */
export function wrongIn(errors: unknown, path: readonly string[] = []): readonly string[] {
  return Object.entries(recordOf(errors)).flatMap(([name, below]) =>
    name === '_errors' && Array.isArray(below)
      ? below.map((each) => `${path.join('.')} ${recordOf(each)['code']}`.trim())
      : wrongIn(below, [...path, name]),
  );
}

import type { Arguments } from './arguments.ts';
import { Refusal } from './refusal.ts';
import type { Json } from './shapes.ts';

/** A page of a list, and what leads to the next one (docs.slack.dev/apis/web-api/pagination). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly more: boolean;
  readonly response_metadata: Json;
}

/**
 * The page of a list that was asked for by `cursor` and `limit`.
 *
 * @throws Refusal invalid_cursor, invalid_limit
 */
export function pageOf<T>(all: readonly T[], args: Arguments, otherwise: number): Page<T> {
  const limit = args.number('limit', otherwise);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new Refusal('invalid_limit');
  const cursor = args.text('cursor');
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''));
  if (!Number.isInteger(start) || start > all.length) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const more = end < all.length;
  const next_cursor = more ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), more, response_metadata: { next_cursor } };
}

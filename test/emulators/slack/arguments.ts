import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';
import { type Json, recordOf, recordsOf } from './shapes.ts';

/** What forms carry as JSON, as flags and as numbers. */
const asJson: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
  unfurls: 'invalid_arguments',
  files: 'invalid_arguments',
};
const asFlag: ReadonlySet<string> = new Set([
  ...['unfurl_links', 'unfurl_media', 'mrkdwn', 'link_names', 'as_user', 'reply_broadcast', 'inclusive'],
  ...['include_all_metadata', 'include_num_members', 'exclude_archived', 'include_locale', 'return_im'],
  ...['prevent_creation', 'include_count', 'include_disabled', 'include_users', 'full'],
]);
const asNumber: ReadonlySet<string> = new Set(['limit', 'length', 'count', 'page']);

/** The arguments of a call of the Web API. */
export class Arguments {
  constructor(readonly all: Json) {}

  /** Empty where it was not given. */
  text(name: string): string {
    const value = this.all[name];
    return typeof value === 'string' ? value : '';
  }

  /** @throws Refusal where it was not given */
  required(name: string, code = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value === '') throw new Refusal(code, { response_metadata: { messages: [`[ERROR] missing: ${name}`] } });
    return value;
  }

  flag(name: string): boolean {
    return this.all[name] === true;
  }

  number(name: string, otherwise: number): number {
    const value = this.all[name];
    return typeof value === 'number' ? value : otherwise;
  }

  has(name: string): boolean {
    return this.all[name] !== undefined;
  }

  record(name: string): Json {
    return recordOf(this.all[name]);
  }

  records(name: string): readonly Json[] {
    return recordsOf(this.all[name]);
  }
}

/**
 * Reads the arguments of a call from its query, and from a body of a form, of parts, or of JSON.
 *
 * @throws Refusal where they cannot be read
 */
export async function readArguments(request: IncomingMessage, url: URL, body: Buffer): Promise<Arguments> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return new Arguments({ ...fields(url.searchParams), ...json(body) });
  const form =
    type.startsWith('multipart/form-data') || type.startsWith('application/x-www-form-urlencoded')
      ? await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      : [];
  return new Arguments({ ...fields(url.searchParams), ...fields(form) });
}

function json(body: Buffer): Json {
  try {
    return recordOf(JSON.parse(body.toString()));
  } catch (error) {
    throw new Refusal('invalid_json', { cause: String(error) });
  }
}

function fields(pairs: Iterable<[string, unknown]>): Json {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, field(name, value)]));
}

function field(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (asFlag.has(name)) return value === 'true' || value === '1';
  if (asNumber.has(name)) return Number(value);
  const code = asJson[name];
  if (code === undefined) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Refusal(code, { cause: String(error) });
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Json, recordOf, recordsOf, textOf } from './shapes.ts';

/** Discord's published description of its HTTP API, where it lies beside the repository. */
const path = join(
  process.env['DOCKET_SPECS'] ?? join(import.meta.dirname, '../../../../shared/specs'),
  'discord/openapi.json',
);

/** Whether there is a published description to go by. */
export const described = existsSync(path);

const description: Json = described ? recordOf(JSON.parse(readFileSync(path, 'utf8'))) : {};
const ajv = new Ajv2020({ strict: false, validateFormats: false });
if (described) ajv.addSchema({ ...description, $id: 'discord' });
const compiled = new Map<string, ValidateFunction | null>();

/** What discord.js sends besides: it knows fields that the description leaves out. */
const ignored: readonly (readonly [RegExp, string])[] = [
  [/^PATCH .*\/messages\//, 'tts'],
  [/^POST .*\/messages\/\{message_id\}\/threads$/, 'type'],
];

/** Permissions, which discord.js sends as digits, as Discord's own pages say. */
const bitFields: ReadonlySet<string> = new Set(['allow', 'deny', 'permissions', 'default_member_permissions']);

/**
 * What in a request is not as Discord describes it; empty where all is, and where there is no description.
 *
 * @param route `/channels/{channel_id}/messages`
 */
export function requestFaults(method: string, route: string, body: unknown, query: URLSearchParams): string[] {
  const operation = operationAt(method, route);
  if (!described) return [];
  if (operation === null) return [`${method} ${route} is not described`];
  const known = new Set(recordsOf(operation['parameters']).map(({ name }) => textOf(name)));
  const strange = [...query.keys()].filter((name) => !known.has(name));
  return [
    ...strange.map((name) => `${name} is no parameter of ${method} ${route}`),
    ...bodyFaults(method, route, body),
  ];
}

function operationAt(method: string, route: string): Json | null {
  const found = recordOf(recordOf(description['paths'])[route])[method.toLowerCase()];
  return found === undefined ? null : recordOf(found);
}

function bodyFaults(method: string, route: string, body: unknown): string[] {
  const validate = validator(method, route);
  if (validate === null || validate(asDescribed(`${method} ${route}`, body))) return [];
  // Of all the kinds that a thing could be, most errors speak of those that it was not meant to be.
  const { instancePath = '', message = '' } = validate.errors?.at(0) ?? {};
  return [`not as described: ${message} at ${instancePath || '/'}`];
}

function validator(method: string, route: string): ValidateFunction | null {
  const key = `${method} ${route}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const content = recordOf(recordOf(operationAt(method, route)?.['requestBody'])['content']);
  const at = ['paths', route, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  const pointer = at.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const made = content['application/json'] === undefined ? null : ajv.compile({ $ref: `discord#/${pointer}` });
  compiled.set(key, made);
  return made;
}

function asDescribed(key: string, body: unknown): unknown {
  const names = ignored.filter(([pattern]) => pattern.test(key)).map(([, name]) => name);
  return JSON.parse(JSON.stringify(body), (name, value: unknown) => {
    if (names.includes(name)) return undefined;
    return bitFields.has(name) && /^\d+$/.test(textOf(value)) ? Number(value) : value;
  });
}

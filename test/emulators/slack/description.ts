import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from './shapes.ts';

/** Slack's published types as JSON Schemas, where they lie beside the repository. */
const path = join(
  process.env['DOCKET_SPECS'] ?? join(import.meta.dirname, '../../../../shared/specs'),
  'slack/slack-types.schema.json',
);
const schemas: Readonly<Record<string, object>> = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8')).schemas
  : {};
const ajv = new Ajv({ strict: false, validateFormats: false });
const compiled = new Map<string, ValidateFunction>();

/** Whether there is a published description to go by. */
export const described = existsSync(path);

/** Bolt adds the workspace to these, which the published types do not have. */
const ignored: ReadonlySet<string> = new Set(['team_id', 'token']);

/** What in the arguments of a method is not as Slack's types have it; empty when all is, or where there are no types. */
export function argumentFaults(method: string, given: Json): string[] {
  const args = Object.fromEntries(Object.entries(given).filter(([name]) => !ignored.has(name)));
  return check(method, method, args);
}

/** The same for a block. The published type of blocks takes any object with a type beside those that are known. */
export function describedBlockFaults(block: Json): string[] {
  return check('known block', 'block', block, '#/definitions/KnownBlock');
}

/** The same for a view. */
export function describedViewFaults(view: Json): string[] {
  return check('view', 'view', view);
}

function check(name: string, schema: string, value: unknown, $ref?: string): string[] {
  const found = schemas[schema];
  if (found === undefined) return [];
  const validate = compiled.get(name) ?? ajv.compile($ref === undefined ? found : { ...found, $ref });
  compiled.set(name, validate);
  if (validate(value)) return [];
  // Of all the types that a thing could be, most errors speak of those that it was not meant to be.
  const { instancePath = '', message = '' } = validate.errors?.at(0) ?? {};
  return [`not as published: ${message} [json-pointer:${instancePath}]`];
}

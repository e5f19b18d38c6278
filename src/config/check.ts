import { checkConsole } from './check-console.ts';
import { checkLifecycles } from './check-lifecycles.ts';
import { checkPeople } from './check-people.ts';
import { checkQueues } from './check-queues.ts';
import type { Config } from './config.ts';
import type { Path, Report } from './mistake.ts';
import type { ConfigFile } from './schema.ts';
import type { Scope } from './scope.ts';

/**
 * Everything that a schema cannot see: names that lead nowhere, circles, statuses out of reach, channels that would show
 * tickets to people who may not see them.
 *
 * @param raw the file as it was read.
 * @param mistaken where mistakes were found; `report` adds to it.
 */
export function check(
  file: ConfigFile,
  config: Config,
  { raw, mistaken, report }: { readonly raw: unknown; readonly mistaken: readonly Path[]; readonly report: Report },
): void {
  const scope: Scope = {
    file,
    config,
    report,
    anyMistake: (...paths) =>
      mistaken.some((found) => paths.some((path) => path.every((step, index) => found[index] === step))),
    keys: (...path) => keysOf(raw, path),
  };
  checkPeople(scope);
  checkLifecycles(scope);
  checkQueues(scope);
  checkConsole(scope);
}

function keysOf(value: unknown, [step, ...deeper]: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return step === undefined ? Object.keys(value) : keysOf(Reflect.get(value, step), deeper);
}

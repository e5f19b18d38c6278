import type { PlaceKey } from '../store/unit.ts';

/** What can be written as `PLATFORM:WORKSPACE/ID`. */
type Kind = 'place' | 'account' | 'group';

/** The platforms beside the console, with an example of how each kind is written. */
const elsewhere: ReadonlyMap<string, Readonly<Record<Kind, string>>> = new Map([
  ['slack', { place: 'slack:T0123/C0456', account: 'slack:T0123/U0456', group: 'slack:T0123/S0456' }],
  ['discord', { place: 'discord:1234/5678', account: 'discord:1234/5678', group: 'discord:1234/5678' }],
  [
    'matrix',
    {
      place: 'matrix:example.org/!room:example.org',
      account: 'matrix:example.org/@ada:example.org',
      group: 'matrix:example.org/!room:example.org',
    },
  ],
]);

/** The console has one workspace. */
export const consoleWorkspace = 'docket';

/**
 * Reads `console:#noc` or `slack:T0123/C0456`.
 *
 * @returns what is wrong with it, as a sentence, when it is no place.
 */
export function readPlace(typed: string): PlaceKey | string {
  const outside = { thread: null, direct: false };
  if (typed.startsWith('console:')) {
    const [, channel] = /^console:#([a-z][a-z0-9_-]*)$/.exec(typed) ?? [];
    if (channel === undefined) return 'is no place. A channel of the console is written `console:#noc`.';
    return { platform: 'console', workspace: consoleWorkspace, channel, ...outside };
  }
  const read = readOutside(typed, 'place');
  if (read === null) return `is no place. Write \`console:#noc\`, or such as \`${example('place')}\`.`;
  return typeof read === 'string' ? read : { ...read.of, channel: read.id, ...outside };
}

/** Somebody, or a group, as a platform knows them. */
export interface PlatformId {
  readonly platform: string;
  readonly workspace: string;
  readonly id: string;
}

/** Reads `slack:T0123/U0456`: a person, or a group, by a platform's own ids; a sentence when it is none. */
export function readPlatformId(typed: string, kind: 'account' | 'group'): PlatformId | string {
  const read = readOutside(typed, kind);
  const what = kind === 'account' ? 'no account' : 'no group of a platform';
  if (read === null) return `is ${what}. Write it such as \`${example(kind)}\`.`;
  return typeof read === 'string' ? read : { ...read.of, id: read.id };
}

/** Whether it is all the people of a workspace: `slack:T0123`. */
export function isWorkspace(typed: string): boolean {
  const [, platform = ''] = /^([a-z]+):[^\s/]{1,255}$/.exec(typed) ?? [];
  return elsewhere.has(platform);
}

/** Whether it is meant to be something on a platform, and no name of this file. */
export function isOutside(typed: string): boolean {
  return typed.includes(':');
}

type Outside = { readonly of: { readonly platform: string; readonly workspace: string }; readonly id: string };

/** Null: of no platform that there is. */
function readOutside(typed: string, kind: Kind): Outside | string | null {
  const [, platform = '', rest = ''] = /^([a-z]+):(.*)$/su.exec(typed) ?? [];
  const examples = elsewhere.get(platform);
  if (examples === undefined) return null;
  const [, workspace, id] = /^([^\s/]{1,255})\/([^\s/]{1,255})$/.exec(rest) ?? [];
  if (workspace !== undefined && id !== undefined) return { of: { platform, workspace }, id };
  const what = { place: 'no place', account: 'no account', group: 'no group of a platform' }[kind];
  return `is ${what}. Write it like \`${examples[kind]}\`.`;
}

function example(kind: Kind): string {
  return [...elsewhere.values()][0]?.[kind] ?? '';
}

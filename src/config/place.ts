import type { PlaceKey } from '../store/unit.ts';

/** The platforms beside the console that a place can be on, with an example of how one is written. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['slack', 'slack:T0123/C0456'],
  ['discord', 'discord:1234/5678'],
  ['matrix', 'matrix:example.org/!room:example.org'],
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
  const [, platform = '', rest = ''] = /^([a-z]+):(.*)$/su.exec(typed) ?? [];
  if (platform === 'console') {
    const [, channel] = /^#([a-z][a-z0-9_-]*)$/.exec(rest) ?? [];
    if (channel === undefined) return 'is no place. A channel of the console is written `console:#noc`.';
    return { platform, workspace: consoleWorkspace, channel, ...outside };
  }
  const example = elsewhere.get(platform);
  if (example === undefined)
    return `is no place. Write \`console:#noc\`, or such as \`${[...elsewhere.values()][0]}\`.`;
  const [, workspace, channel] = /^([^\s/]{1,255})\/([^\s/]{1,255})$/.exec(rest) ?? [];
  if (workspace === undefined || channel === undefined) return `is no place. Write it like \`${example}\`.`;
  return { platform, workspace, channel, ...outside };
}

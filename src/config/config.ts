import { readFileSync } from 'node:fs';
import type { Intake } from '../desk/desk.ts';
import type { ConfiguredGroup, ConfiguredPerson } from '../store/groups.ts';
import type { Audience, PlaceKey } from '../store/unit.ts';
import type { Policy } from '../ticket/policy.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { inOrder, type Mistake, type Report } from './mistake.ts';
import { readShape } from './shape.ts';
import { largestSource, parseSource } from './source.ts';

/** All that docket.yaml says, checked. */
export interface Config {
  /** A try-out: its people may be sat in as, where Docket is bound to loopback. */
  readonly sample: boolean;
  /** IANA zone of those who have none of their own. */
  readonly zone: string;
  /** The address people open Docket by; null while none is known. */
  readonly web: { readonly url: string | null };
  readonly people: readonly Person[];
  readonly groups: readonly ConfiguredGroup[];
  readonly policy: Policy;
  readonly intakes: readonly Intake[];
  readonly feeds: readonly ConfiguredFeed[];
  readonly channels: readonly ConsoleChannel[];
}

/** `about` says in a word what they are: "operator". Empty when it is not said. */
export interface Person extends ConfiguredPerson {
  readonly about: string;
  readonly zone: string;
}

/** A place that is told what happens in a queue. An empty search lets everything through. */
export interface ConfiguredFeed {
  readonly queue: string;
  readonly audience: Audience;
  readonly search: string;
  readonly key: PlaceKey;
}

/** A channel of the built-in console; `members` are groups, or `everyone`. */
export interface ConsoleChannel {
  readonly name: string;
  readonly topic: string;
  readonly members: readonly string[];
  /** The queue in which each message becomes a ticket; null where none does. */
  readonly intake: string | null;
}

/** What stands in the way of using a configuration: every mistake at once, in the order of the file. */
export interface ConfigMistakes {
  readonly mistakes: readonly Mistake[];
}

/** Whether reading a configuration ended in mistakes. */
export function isMistaken(result: Config | ConfigMistakes): result is ConfigMistakes {
  return 'mistakes' in result;
}

/**
 * Reads docket.yaml.
 *
 * @param path of the file, from the working directory.
 * @returns the configuration; or all its mistakes, also where the file cannot be read.
 */
export function loadConfig(path: string): Config | ConfigMistakes {
  const atTop = (text: string): ConfigMistakes => ({ mistakes: [{ file: path, line: 1, column: 1, key: '', text }] });
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return atTop(`the file cannot be read (${codeOf(error)}). DOCKET_CONFIG says where it is.`);
  }
  if (bytes.length > largestSource) {
    return atTop(`the file has ${bytes.length} bytes. It can have ${largestSource}; nothing of it was read.`);
  }
  return parseConfig(bytes.toString('utf8'), path);
}

/** The same for the text of a configuration. `file` is what its mistakes call it. Never throws. */
export function parseConfig(text: string, file: string): Config | ConfigMistakes {
  const source = parseSource(text);
  const mistakes: Mistake[] = source.mistakes.map((mistake) => ({ file, ...mistake }));
  if (mistakes.length > 0) return { mistakes: inOrder(mistakes) };

  const report: Report = (path, text, end = 'value') => {
    mistakes.push({ file, ...source.where(path, end), key: keyOf(path), text });
  };
  const { wishes, whole } = readShape(source.value, report);
  const config = build(wishes);
  check(wishes, config, { raw: source.value, whole, report });
  return mistakes.length > 0 ? { mistakes: inOrder(mistakes) } : config;
}

/** `queues.noc.rights.everyone[1]` */
function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === 'number') return `${key}[${step}]`;
    return key === '' ? String(step) : `${key}.${String(step)}`;
  }, '');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

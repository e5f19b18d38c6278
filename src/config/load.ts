import { readFileSync } from 'node:fs';
import { build } from './build.ts';
import { check } from './check.ts';
import type { Config } from './config.ts';
import { inOrder, type Mistake, type Path, type Report } from './mistake.ts';
import { readShape } from './shape.ts';
import { parseSource } from './source.ts';

/** Mistakes that are described. Finding what was meant by each of thousands would take minutes. */
const mostMistakes = 200;

/** What stands in the way of using a configuration: its mistakes at once, in the order of the file. */
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
  try {
    return parseConfig(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const text = `the file cannot be read (${error.code}). DOCKET_CONFIG says where it is.`;
    return { mistakes: [{ file: path, line: 1, column: 1, key: '', text }] };
  }
}

/** The same for the text of a configuration. `file` is what its mistakes call it. Never throws. */
export function parseConfig(text: string, file: string): Config | ConfigMistakes {
  const source = parseSource(text);
  const mistakes: Mistake[] = source.mistakes.map((mistake) => ({ file, ...mistake }));
  if (mistakes.length > 0) return { mistakes: inOrder(mistakes) };

  const mistaken: Path[] = [];
  let more = 0;
  const report: Report = (path, text, end = 'value') => {
    mistaken.push(path);
    if (mistakes.length === mostMistakes) more++;
    else {
      const said = typeof text === 'string' ? text : text();
      mistakes.push({ file, ...source.where(path, end), key: keyOf(path), text: said });
    }
  };
  const wishes = readShape(source.value, report, source.typed);
  const config = build(wishes);
  check(wishes, config, { raw: source.value, mistaken, report });
  if (more === 0) return mistakes.length > 0 ? { mistakes: inOrder(mistakes) } : config;
  const rest = { file, line: 1, column: 1, key: '', text: `there are ${more} more mistakes.` };
  return { mistakes: [...inOrder(mistakes), rest] };
}

/** `queues.noc.rights.everyone[1]` */
function keyOf(path: Path): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === 'number') return `${key}[${step}]`;
    return key === '' ? String(step) : `${key}.${String(step)}`;
  }, '');
}

import type { Config } from '../../src/config/config.ts';
import { isMistaken, parseConfig } from '../../src/config/load.ts';

/** What a docket.yaml says. Throws with its mistakes where it has some. */
export function validConfig(yaml: string): Config {
  const config = parseConfig(yaml, 'docket.yaml');
  if (isMistaken(config)) throw new Error(JSON.stringify(config.mistakes, null, 2));
  return config;
}

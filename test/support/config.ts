import type { Config } from '../../src/config/config.ts';
import { isMistaken, parseConfig } from '../../src/config/load.ts';
import { usualLimits } from '../../src/desk/allowance.ts';

/** Scripts type faster than people. */
const roomy = { ...usualLimits, messagesPerMinute: 100_000, ticketsPerHour: 100_000 };

/** What a docket.yaml says, with room for many messages where it sets no limits. Throws with its mistakes where it has some. */
export function validConfig(yaml: string): Config {
  const config = parseConfig(yaml, 'docket.yaml');
  if (isMistaken(config)) throw new Error(JSON.stringify(config.mistakes, null, 2));
  return yaml.includes('\nlimits:') ? config : { ...config, limits: roomy };
}

import { isMistaken, loadConfig } from '../config/load.ts';
import { describeMistakes } from '../config/mistake.ts';
import { surroundings } from './surroundings.ts';

/** `docket config check [FILE]`: every mistake on standard error and 1, or what there is and 0. */
export async function checkConfig(given?: string): Promise<number> {
  const file = given ?? surroundings()?.config;
  if (file === undefined) return 1;
  const config = loadConfig(file);
  if (isMistaken(config)) {
    console.error(describeMistakes(config.mistakes));
    return 1;
  }
  const { policy, people, groups, channels } = config;
  const counts = [
    count(policy.queues.size, 'queue'),
    count(people.length, 'person', 'people'),
    count(groups.length, 'group'),
    count(channels.length, 'channel'),
  ];
  console.log(`${file}: ${counts.join(', ')}. All fine.`);
  return 0;
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

import { type Environment, loadDotEnv, readEnvironment } from '../config/environment.ts';

/** The environment with `.env`; null after telling on standard error what is wrong with it. */
export function surroundings(): Environment | null {
  loadDotEnv();
  const environment = readEnvironment(process.env);
  if (!('mistakes' in environment)) return environment;
  console.error(environment.mistakes.join('\n'));
  return null;
}

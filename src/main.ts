import { loadDotEnv, readEnvironment, secretsIn } from './config/environment.ts';
import { isMistaken, loadConfig } from './config/load.ts';
import { describeMistakes } from './config/mistake.ts';
import { startDocket } from './docket.ts';
import { greet } from './greet.ts';
import { createLog } from './log.ts';
import { AuthenticationRefused } from './store/client.ts';
import { EmbeddedRefusal } from './store/postgres-programs.ts';

/** Starts Docket by its environment and configuration, and ends it when it is told to. */
export async function main(): Promise<void> {
  loadDotEnv();
  const environment = readEnvironment(process.env);
  if ('mistakes' in environment) return refuse(`The environment is not right:\n${environment.mistakes.join('\n')}`);
  const config = loadConfig(environment.config);
  if (isMistaken(config)) return refuse(`The configuration is not right:\n${describeMistakes(config.mistakes)}`);

  const log = createLog(environment.logLevel, secretsIn(environment));
  if (process.getuid?.() === 0) log.warn('Docket runs as root. It does not need to: run it as a user of its own.');
  const docket = await startDocket({ config, environment, log, say: (line) => console.log(line) });
  await greet(docket, config, process.stdout.isTTY);

  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      log.info({ signal }, 'ending');
      docket.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'did not end in order');
          process.exit(1);
        },
      );
    });
  }
}

function refuse(why: string): void {
  console.error(why);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(forPeople(error));
  process.exit(1);
});

/** A refusal is for people; anything else is a fault, and its stack helps to find it. */
function forPeople(error: unknown): unknown {
  if (error instanceof EmbeddedRefusal || error instanceof AuthenticationRefused) return error.message;
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'EADDRINUSE') {
    return `${error.message}. Another program listens there: end it, or set PORT to another number.`;
  }
  if (fromDatabase.test(String(error.code))) {
    return `The database does not let Docket in: ${error.message || error.code}. Start it, or correct DATABASE_URL.`;
  }
  return error;
}

/** Errors of the network; and SQLSTATE classes: connection, authorization, no such database, resources, intervention. */
const fromDatabase = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|08|28|3D|53|57)/;

import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';

const schema = z.object({
  DOCKET_CONFIG: z.string().min(1).default('docket.yaml'),
  DOCKET_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'is to be a database, such as postgresql://docket:secret@localhost/docket',
    })
    .optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number('is to be a number')
    .int('is to be a whole number')
    .min(0, 'is to be 0 (any free port) or more')
    .max(65_535, 'is to be 65535 at most')
    .default(3000),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'is to be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});

/** What is set from outside: where things are, and secrets. */
export interface Environment {
  /** Path of docket.yaml. */
  readonly config: string;
  /** Folder of the embedded PostgreSQL. */
  readonly data: string;
  /** Null: Docket runs a PostgreSQL of its own. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/** Reads `.env` of the working folder, if there is one; what is set already wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}

/** The environment, or all that is wrong with it, a line each. An empty variable counts as not set. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment | { readonly mistakes: readonly string[] } {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = schema.safeParse(set);
  // The values stay out of it: one of them may be a password.
  if (!read.success) return { mistakes: read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) };
  const { data } = read;
  return {
    config: data.DOCKET_CONFIG,
    data: data.DOCKET_DATA,
    databaseUrl: data.DATABASE_URL ?? null,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
  };
}

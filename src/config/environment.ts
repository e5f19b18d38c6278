import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { unescape as decoded } from 'node:querystring';
import { z } from 'zod';
import { readSecretKey } from '../store/secrets.ts';
import { type DiscordEnvironment, discordEnvironment, discordVariables } from './discord.ts';
import { type MatrixEnvironment, matrixEnvironment, matrixVariables } from './matrix.ts';
import { cite, unknown } from './mistake.ts';
import { type SlackEnvironment, slackEnvironment, slackVariables } from './slack.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const portText = 'is no port: a number up to 65535, or 0 for any that is free';

/** No message repeats a value that can hold a password. */
const schema = z.object({
  DOCKET_CONFIG: z.string().default('docket.yaml'),
  DOCKET_DATA: z.string().default('data'),
  DOCKET_SECRET_KEY: z
    .string()
    .transform((written, context) => {
      const key = readSecretKey(written);
      if (key !== null) return key;
      // The message does not repeat what was written: it may be a key with a typo.
      context.addIssue({
        code: 'custom',
        message: 'must be a 32-byte key in base64. Create one with: openssl rand -base64 32',
      });
      return z.NEVER;
    })
    .optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is no address of a database: postgresql://USER:PASSWORD@HOST/NAME' })
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:[\]-]+$/, { error: ({ input }) => `${cite(String(input))} is no address to listen on: 127.0.0.1` })
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: ({ input }) => `${cite(String(input))} ${portText}` })
    .transform(Number)
    .pipe(z.int().max(65_535, { error: ({ input }) => `${cite(String(input))} ${portText}` }))
    .default(3000),
  LOG_LEVEL: z.enum(logLevels, { error: ({ input }) => unknown('level', String(input), logLevels) }).default('info'),
  ...slackVariables,
  ...discordVariables,
  ...matrixVariables,
});

/** What is set from outside: where things are, and secrets. */
export interface Environment {
  /** Path of docket.yaml. */
  readonly config: string;
  /** Folder of the embedded PostgreSQL. */
  readonly data: string;
  /** Encrypts the secrets in the database: 32 bytes. Null: the key in the data folder is used. */
  readonly secretKey: Uint8Array | null;
  /** Null: Docket runs a PostgreSQL of its own. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  /** Null: Slack is not used. */
  readonly slack: SlackEnvironment | null;
  /** Null: Discord is not used. */
  readonly discord: DiscordEnvironment | null;
  /** Null: Matrix is not used. */
  readonly matrix: MatrixEnvironment | null;
}

/** Reads `.env` of the working directory, if there is one; what is set already wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}

/** The environment, or all that is wrong with it, a line each. An empty variable counts as not set. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment | { readonly mistakes: readonly string[] } {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = schema.safeParse(set);
  if (!read.success) return { mistakes: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  const { data } = read;
  const [slack, discord, matrix] = [slackEnvironment(data), discordEnvironment(data), matrixEnvironment(data)];
  const mistakes = [slack, discord, matrix].filter((each) => typeof each === 'string');
  if (typeof slack === 'string' || typeof discord === 'string' || typeof matrix === 'string') return { mistakes };
  return {
    config: data.DOCKET_CONFIG,
    data: data.DOCKET_DATA,
    secretKey: data.DOCKET_SECRET_KEY ?? null,
    databaseUrl: data.DATABASE_URL ?? null,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    slack,
    discord,
    matrix,
  };
}

/** The secrets in an environment, so that none of them is ever written down: passwords, tokens. */
export function secretsIn({ databaseUrl, secretKey, slack, discord, matrix }: Environment): readonly string[] {
  const key = Buffer.from(secretKey ?? []);
  const password = databaseUrl === null ? '' : new URL(databaseUrl).password;
  const secrets = [
    ...[password, decoded(password)],
    ...[key.toString('base64'), key.toString('hex')],
    ...[slack?.botToken, slack?.appToken, slack?.signingSecret, discord?.token],
    ...[matrix?.password, matrix?.recoveryKey],
    ...Object.entries(matrix?.login ?? {}).flatMap(([name, value]) => (name === 'user' ? [] : [value])),
  ];
  return secrets.filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

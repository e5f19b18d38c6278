import { type Logger, pino } from 'pino';

/** Where secrets can stand in what is logged: requests, the environment, options of connections. */
const secrets = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'connectionString',
  'databaseUrl',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.token',
  '*.secret',
  '*.connectionString',
];

/** The log: a line of JSON an event, on standard output. Secrets are blotted out. */
export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: secrets, censor: '[secret]' }, serializers: { err: pino.stdSerializers.err } });
}

import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** Where secrets can stand in what is logged: requests, the environment, options of connections. */
const secrets = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
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
  '*.accessToken',
  '*.botToken',
  '*.secret',
  '*.connectionString',
];

/** Shorter ones are parts of ordinary words and numbers, and would not be told from these. */
const shortestSecret = 6;

/** What a Discord interaction is answered by stands in the address: whoever reads it can speak as Docket for 15 minutes. */
const interactionToken = /((?:interactions|webhooks)\/\d+\/)[\w-]{20,}/g;

/**
 * The log: a line of JSON an event. Secrets are blotted out where they are known to stand, and these `known` ones wherever
 * else they turn up, as in the message of a library's error.
 *
 * @param to where it goes; without it, to standard output
 */
export function createLog(level: string, known: readonly string[] = [], to?: DestinationStream): Logger {
  const written = known
    .filter(({ length }) => length >= shortestSecret)
    .map((each) => JSON.stringify(each).slice(1, -1));
  const options: LoggerOptions = {
    level,
    redact: { paths: secrets, censor: '[secret]' },
    serializers: { err: pino.stdSerializers.err },
    hooks: {
      streamWrite: (line) =>
        written.reduce((left, each) => left.replaceAll(each, '[secret]'), line).replace(interactionToken, '$1[secret]'),
    },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

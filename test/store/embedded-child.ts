// A process that holds the data in a folder, as Docket does, until it is killed: for the tests of embedded.ts.
import { pino } from 'pino';
import { startEmbedded } from '../../src/store/embedded.ts';

const postgres = await startEmbedded(process.argv[2] ?? '', {
  log: pino({ level: 'silent' }),
  say: (line) => console.log(line),
});
process.stdout.write(`${postgres.url}\n`);
setInterval(() => undefined, 60_000);

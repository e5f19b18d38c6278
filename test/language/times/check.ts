import { DateTime } from 'luxon';
import { when } from '../../../src/language/when.ts';
import { isRefusal } from '../../../src/ticket/refusal.ts';
import { plainInlines } from '../../../src/ticket/text.ts';
import { table } from './table.ts';

// Run by itself, so that TZ is the server's zone from its first moment on. Prints the offset of that zone and each row that fails.
const failed: string[] = [];
let rows = 0;
for (const { zone, now, rows: situation } of table) {
  const at = DateTime.fromISO(now, { zone, setZone: false }).toUTC().toISO() ?? '';
  for (const [typed, expected, rest = ''] of situation) {
    rows += 1;
    const read = when(typed, at, zone);
    const got = isRefusal(read) ? `!${plainInlines(read.text)}` : wallTime(read.at, zone, expected);
    const right = expected.startsWith('!')
      ? got.startsWith('!') && got.includes(expected.slice(1)) && got.length > 30
      : got === expected && !isRefusal(read) && read.rest === rest;
    const left = isRefusal(read) ? '' : JSON.stringify(read.rest);
    if (!right) failed.push(`${zone} ${now} ${JSON.stringify(typed)}: ${got} ${left}, expected ${expected} ${rest}`);
  }
}
process.stdout.write(JSON.stringify({ offset: new Date(Date.UTC(2026, 10, 25)).getTimezoneOffset(), rows, failed }));

function wallTime(at: string, zone: string, like: string): string {
  const local = DateTime.fromISO(at, { zone });
  return local.toFormat(like.length > 'yyyy-MM-dd HH:mm'.length ? 'yyyy-MM-dd HH:mm ZZ' : 'yyyy-MM-dd HH:mm');
}

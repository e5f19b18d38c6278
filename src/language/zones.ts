import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { cited } from './unclear.ts';

/** A zone that was typed after a time. */
export interface TypedZone {
  readonly zone: Zone;
  readonly length: number;
}

/** Minutes east of UTC. Abbreviations that name one zone only; `PT` and the like follow daylight saving. */
const offsets: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};
const american: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
};
/** Abbreviations of several zones, with what to write instead. */
const several: Readonly<Record<string, readonly [string, string]>> = {
  CST: ['-06:00', '+08:00'],
  IST: ['+05:30', '+02:00'],
  BST: ['+01:00', '+06:00'],
  AST: ['-04:00', '+03:00'],
};

const offset = /^\s?(?:(?:utc|gmt)\s?([+-])(\d{1,2})(?::?([0-5]\d))?|([+-])(\d{2}):?([0-5]\d))(?![\p{L}\d:])/iu;
const region =
  /^\s?((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[\w+/-]{1,40})/i;
/** Capitals only: `9am west wing`, `9am met bo` are text. */
const capitals = /^\s?([A-Z]{1,4})(?![\p{L}\d])/u;
const small = /^\s?(utc|gmt|z|cet|cest|est|edt|cst|cdt|mst|mdt|pst|pdt|ist|bst)(?![\p{L}\d])/iu;

/**
 * The zone that stands first in the words after a time: an offset, an IANA name, an abbreviation. Null when there is none.
 * Refuses an abbreviation that several zones share, and an IANA name of no zone.
 */
export function readZone(words: string): TypedZone | Refusal | null {
  const numeric = offset.exec(words);
  if (numeric !== null) {
    const sign = (numeric[1] ?? numeric[4]) === '-' ? -1 : 1;
    const minutes = Number(numeric[2] ?? numeric[5]) * 60 + Number(numeric[3] ?? numeric[6] ?? 0);
    if (minutes > 14 * 60) return refuse('invalid', cited(numeric[0].trim()), ' is not an offset of any time zone.');
    return { zone: FixedOffsetZone.instance(sign * minutes), length: numeric[0].length };
  }
  const named = region.exec(words);
  if (named?.[1] !== undefined) {
    const zone = IANAZone.create(named[1]);
    if (!zone.isValid) return refuse('invalid', 'There is no time zone ', cited(named[1]), '.');
    return { zone, length: named[0].length };
  }
  const short = capitals.exec(words) ?? small.exec(words);
  if (short?.[1] === undefined) return null;
  return ofAbbreviation(short[1].toUpperCase(), short[0].length);
}

function ofAbbreviation(name: string, length: number): TypedZone | Refusal | null {
  const both = several[name];
  if (both !== undefined) {
    return refuse(
      'invalid',
      cited(name),
      ' names several time zones. Write ',
      cited(both[0]),
      ' or ',
      cited(both[1]),
      '.',
    );
  }
  const city = american[name];
  if (city !== undefined) return { zone: IANAZone.create(city), length };
  const minutes = offsets[name];
  return minutes === undefined ? null : { zone: FixedOffsetZone.instance(minutes), length };
}

/** The IANA zone whose city is all of `words`, such as `London`; null when there is none. */
export function zoneOfCity(words: string): string | null {
  const city = words.trim().toLowerCase().replace(/\s+/g, '_');
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? null;
}

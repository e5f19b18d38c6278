import { DateTime } from 'luxon';

/**
 * A moment as text, for Matrix has nothing that a client shows in its reader's zone: `Tue 1 Dec 2026, 14:00 CET (13:00 UTC)`.
 * What is no moment stays as it is.
 *
 * @param zone IANA name
 */
export function timeWords(at: string, zone: string): string {
  const utc = DateTime.fromISO(at, { zone: 'utc' }).setLocale('en-GB');
  if (!utc.isValid) return at;
  const there = utc.setZone(zone);
  if (!there.isValid || there.offset === 0) return `${utc.toFormat('ccc d LLL yyyy, HH:mm')} UTC`;
  const sameDay = there.hasSame(utc.setZone(zone, { keepLocalTime: true }), 'day');
  return `${there.toFormat('ccc d LLL yyyy, HH:mm')} ${there.offsetNameShort} (${utc.toFormat(sameDay ? 'HH:mm' : 'd LLL, HH:mm')} UTC)`;
}

/** A moment in short, in a person's own zone: `09:14` today, else `21 Nov, 09:14`, with the year when it is another. */
export function shortTime(at: string, zone: string, now: Date): string {
  const then = new Date(at);
  const day = format(zone, 'day');
  if (day.format(then) === day.format(now)) return format(zone, 'time').format(then);
  const sameYear = then.getUTCFullYear() === now.getUTCFullYear();
  return format(zone, sameYear ? 'date' : 'dated').format(then);
}

/** The same moment in full: `Saturday, 21 November 2026 at 09:14:05 CET`. */
export function fullTime(at: string, zone: string): string {
  return format(zone, 'full').format(new Date(at));
}

const shapes = {
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  dated: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than formatting a thousand times. */
function format(zone: string, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${shape} ${zone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...shapes[shape], timeZone: zone });
  formats.set(key, made);
  return made;
}

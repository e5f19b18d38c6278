/**
 * Whether the runtime's own time zone data knows an IANA zone by this name. Mere offsets (`+02:00`), which newer runtimes
 * take as well, are no zones: they know no summer time.
 */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The name of the server that somebody is at home on. */
export function serverOf(userId: string): string {
  return userId.slice(userId.indexOf(':') + 1);
}

/** A part of a path: ids hold signs that would end it. */
export function part(id: string): string {
  return encodeURIComponent(id);
}

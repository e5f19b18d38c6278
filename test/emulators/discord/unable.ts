/** Discord's client does not do what was asked of it, and says why. */
export class Unable extends Error {}

const inside = String.raw`\([^\s<>()]*\)|[^\s<>()]`;
const last = String.raw`\([^\s<>()]*\)|[^\s<>().,:;!?"'\[\]{}*_~|\x60\\]`;

/**
 * The source of an expression that finds the web addresses in what people write: without the punctuation that follows one,
 * and with the brackets that belong to it.
 */
export const address = String.raw`https?:\/\/(?:${inside})*(?:${last})`;

/** Whether a text is a web address from beginning to end, as Discord's angle brackets hold one. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]+$/.test(text) && URL.canParse(text);
}

/**
 * Controls that turn the direction of whatever follows (Unicode 16, section 23.2; UAX #9): embeddings, overrides and isolates.
 * Left open in a subject or a name they reach into the text beside it, and `exe.pdf` reads as `fdp.exe`.
 */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Line ends of all systems, and the characters that Unicode counts as such (UAX #14, BK, CR, NL). */
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu;

/** Nothing that can be seen: blanks, controls, format characters and what fonts leave out (U+3164 is a letter that is blank). */
const invisible = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * A text in the one form in which it is kept and compared: Unicode's NFC (macOS types decomposed umlauts), lines that end with
 * `\n`, and no controls of direction.
 */
export function normalized(text: string): string {
  return text.replace(lineEnds, '\n').replace(directionControls, '').normalize('NFC');
}

/** A text as one line: every run of blanks, line breaks and control characters becomes one blank. */
export function oneLine(text: string): string {
  return normalized(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Whether there is nothing to be seen in a text. */
export function isBlank(text: string): boolean {
  return invisible.test(text);
}

/** Emoji by the names that Slack has for them: those that tests need, and a few more. */
const emoji: Readonly<Record<string, string>> = {
  ticket: '🎫',
  admission_tickets: '🎟️',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  lock: '🔒',
  question: '❓',
  eyes: '👀',
  '+1': '👍',
  '-1': '👎',
  tada: '🎉',
  heart: '❤️',
  warning: '⚠️',
  fire: '🔥',
  x: '❌',
  hourglass_flowing_sand: '⏳',
  thinking_face: '🤔',
  wave: '👋',
  paperclip: '📎',
};

const aliases: Readonly<Record<string, string>> = { thumbsup: '+1', thumbsdown: '-1' };

export function isEmoji(name: string): boolean {
  return name in emoji || name in aliases;
}

/** The sign of a name; the name in colons where there is none. */
export function emojiSign(name: string): string {
  return emoji[aliases[name] ?? name] ?? `:${name}:`;
}

/** The name of a sign, with or without colons around it; null where it is none. */
export function emojiName(sign: string): string | null {
  const plain = sign.replaceAll(':', '');
  if (isEmoji(plain)) return plain;
  return Object.entries(emoji).find(([, each]) => each === sign)?.[0] ?? null;
}

/** Every sign that has a name. */
export const emojiSigns: readonly string[] = Object.values(emoji);

import type { Text } from './text.ts';

/** What is known of where a message comes from. */
export interface Known {
  /** The bot's own user id. */
  readonly bot: string;
  /** What a user, channel or user group is called, without a sign before it; null where it is not known. */
  readonly nameOf: (id: string) => string | null;
}

/** A message as it was written, as far as it can be told. */
export interface Written {
  readonly text: Text;
  /** Whether the bot was called; that mention is then left out of `text`. */
  readonly mentionsBot: boolean;
}

import type { Attachment } from '../../src/ticket/change.ts';
import type { Text } from '../../src/ticket/text.ts';
import type { View } from '../connector.ts';

/** Who may see a message, besides those who are not in its channel. */
export interface Guarded {
  /** The person who wrote it, and always sees it; null for what Docket posted. */
  readonly writer: number | null;
  /** Only those who may see these tickets see it, */
  readonly tickets: readonly number[];
  /** and when it is for staff only, those who may see their comments. */
  readonly staffOnly: boolean;
  /** Only its writer sees it, until the desk has told what it is. */
  readonly held: boolean;
}

/** A message of the console's chat. */
export interface ChatMessage extends Guarded {
  readonly id: number;
  readonly channel: string;
  /** The message that its thread hangs on; null at the top level. */
  readonly root: number | null;
  readonly author: { readonly person: number; readonly handle: string; readonly name: string };
  readonly text: Text;
  /** As it was typed. */
  readonly source: string;
  readonly files: readonly Attachment[];
  /** What Docket posted; null for what people write. */
  readonly view: View | null;
  readonly created: string;
  readonly changed: string;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly emoji: string; readonly person: number; readonly name: string }[];
}

/** The workspace of all addresses in the console. */
export const workspace = 'docket';
export const platform = 'console';
/** What `@docket` mentions: the name of the person that is Docket itself. */
export const botHandle = 'docket';

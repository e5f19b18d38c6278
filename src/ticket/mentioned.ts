import type { Change } from './change.ts';
import { type Inline, inlinesOf, type Text } from './text.ts';
import type { PersonId } from './ticket.ts';

/** Everyone who is mentioned in a text, each once. */
export function mentionedIn(text: Text): readonly PersonId[] {
  return [...new Set(inlinesOf(text).flatMap(people))];
}

/** Everyone who is mentioned in a reply or a comment. */
export function mentionedBy(change: Change): readonly PersonId[] {
  return change.type === 'reply' || change.type === 'comment' ? mentionedIn(change.text) : [];
}

function people(inline: Inline): readonly PersonId[] {
  if (typeof inline === 'string') return [];
  if (inline.inline === 'person') return [inline.person];
  return inline.inline === 'strong' ? inline.inlines.flatMap(people) : [];
}

import { type Inline, inlinesOf, mapEach, mapInlines, type Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { View } from './view.ts';

/** Everyone who is called by name in the texts of a view that somebody wrote; cards and lists call nobody. */
export function calledIn(view: View): readonly PersonId[] {
  switch (view.view) {
    case 'line':
      return [...new Set(inlinesOf(view.body).flatMap(called))];
    case 'notice':
      return [...new Set(inlinesOf(view.text).flatMap(called))];
    case 'card':
    case 'list':
    case 'history':
    case 'form':
      return [];
  }
}

/** Inlines that call nobody: people in them by name. */
export function quietly(inlines: readonly Inline[]): readonly Inline[] {
  return mapEach(inlines, quiet);
}

/** The same, for all of a text; with `only`, of these people alone. */
export function quietText(text: Text, only: ReadonlySet<PersonId> | null = null): Text {
  return mapInlines(text, (inline) => {
    const isOther = typeof inline !== 'string' && inline.inline === 'person' && only?.has(inline.person) === false;
    return isOther ? inline : quiet(inline);
  });
}

function called(inline: Inline): readonly PersonId[] {
  if (typeof inline === 'string') return [];
  if (inline.inline === 'person') return [inline.person];
  return inline.inline === 'strong' ? inline.inlines.flatMap(called) : [];
}

function quiet(inline: Inline): Inline {
  return typeof inline !== 'string' && inline.inline === 'person' ? inline.name : inline;
}

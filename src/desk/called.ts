import { mentionedIn } from '../ticket/mentioned.ts';
import { type Inline, mapEach, mapInlines, type Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { View } from './view.ts';

/** Everyone who is called by name in the texts of a view that somebody wrote; cards and lists call nobody. */
export function calledIn(view: View): readonly PersonId[] {
  switch (view.view) {
    case 'line':
      return mentionedIn(view.body);
    case 'notice':
      return mentionedIn(view.text);
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

function quiet(inline: Inline): Inline {
  return typeof inline !== 'string' && inline.inline === 'person' ? inline.name : inline;
}

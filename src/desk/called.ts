import type { Block, Inline } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { View } from './view.ts';

/** Everyone who is called by name in the texts of a view that somebody wrote; cards and lists call nobody. */
export function calledIn(view: View): readonly PersonId[] {
  switch (view.view) {
    case 'line':
      return [...new Set(view.body.flatMap(inBlock))];
    case 'notice':
      return [...new Set(view.text.flatMap(inBlock))];
    case 'card':
    case 'list':
    case 'history':
    case 'form':
      return [];
  }
}

function inBlock(block: Block): readonly PersonId[] {
  if (block.block === 'code') return [];
  return block.block === 'quote' ? block.blocks.flatMap(inBlock) : block.inlines.flatMap(inInline);
}

function inInline(inline: Inline): readonly PersonId[] {
  if (typeof inline === 'string') return [];
  if (inline.inline === 'person') return [inline.person];
  return inline.inline === 'strong' ? inline.inlines.flatMap(inInline) : [];
}

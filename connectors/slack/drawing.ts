import type { Block, Inline } from '../../src/ticket/text.ts';
import type { View } from '../connector.ts';
import { platform } from './platform.ts';
import type { Drawing } from './rich-text.ts';
import type { Slack } from './slack.ts';

/** What a view is drawn with, where nobody in it is to be called. */
export function quietDrawing({ options }: Pick<Slack, 'options'>): Drawing {
  return { slackUser: () => null, ticketUrl: (ticket) => options.ticketUrl?.(ticket) ?? null };
}

/** What a view is drawn with: those in it who have an account in the workspace are called by it. */
export async function drawingFor(slack: Slack, view: View): Promise<Drawing> {
  const people = [...new Set(peopleIn(view))];
  if (people.length === 0) return quietDrawing(slack);
  const accounts = await slack.door.accounts({ platform, workspace: slack.team }, people);
  return { ...quietDrawing(slack), slackUser: (person) => accounts.get(person) ?? null };
}

/** Everyone who stands in the texts of a view that somebody wrote; cards and lists call nobody. */
function peopleIn(view: View): readonly number[] {
  switch (view.view) {
    case 'line':
      return view.body.flatMap(inBlock);
    case 'notice':
      return view.text.flatMap(inBlock);
    case 'card':
    case 'list':
    case 'history':
    case 'form':
      return [];
  }
}

function inBlock(block: Block): readonly number[] {
  if (block.block === 'code') return [];
  return block.block === 'quote' ? block.blocks.flatMap(inBlock) : block.inlines.flatMap(inInline);
}

function inInline(inline: Inline): readonly number[] {
  if (typeof inline === 'string') return [];
  if (inline.inline === 'person') return [inline.person];
  return inline.inline === 'strong' ? inline.inlines.flatMap(inInline) : [];
}

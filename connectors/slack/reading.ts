import { shorten } from '../../src/ticket/shorten.ts';
import { type Block, paragraph } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { limits } from './limits.ts';
import { readMrkdwn } from './read-mrkdwn.ts';
import { readRichText } from './read-rich-text.ts';
import { listOf, recordOf, textOf } from './shape.ts';

/** A message as Slack sends it, in an event or from history. Nothing about it is taken for granted. */
export interface SlackMessage {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}

/**
 * Reads a message. People's own come with the `rich_text` block that they composed, which says what was typed and what
 * is markup; bots' with any blocks, with mrkdwn alone, or with attachments (docs.slack.dev/reference/events/message).
 * Never throws: what is of no known shape is left out, and what is longer than Slack lets a message be is cut.
 */
export function readMessage(message: SlackMessage, known: Known): Written {
  const readings = [
    () => readBlocks(listOf(message.blocks), known),
    () => readMrkdwn(shorten(textOf(message.text), limits.messageText), known),
    () => readAttachments(listOf(message.attachments), known),
  ];
  for (const read of readings) {
    const written = read();
    if (written.text.some((block) => block.block !== 'paragraph' || block.inlines.length > 0)) return written;
    if (written.mentionsBot) return written;
  }
  return { text: [paragraph()], mentionsBot: false };
}

function readBlocks(blocks: readonly unknown[], known: Known): Written {
  const rich = blocks.map(recordOf).filter((block) => block['type'] === 'rich_text');
  if (rich.length > 0) {
    return readRichText(
      rich.flatMap((block) => listOf(block['elements'])),
      known,
    );
  }
  return all(blocks.slice(0, limits.messageBlocks).flatMap(blockTexts), known);
}

/** The texts of a block that a bot made: a section's, its fields', a header's, those of a context. */
function blockTexts(unknown: unknown): readonly unknown[] {
  const block = recordOf(unknown);
  return [block['text'], ...listOf(block['fields']), ...listOf(block['elements'])];
}

function all(texts: readonly unknown[], known: Known): Written {
  const read = texts
    .map(recordOf)
    .filter(({ type }) => type === 'mrkdwn' || type === 'plain_text')
    .map(({ text }) => shorten(textOf(text), limits.sectionText))
    .filter((text) => text !== '')
    .map((text) => readMrkdwn(text, known));
  return together(read);
}

function readAttachments(attachments: readonly unknown[], known: Known): Written {
  const read = attachments.slice(0, limits.messageBlocks).map((unknown): Written => {
    const attachment = recordOf(unknown);
    const blocks = readBlocks(listOf(attachment['blocks']), known);
    if (blocks.text.length > 0) return blocks;
    const parts = ['pretext', 'title', 'text'].map((part) => textOf(attachment[part])).filter((part) => part !== '');
    return readMrkdwn(shorten(parts.join('\n') || textOf(attachment['fallback']), limits.sectionText), known);
  });
  return together(read);
}

function together(read: readonly Written[]): Written {
  const text = read.flatMap((written): readonly Block[] => written.text);
  return { text, mentionsBot: read.some(({ mentionsBot }) => mentionsBot) };
}

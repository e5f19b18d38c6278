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
 * is markup; bots' with any blocks or with mrkdwn alone. What is attached follows: a message that is shared, as a quote, and
 * what a bot adds (docs.slack.dev/reference/events/message, /messaging/formatting-message-text#attachments).
 * Never throws: what is of no known shape is left out, and what is longer than Slack lets a message be is cut.
 */
export function readMessage(message: SlackMessage, known: Known): Written {
  const own = readOwn(message, known);
  const attachments = listOf(message.attachments).map(recordOf).slice(0, limits.messageBlocks);
  const shared = attachments.filter(isShared).map((each): Block => {
    return { block: 'quote', blocks: readAttachment(each, known).text };
  });
  // What Slack itself shows of a link that somebody typed is not theirs.
  const others = attachments.filter((each) => !isShared(each) && textOf(each['from_url']) === '');
  const added = together(others.map((each) => readAttachment(each, known)));
  const text = [...(own?.text ?? []), ...shared, ...added.text];
  return {
    text: text.length === 0 ? [paragraph()] : text,
    mentionsBot: own?.mentionsBot === true || (own === null && added.mentionsBot),
  };
}

/** What stands in the message itself; null where that is nothing. */
function readOwn(message: SlackMessage, known: Known): Written | null {
  const readings = [
    () => readBlocks(listOf(message.blocks), known),
    () => readMrkdwn(shorten(textOf(message.text), limits.messageText), known),
  ];
  for (const read of readings) {
    const written = read();
    if (written.mentionsBot || written.text.some(isSomething)) return written;
  }
  return null;
}

function isSomething(block: Block): boolean {
  return block.block !== 'paragraph' || block.inlines.length > 0;
}

/** Whether an attachment is another message, which somebody shares. */
export function isShared(attachment: Readonly<Record<string, unknown>>): boolean {
  return attachment['is_share'] === true;
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

function readAttachment(attachment: Readonly<Record<string, unknown>>, known: Known): Written {
  const shared = recordOf(recordOf(listOf(attachment['message_blocks'])[0])['message']);
  for (const own of [attachment['blocks'], shared['blocks']]) {
    const blocks = readBlocks(listOf(own), known);
    if (blocks.text.some(isSomething)) return blocks;
  }
  const most = isShared(attachment) ? limits.messageText : limits.sectionText;
  const parts = ['pretext', 'title', 'text'].map((part) => textOf(attachment[part])).filter((part) => part !== '');
  const fields = listOf(attachment['fields']).map(recordOf);
  const facts = fields.map(({ title, value }) =>
    [textOf(title), textOf(value)].filter((part) => part !== '').join(': '),
  );
  const words = [...parts, ...facts.filter((fact) => fact !== '')].join('\n');
  const named = listOf(attachment['files']).length > 0 ? '' : textOf(attachment['fallback']);
  return readMrkdwn(shorten(words || named, most), known);
}

function together(read: readonly Written[]): Written {
  const text = read.flatMap((written): readonly Block[] => written.text);
  return { text, mentionsBot: read.some(({ mentionsBot }) => mentionsBot) };
}

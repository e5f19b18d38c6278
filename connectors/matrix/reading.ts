import { Lines } from '../../src/ticket/lines.ts';
import { type Block, paragraph, plain, type Text } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { readHtml } from './read-html.ts';
import { mention, userId } from './read-link.ts';

/** The words of a message, as its content has them. */
export interface Wording {
  readonly body?: string | undefined;
  readonly format?: string | undefined;
  readonly formatted_body?: string | undefined;
  /** It is a reply, so that its words may begin with a quote of what it replies to. */
  readonly isReply: boolean;
  /** Whom the sender's client calls, by Matrix's ids (`m.mentions`); null where it does not say. */
  readonly mentions: readonly string[] | null;
}

export interface Bot extends Known {
  /** What the bot is called in the room. */
  readonly name: string;
}

/** Reads a message: its HTML where it has some, else its body. Never throws. */
export function readMessage(wording: Wording, bot: Bot): Written {
  const { format, formatted_body, body = '', isReply } = wording;
  const read =
    format === 'org.matrix.custom.html' && formatted_body
      ? readHtml(formatted_body, bot)
      : readBody(isReply ? withoutQuote(body) : body, bot);
  return calledByName(read, wording, bot);
}

/** Text without markup: each line is a paragraph, and whole ids of people are mentions of them. */
function readBody(body: string, known: Known): Written {
  const blocks: Block[] = [];
  let mentionsBot = false;
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    const lines = new Lines(known.bot);
    let from = 0;
    for (const found of line.matchAll(idInText)) {
      lines.add(line.slice(from, found.index));
      lines.add(mention(found[0], '', known));
      from = found.index + found[0].length;
    }
    lines.add(line.slice(from));
    blocks.push(...lines.paragraphs());
    mentionsBot ||= lines.mentionsBot;
  }
  return { text: blocks, mentionsBot };
}

/** Not within an address of mail or a word; a full stop at its end ends the sentence. */
const idInText = new RegExp(`(?<![\\w@./])${userId.source}(?<![.])`, 'g');

/**
 * The fall-back of a reply: lines that begin with `>`, and an empty one. Clients no longer write it (it was taken out of the
 * specification with 1.13), and those that still do begin it with the author.
 */
function withoutQuote(body: string): string {
  return /^> (?:\* )?<@/.test(body) ? body.replace(/^(?:>.*(?:\n|$))+\n?/, '') : body;
}

/**
 * The bot is also called by its name at the start (`docket: help`, `@docket help`), or by the sender's client alone. A client
 * calls whoever is replied to as well: then that says nothing.
 */
function calledByName({ text, mentionsBot }: Written, { mentions, isReply }: Wording, bot: Bot): Written {
  const [first, ...rest] = text;
  const [begin, ...others] = first?.block === 'paragraph' ? first.inlines : [];
  const called = typeof begin === 'string' ? named(begin, bot) : null;
  const calls = mentionsBot || called !== null || (mentions?.includes(bot.bot) === true && !isReply);
  if (!calls || typeof begin !== 'string') return { text, mentionsBot: calls };
  const left = (called ?? begin).replace(/^[:,]?\s*/, '');
  return {
    text: [{ block: 'paragraph', inlines: [...(left === '' ? [] : [left]), ...others] }, ...rest],
    mentionsBot: true,
  };
}

/** What stands behind the bot's name; null where it does not stand at the start. */
function named(line: string, { bot, name }: Bot): string | null {
  const local = bot.slice(1, bot.indexOf(':'));
  for (const each of [name, local]) {
    const begins = line.slice(0, each.length).toLowerCase() === each.toLowerCase();
    if (each !== '' && begins && /^[:,](?:\s|$)/.test(line.slice(each.length))) return line.slice(each.length);
    const at = line.slice(0, each.length + 1).toLowerCase() === `@${each.toLowerCase()}`;
    if (each !== '' && at && !/^[\w.:-]/.test(line.slice(each.length + 1).replace(/^:(?=\s|$)/, ''))) {
      return line.slice(each.length + 1);
    }
  }
  return null;
}

/**
 * The line of a command that was typed with its prefix, `!ticket take 12` or `!t take 12`; null where it is none. People in
 * it stand as `<@id>`.
 */
export function commandLine(text: Text): string | null {
  const words = answerLine(text);
  const [is, line] = /^!t(?:icket)?(?:\s+(.*))?$/isu.exec(words) ?? [];
  return is === undefined ? null : (line ?? '').trim();
}

/** The same line with its formatting; null where the prefix is part of some. */
export function commandText([first, ...rest]: Text): Text | null {
  const [begin, ...others] = first?.block === 'paragraph' ? first.inlines : [];
  const prefix = typeof begin === 'string' ? /^\s*!t(?:icket)?(?:\s+|$)/i.exec(begin) : null;
  if (typeof begin !== 'string' || prefix === null) return null;
  return [paragraph(begin.slice(prefix[0].length), ...others), ...rest];
}

/** What was answered to a question: its words, people as `<@id>`. */
export function answerLine(text: Text): string {
  return plain(text.map(withIds));
}

function withIds(block: Block): Block {
  if (block.block !== 'paragraph') return block;
  const inlines = block.inlines.map((inline) =>
    typeof inline !== 'string' && inline.inline === 'mention' ? `<@${inline.id}>` : inline,
  );
  return { block: 'paragraph', inlines };
}

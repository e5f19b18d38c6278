import { Parser } from 'htmlparser2';
import { Lines } from '../../src/ticket/lines.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { limits } from './limits.ts';
import { readLink } from './read-link.ts';

/** Elements that stand on lines of their own. */
const blocks: ReadonlySet<string> = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tr details summary hr'.split(' '),
);
/** Struck words stand between tildes, as Slack's do. */
const struck: ReadonlySet<string> = new Set('del s strike'.split(' '));
/** Clients hide a spoiler until it is clicked; it stands between Discord's marks for one. */
const spoilerMark = '||';
const strong: ReadonlySet<string> = new Set('b strong h1 h2 h3 h4 h5 h6'.split(' '));
/** What the sender's client quotes of the message that is replied to, and what is no text. */
const passedOver: ReadonlySet<string> = new Set('mx-reply script style title textarea'.split(' '));

/** A quote, or the whole text: what is finished of it, and the lines that are being read. */
interface Flow {
  readonly done: Block[];
  lines: Lines;
  /** Nothing but blanks stands on the line so far. */
  fresh: boolean;
  /** What was read last is a blank, and no other is shown behind it. */
  blank: boolean;
}

function newFlow(known: Known): Flow {
  return { done: [], lines: new Lines(known.bot), fresh: true, blank: true };
}

/**
 * Reads the HTML of a message as it is shown. It is read element by element and without recursion, so that nothing that
 * somebody sends can exhaust the stack; unknown elements give their text.
 */
export function readHtml(html: string, known: Known): Written {
  const reader = new Reader(known);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return reader.written();
}

class Reader {
  readonly #known: Known;
  readonly #flows: [Flow, ...Flow[]];
  readonly #lists: { ordered: boolean; next: number }[] = [];
  /** How deep in each kind of element the reader is. */
  readonly #within = { strong: 0, passedOver: 0, quotes: 0, pre: 0, code: 0 };
  /** For each open `span` whether it is a spoiler. */
  readonly #spans: boolean[] = [];
  /** Cells that stand on the line of the table so far. */
  #cells = 0;
  #mentionsBot = false;
  #preformatted = '';
  #link: { readonly url: string; label: string } | null = null;

  constructor(known: Known) {
    this.#known = known;
    this.#flows = [newFlow(known)];
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (passedOver.has(name)) this.#within.passedOver += 1;
    if (this.#within.passedOver > 0) return;
    if (strong.has(name)) this.#within.strong += 1;
    if (blocks.has(name)) this.#newLine();
    if (struck.has(name)) this.text('~');
    switch (name) {
      case 'tr':
        this.#cells = 0;
        break;
      case 'td':
      case 'th':
        if (this.#cells > 0) this.text(' | ');
        this.#cells += 1;
        break;
      case 'span':
        this.#spans.push('data-mx-spoiler' in attributes);
        if (this.#spans.at(-1) === true) this.text(spoilerMark);
        break;
      case 'br':
        if (this.#within.pre > 0) this.text('\n');
        else this.#break();
        break;
      case 'blockquote':
        this.#openQuote();
        break;
      case 'pre':
        this.#within.pre += 1;
        break;
      case 'code':
        this.#within.code += 1;
        break;
      case 'ul':
      case 'ol':
        this.#lists.push({ ordered: name === 'ol', next: Number(attributes['start'] ?? 1) || 1 });
        break;
      case 'li':
        this.#put(this.#bullet());
        break;
      case 'img':
        this.text(attributes['alt'] ?? '');
        break;
      case 'a':
        this.#link = { url: attributes['href'] ?? '', label: '' };
    }
  }

  close(name: string): void {
    if (passedOver.has(name)) this.#within.passedOver = Math.max(0, this.#within.passedOver - 1);
    if (this.#within.passedOver > 0) return;
    if (struck.has(name)) this.text('~');
    switch (name) {
      case 'span':
        if (this.#spans.pop() === true) this.text(spoilerMark);
        break;
      case 'a':
        this.#closeLink();
        break;
      case 'blockquote':
        this.#closeQuote();
        break;
      case 'pre':
        this.#closePre();
        break;
      case 'code':
        this.#within.code = Math.max(0, this.#within.code - 1);
        break;
      case 'ul':
      case 'ol':
        this.#lists.pop();
    }
    if (blocks.has(name)) this.#newLine();
    if (strong.has(name)) this.#within.strong = Math.max(0, this.#within.strong - 1);
  }

  text(text: string): void {
    if (this.#within.passedOver > 0) return;
    if (this.#within.pre > 0) this.#preformatted += text;
    else if (this.#link !== null) this.#link.label += text;
    else this.#say(text.replaceAll(/[ \t\r\n\f]+/g, ' '));
  }

  written(): Written {
    this.#closeLink();
    this.#closePre();
    while (this.#flows.length > 1) this.#endQuote();
    this.#finishLines();
    return { text: this.#flows[0].done, mentionsBot: this.#mentionsBot };
  }

  get #flow(): Flow {
    return this.#flows.at(-1) ?? this.#flows[0];
  }

  #say(words: string): void {
    const shown = this.#flow.blank ? words.replace(/^ /, '') : words;
    if (shown === '') return;
    this.#put(this.#within.code > 0 ? { inline: 'code', code: shown } : shown);
    this.#flow.blank = shown.endsWith(' ');
  }

  #put(inline: Inline): void {
    if (inline === '') return;
    this.#flow.fresh = false;
    this.#flow.blank = false;
    this.#flow.lines.add(this.#within.strong > 0 ? { inline: 'strong', inlines: [inline] } : inline);
    this.#mentionsBot ||= this.#flow.lines.mentionsBot;
  }

  #bullet(): string {
    const list = this.#lists.at(-1);
    if (list === undefined || !list.ordered) return '- ';
    list.next += 1;
    return `${list.next - 1}. `;
  }

  /** Ends the line, be there something on it or not. */
  #break(): void {
    this.#flow.lines.add('\n');
    this.#flow.fresh = true;
    this.#flow.blank = true;
  }

  /** Ends the line where there is something on it. */
  #newLine(): void {
    if (!this.#flow.fresh) this.#break();
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link === null) return;
    const label = link.label.replaceAll(/\s+/g, ' ').trim();
    this.#put(readLink(link.url, label, this.#known));
  }

  #closePre(): void {
    if (this.#within.pre === 0) return;
    this.#within.pre -= 1;
    if (this.#within.pre > 0) return;
    const code = this.#preformatted.replace(/\n$/, '');
    this.#preformatted = '';
    this.#finishLines();
    if (code !== '') this.#flow.done.push({ block: 'code', code });
  }

  #openQuote(): void {
    this.#within.quotes += 1;
    if (this.#within.quotes > limits.quotes) {
      this.#newLine();
    } else {
      this.#finishLines();
      this.#flows.push(newFlow(this.#known));
    }
  }

  #closeQuote(): void {
    if (this.#within.quotes === 0) return;
    this.#within.quotes -= 1;
    if (this.#within.quotes >= limits.quotes) this.#newLine();
    else this.#endQuote();
  }

  #endQuote(): void {
    this.#finishLines();
    const quote = this.#flows.length > 1 ? this.#flows.pop() : undefined;
    if (quote !== undefined && quote.done.length > 0) this.#flow.done.push({ block: 'quote', blocks: quote.done });
  }

  /** Makes blocks of the lines that were read; an empty last one is none. */
  #finishLines(): void {
    const flow = this.#flow;
    if (flow.fresh) flow.lines.dropLast();
    flow.done.push(...flow.lines.paragraphs().map(withoutEnd));
    flow.lines = new Lines(this.#known.bot);
    flow.fresh = true;
    flow.blank = true;
  }
}

/** Blanks at the end of a line are not shown. */
function withoutEnd(block: Block): Block {
  const last = block.block === 'paragraph' ? block.inlines.at(-1) : undefined;
  if (block.block !== 'paragraph' || typeof last !== 'string') return block;
  const trimmed = last.replace(/ +$/, '');
  return { block: 'paragraph', inlines: [...block.inlines.slice(0, -1), ...(trimmed === '' ? [] : [trimmed])] };
}

import type { Block, Inline } from './text.ts';

/**
 * Puts a text together from what comes one after the other: strings with line breaks in them, and other inlines. The
 * mentions of the bot are taken out; what stood behind one begins its line then.
 */
export class Lines {
  mentionsBot = false;
  readonly #bot: string;
  readonly #lines: { inlines: Inline[]; calls: boolean }[] = [{ inlines: [], calls: false }];

  constructor(bot: string) {
    this.#bot = bot;
  }

  add(inline: Inline, made = (line: Inline): Inline => line): void {
    if (typeof inline !== 'string' && inline.inline === 'strong') {
      for (const part of inline.inlines) this.add(part, (line) => ({ inline: 'strong', inlines: [line] }));
    } else if (typeof inline !== 'string' && inline.inline === 'mention' && inline.id === this.#bot) {
      this.mentionsBot = true;
      this.#last.calls = true;
    } else {
      linesOf(inline).forEach((line, index) => {
        if (index > 0) this.#lines.push({ inlines: [], calls: false });
        if (line !== '') this.#push(made(line));
      });
    }
  }

  /** Whether nothing stands behind the last line break. */
  get ended(): boolean {
    return this.#lines.length > 1 && this.#last.inlines.length === 0;
  }

  /** Leaves out what stands behind the last line break. */
  dropLast(): void {
    this.#lines.pop();
  }

  paragraphs(): Block[] {
    return this.#lines.map(({ inlines, calls }) => ({
      block: 'paragraph',
      inlines: calls ? trimStart(inlines) : inlines,
    }));
  }

  #push(inline: Inline): void {
    const { inlines } = this.#last;
    const last = inlines.at(-1);
    const both = last === undefined ? null : merged(last, inline);
    if (both === null) inlines.push(inline);
    else inlines[inlines.length - 1] = both;
  }

  get #last(): { inlines: Inline[]; calls: boolean } {
    const last = this.#lines.at(-1);
    if (last !== undefined) return last;
    const first = { inlines: [], calls: false };
    this.#lines.push(first);
    return first;
  }
}

function linesOf(inline: Inline): Inline[] {
  if (typeof inline === 'string') return inline.split('\n');
  if (inline.inline !== 'code') return [inline];
  return inline.code.split('\n').map((code) => (code === '' ? '' : { inline: 'code', code }));
}

/** Two that stand next to each other as one, where they are of one kind; else null. */
function merged(one: Inline, two: Inline): Inline | null {
  if (typeof one === 'string' || typeof two === 'string') {
    return typeof one === 'string' && typeof two === 'string' ? one + two : null;
  }
  if (one.inline === 'code' && two.inline === 'code') return { inline: 'code', code: one.code + two.code };
  if (one.inline !== 'strong' || two.inline !== 'strong') return null;
  const last = one.inlines.at(-1);
  const [first, ...rest] = two.inlines;
  const both = last === undefined || first === undefined ? null : merged(last, first);
  const inlines = both === null ? [...one.inlines, ...two.inlines] : [...one.inlines.slice(0, -1), both, ...rest];
  return { inline: 'strong', inlines };
}

function trimStart([first, ...rest]: readonly Inline[]): readonly Inline[] {
  if (first === undefined) return [];
  return typeof first === 'string' ? [first.trimStart(), ...rest].filter((inline) => inline !== '') : [first, ...rest];
}

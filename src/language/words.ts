import type { Text } from '../ticket/text.ts';
import type { Line } from './line.ts';

/** Reads a line from left to right, word by word. Every step takes time in proportion to what it reads. */
export class Words {
  readonly #line: Line;
  readonly #words: string;
  readonly #start: number;
  #at = 0;

  /** The words between two offsets of a line, blanks around them left out. */
  constructor(line: Line, from: number, to: number) {
    const words = line.words.slice(from, to);
    this.#line = line;
    this.#start = from + (words.length - words.trimStart().length);
    this.#words = words.trim();
  }

  /** What is not read yet. */
  get rest(): string {
    return this.#words.slice(this.#at);
  }

  get ended(): boolean {
    return this.#at >= this.#words.length;
  }

  /** Characters read so far, with the blanks after them. */
  get read(): number {
    return this.#at;
  }

  /** The next word, without reading it; empty at the end. */
  get next(): string {
    return this.peek(/\S+/y)?.[0] ?? '';
  }

  /** Reads the next word; empty at the end. */
  word(): string {
    return this.take(/\S+/y)?.[0] ?? '';
  }

  /** Reads the next word if it is one of these, in small letters here and in any there. */
  keyword(...keywords: string[]): boolean {
    const next = this.next;
    if (next.length > 20 || !keywords.includes(next.toLowerCase())) return false;
    this.word();
    return true;
  }

  /** Reads what a sticky pattern matches here, and the blanks after it. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = this.peek(pattern);
    if (found !== null) this.skip(found[0].length);
    return found;
  }

  /** Passes over so many characters, and the blanks after them. */
  skip(characters: number): void {
    this.#at += characters;
    this.#at += this.peek(/\s*/y)?.[0].length ?? 0;
  }

  /** Reads all that is left, as text with its formatting. */
  text(): Text {
    const text = this.cut(this.#at, this.#words.length);
    this.#at = this.#words.length;
    return text;
  }

  /** Reads all that is left, as it was typed. */
  plain(): string {
    const plain = this.typed(this.#at, this.#words.length);
    this.#at = this.#words.length;
    return plain;
  }

  /** The text between two offsets, counted as `read` is; blanks around it left out. */
  cut(from: number, to: number): Text {
    return this.#line.cut(...this.#within(from, to));
  }

  /** The same, as it was typed. */
  typed(from: number, to: number): string {
    return this.#line.typed(...this.#within(from, to));
  }

  #within(from: number, to: number): [number, number] {
    const words = this.#words.slice(from, to);
    const start = this.#start + from + (words.length - words.trimStart().length);
    return [start, start + words.trim().length];
  }

  /** What a sticky pattern matches here, without reading it. */
  peek(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#words);
  }
}

import { lineOf } from '../language/line.ts';
import { mentionedIn } from '../ticket/mentioned.ts';
import { type Inline, inlinesOf, paragraph, type Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import { quietText } from './called.ts';
import type { LineView } from './view.ts';

/**
 * A line as several that each fit a message, at most `most`; itself where it fits, or nothing but its head would. The last has
 * all that is left, and may be too long. Each after the first says who wrote it and which of them it is; only the first has the
 * files and the buttons, and nobody is called twice.
 */
export function split(line: LineView, most: number, fits: (line: LineView) => boolean): readonly LineView[] {
  if (most < 2 || line.body.length === 0 || fits(line)) return [line];
  const bodies = splitBody(line, most, fits);
  return bodies.map((body, nth) => partOf(line, unlessCalled(body, bodies.slice(0, nth)), nth, bodies.length));
}

/** What stands in a message whose part of a text is no longer there. */
export function removedPart(line: LineView, nth: number, count: number): LineView {
  return partOf(line, [paragraph('This part was removed.')], nth, count);
}

function partOf(line: LineView, body: Text, nth: number, count: number): LineView {
  if (nth === 0) return { ...line, body };
  const { awaitedBy: _, calls: __, ...rest } = line;
  return { ...rest, head: continued(line, nth, count), body, attachments: [], buttons: [] };
}

/** `**Ada** · #12 · 2 of 3`. */
function continued({ head: [author = ''], ticket }: LineView, nth: number, count: number): readonly Inline[] {
  return [author, ' · ', { inline: 'ticket', ticket }, ` · ${nth + 1} of ${count}`];
}

function unlessCalled(body: Text, before: readonly Text[]): Text {
  const called = new Set<PersonId>(before.flatMap(mentionedIn));
  return called.size === 0 ? body : quietText(body, called);
}

function splitBody(line: LineView, most: number, fits: (line: LineView) => boolean): readonly Text[] {
  const bodies: Text[] = [];
  let rest = line.body;
  while (bodies.length < most - 1) {
    const { words, cut } = lineOf(rest);
    const nth = bodies.length;
    const takes = (to: number) => fits(partOf(line, cut(0, to), nth, most));
    if (takes(words.length)) break;
    const end = breakBefore(words, longest(words.length, takes), cut);
    if (end === 0) break;
    bodies.push(cut(0, end));
    rest = cut(/\s/.test(words[end] ?? '') ? end + 1 : end, words.length);
  }
  return rest.length === 0 ? bodies : [...bodies, rest];
}

/** The furthest end before `to` that is taken; 0 where none is. Ends that are far too long are not tried. */
function longest(to: number, takes: (to: number) => boolean): number {
  let [good, bad] = [0, 1_000];
  while (bad < to && takes(bad)) [good, bad] = [bad, 2 * bad];
  bad = Math.min(bad, to);
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (takes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** How many places to break at are looked at, from the end backwards. */
const mostBreaks = 20;

/** The end of the last line before `to`, else of the last word, else `to`: no link and no mention is broken, if it can be. */
function breakBefore(words: string, to: number, cut: Cut): number {
  for (const sign of ['\n', ' ']) {
    let at = to;
    for (let nth = 0; nth < mostBreaks; nth++) {
      at = words.lastIndexOf(sign, nth === 0 ? at : at - 1);
      // A line break in the first half leaves too much of the message empty.
      if (at <= (sign === '\n' ? to / 2 : 0)) break;
      if (isBetween(at, cut)) return at;
    }
  }
  return /[\uD800-\uDBFF]/.test(words[to - 1] ?? '') ? to - 1 : to;
}

type Cut = (from: number, to: number) => Text;

/** Characters around a break in which a link or a mention may begin and end. */
const around = 1_000;

/** Whether a break is in no link and in no mention. */
function isBetween(at: number, cut: Cut): boolean {
  const from = Math.max(0, at - around);
  return marked(cut(from, at)) + marked(cut(at, at + around)) === marked(cut(from, at + around));
}

function marked(text: Text): number {
  return inlinesOf(text).flatMap(unstyled).length;
}

function unstyled(inline: Inline): readonly Inline[] {
  if (typeof inline === 'string' || inline.inline === 'code') return [];
  return inline.inline === 'strong' ? inline.inlines.flatMap(unstyled) : [inline];
}

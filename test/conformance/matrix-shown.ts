import { type HTMLElement, NodeType, parse } from 'node-html-parser';
import type { Content, RoomEvent } from '../synapse/events.ts';
import type { Card, Form } from './user.ts';

/** A message of a room as a client puts it together: with its newest edit, and the reactions that stand below it. */
export interface Shown {
  readonly event: RoomEvent;
  /** Its content by now. */
  readonly content: Content;
  readonly edited: boolean;
  /** The root of its thread; null outside of threads. */
  readonly thread: string | null;
  readonly reactions: readonly { readonly id: string; readonly by: string; readonly sign: string }[];
}

/** The messages of a room, oldest first, from all that was told of it. What was taken back is left out. */
export function messagesIn(timeline: readonly RoomEvent[]): readonly Shown[] {
  const gone = new Set(
    timeline
      .filter(({ type }) => type === 'm.room.redaction')
      .map(({ redacts, content }) => redacts ?? content['redacts']),
  );
  const there = timeline.filter(({ event_id, content }) => !gone.has(event_id) && Object.keys(content).length > 0);
  const messages = there.filter(({ type }) => type === 'm.room.message');
  return messages
    .filter(({ content }) => relationOf(content)['rel_type'] !== 'm.replace')
    .map((event) => {
      const edit = messages.findLast(({ sender, content }) => sender === event.sender && isEditOf(content, event));
      const relation = relationOf(event.content);
      return {
        event,
        content: edit === undefined ? event.content : (edit.content['m.new_content'] as Content),
        edited: edit !== undefined,
        thread: relation['rel_type'] === 'm.thread' ? String(relation['event_id']) : null,
        reactions: there
          .filter(({ type, content }) => type === 'm.reaction' && relationOf(content)['event_id'] === event.event_id)
          .map(({ event_id, sender, content }) => ({
            id: event_id,
            by: sender,
            sign: String(relationOf(content)['key']),
          })),
      };
    });
}

function isEditOf(content: Content, { event_id }: RoomEvent): boolean {
  const relation = relationOf(content);
  return relation['rel_type'] === 'm.replace' && relation['event_id'] === event_id;
}

export function relationOf(content: Content): Content {
  return (content['m.relates_to'] ?? {}) as Content;
}

/** The lines of a message as they are shown: its HTML where it has some. */
export function shownLines({ body, formatted_body }: Content): readonly string[] {
  return typeof formatted_body === 'string' ? linesOf(parse(formatted_body)) : String(body ?? '').split('\n');
}

function linesOf(html: HTMLElement): readonly string[] {
  return wordsOf(html).replace(/\n$/, '').split('\n');
}

const onTheirOwn: ReadonlySet<string> = new Set(['BLOCKQUOTE', 'PRE']);

function wordsOf(html: HTMLElement): string {
  return html.childNodes
    .map((node, nth) => {
      if (node.nodeType === NodeType.TEXT_NODE) return node.text;
      const element = node as HTMLElement;
      if (element.tagName === 'BR') return '\n';
      if (!onTheirOwn.has(element.tagName)) return wordsOf(element);
      return `${nth === 0 ? '' : '\n'}${wordsOf(element)}\n`;
    })
    .join('')
    .replaceAll('\n\n', '\n');
}

/** The words of a message, without the row that tells what its reactions stand for. */
export function shownText(content: Content): string {
  return shownLines(content)
    .filter((line) => !row.test(line))
    .join('\n');
}

const row = /^(?:React|More): /;

/** The buttons of a message, as its words tell them: what they are called, by their signs. */
export function shownButtons(content: Content, line: 'React' | 'More'): ReadonlyMap<string, string> {
  const told = shownLines(content).find((each) => each.startsWith(`${line}: `)) ?? '';
  const entries = told
    .slice(line.length + 2)
    .replace(/ – or write .*$/, '')
    .split(' · ');
  return new Map(entries.filter((entry) => entry !== '').map((entry) => split(entry)));
}

/** What staff know from the cards in their own rooms. */
const known: ReadonlyMap<string, string> = new Map([
  ['✋', 'Take'],
  ['💬', 'Reply'],
  ['📝', 'Comment'],
  ['⏸️', 'Stall'],
  ['▶️', 'Open'],
  ['✅', 'Resolve'],
  ['🔄', 'Reopen'],
]);

/** The buttons in sight of a message; those that a card takes without showing them, where it stands among requestors. */
export function buttonsOf(content: Content): ReadonlyMap<string, string> {
  const shown = shownButtons(content, 'React');
  if (shown.size > 0) return shown;
  const taken = (content['org.docket.buttons'] ?? {}) as Readonly<Record<string, string>>;
  return new Map([...known].filter(([sign]) => sign in taken));
}

function split(entry: string): [string, string] {
  const blank = entry.indexOf(' ');
  return [entry.slice(0, blank), entry.slice(blank + 1)];
}

/** The card that a message shows; null where it shows none. */
export function shownCard(content: Content): Card | null {
  const html = parse(String(content['formatted_body'] ?? ''));
  for (const quote of html.querySelectorAll('blockquote')) quote.replaceWith('<br>');
  const [title = '', marks = '', ...others] = linesOf(html);
  const named = /^#(\d+) (.+)$/.exec(title);
  const marked = /^[🔵🟢⚪] (.+) · (.+) · P(\d+)$/u.exec(marks);
  if (named === null || marked === null) return null;
  return {
    ...{ ticket: Number(named[1]), subject: named[2] ?? '', status: marked[1] ?? '', queue: marked[2] ?? '' },
    priority: Number(marked[3]),
    facts: Object.fromEntries(others.filter((line) => !row.test(line)).flatMap(fact)),
    buttons: [...buttonsOf(content).values()],
  };
}

function fact(line: string): [string, string][] {
  const [, label, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
  return label === undefined || value === undefined ? [] : [[label, value]];
}

/** The questions of a form, as the message shows them that it begins with. */
export function shownForm(content: Content): Form {
  const [title = '', ...lines] = shownLines(content);
  const inputs: { label: string; value: string; choices: string[]; error: string }[] = [];
  for (const line of lines) {
    const asked = /^\d+\. (.+?)(?: \(needed\))?: (.*)$/.exec(line);
    const last = inputs.at(-1);
    if (asked !== null) inputs.push({ label: asked[1] ?? '', value: asked[2] ?? '', choices: [], error: '' });
    else if (last !== undefined && line.startsWith('one of: ')) last.choices = line.slice(8).split(' · ');
    else if (last !== undefined && line.startsWith('❓ ')) last.error = line.slice(2).trim();
    else break;
  }
  return { title, inputs };
}

/** What a question asks for; null where a message asks nothing. */
export function askedFor(content: Content, form: Form): string | null {
  const line = shownLines(content).find((each) => each.startsWith('➡️ ')) ?? '';
  return form.inputs.find(({ label }) => line.startsWith(`➡️ ${label.replace(/\?$/, '')}?`))?.label ?? null;
}

import { cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { paragraph, type Text } from '../../../src/ticket/text.ts';
import { type Button, calledIn, type LineView, type View } from '../../connector.ts';
import { buttonsKey, type Row, rowOf } from '../buttons.ts';
import { awaiting, type Drawing } from '../drawing.ts';
import { asked, overview } from '../form.ts';
import { html } from '../html.ts';
import { limits } from '../limits.ts';
import { words } from '../words.ts';
import { cardText } from './card.ts';
import { historyText } from './history.ts';
import { lineText } from './line.ts';
import { listText } from './list.ts';
import { noticeText } from './notice.ts';

/** A message of Docket's. */
export interface Message {
  /** The content of its `m.room.message`, without any relation. */
  readonly content: Content;
  /** The reactions that the bot sets below it, in this order. */
  readonly reactions: readonly string[];
}

export interface Content {
  readonly msgtype: 'm.notice' | 'm.text';
  readonly body: string;
  readonly format: 'org.matrix.custom.html';
  readonly formatted_body: string;
  readonly 'm.mentions': { readonly user_ids?: readonly string[] };
  readonly [key: `org.docket.${string}`]: unknown;
}

/**
 * A view as a message. It keeps within what an event may take, whatever the view holds: what is too long is shortened with
 * `…` and, where it is a ticket's, a link to the whole.
 */
export function drawMessage(view: View, drawing: Drawing, forRequestors = false): Message {
  const called = calledBy(view, drawing);
  const [buttons, more] = buttonsOf(view);
  const row = forRequestors ? answerInThread(rowOf(buttons, more)) : rowOf(buttons, more);
  return fitted((room) => {
    const { commands, reactions } = row;
    const content = contentOf([...textOf(view, room, drawing), ...row.words], drawing, called);
    const isPressed = Object.keys(commands).length > 0;
    return { content: isPressed ? { ...content, [buttonsKey]: commands } : content, reactions };
  });
}

/** The accounts of those who are called in a view, and of those who wait for it. */
function calledBy(view: View, drawing: Drawing): readonly string[] {
  return [...new Set([...calledIn(view), ...awaiting(view)])].flatMap((person) => drawing.account(person) ?? []);
}

/** Whether an event holds all of a line, whose buttons it needs: as `fitted` draws it first. */
export function lineFits(line: LineView, drawing: Drawing): boolean {
  const room = roomOf(limits.content);
  const row = rowOf(line.buttons, []);
  const text = [...lineText(line, room, drawing.ticketUrl(line.ticket)), ...row.words];
  const content = { ...contentOf(text, drawing, calledBy(line, drawing)), [buttonsKey]: row.commands };
  return !room.cut && Buffer.byteLength(JSON.stringify(content)) <= limits.content;
}

/**
 * Where requestors talk with staff, one sentence instead of the row: of its twenty signs they may use one. What staff react with
 * there works all the same.
 */
function answerInThread({ commands }: Row): Row {
  return { commands, reactions: [], words: [paragraph('Reply in this thread.')] };
}

/** A text as the content of a message that calls these accounts, and nobody else. */
export function contentOf(text: Text, drawing: Drawing, called: readonly string[] = []): Content {
  return {
    // Clients do not ring for notices, whoever is called in them (spec.matrix.org/latest/client-server-api/#default-override-rules).
    msgtype: called.length === 0 ? 'm.notice' : 'm.text',
    body: words(text, drawing) || '…',
    format: 'org.matrix.custom.html',
    formatted_body: html(text, drawing),
    'm.mentions': called.length === 0 ? {} : { user_ids: called },
  };
}

function textOf(view: View, room: number, drawing: Drawing): Text {
  switch (view.view) {
    case 'card':
      return cardText(view, room);
    case 'line':
      return lineText(view, roomOf(room), drawing.ticketUrl(view.ticket));
    case 'list':
      return listText(view, room);
    case 'history':
      return historyText(view, room, drawing.ticketUrl(view.ticket));
    case 'notice':
      return noticeText(view, room);
    case 'form':
      return cutText(overview(asked(view)), roomOf(room));
  }
}

function buttonsOf(view: View): readonly [readonly Button[], readonly Button[]] {
  switch (view.view) {
    case 'card':
      return [view.buttons, view.more];
    case 'form':
      return [[], []];
    default:
      return [view.buttons, []];
  }
}

/** Draws something so that its content fits an event: again with less room for its texts, until it does. */
export function fitted<Drawn extends { readonly content: Content }>(draw: (room: number) => Drawn): Drawn {
  for (let room: number = limits.content; ; room = Math.floor(room * 0.8)) {
    const drawn = draw(room);
    if (room === 0 || Buffer.byteLength(JSON.stringify(drawn.content)) <= limits.content) return drawn;
  }
}

/** The first line of a message, for clients that know no edits. */
export function editTwin({ body }: Content): string {
  return `* ${shorten(body.split('\n')[0] ?? '', limits.editTwin)}`;
}

import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import type { Inline } from '../../../src/ticket/text.ts';
import { type FormView, type NoticeView, toned } from '../../connector.ts';
import { type Drawing, inlineMarkdown, markdown } from '../markdown.ts';
import { buttonRow, fitted, type Message, message, rows, textDisplay } from './pieces.ts';

/** A short text: a refusal, a confirmation, help. */
export function noticeMessage(notice: NoticeView, drawing: Drawing): Message {
  const text = toned(notice);
  return message([
    textDisplay(fitted((room) => markdown(cutText(text, roomOf(room)), drawing))),
    ...rows(notice.buttons, [], drawing),
  ]);
}

/**
 * A form where none can be brought up by itself: what was wrong with the last answers, and a button that brings it up.
 *
 * @param customId what the button carries; null where it cannot be had
 */
export function formMessage({ title, inputs }: FormView, customId: string | null, drawing: Drawing): Message {
  const wrong = inputs
    .filter(({ error }) => error.length > 0)
    .map(({ label, error }): Inline[] => ['❓ ', { inline: 'strong', inlines: [`${label}:`] }, ' ', ...error]);
  const heading: Inline[] = [{ inline: 'strong', inlines: [title] }];
  const text = fitted((room) => {
    const left = roomOf(room);
    return [heading, ...wrong].map((line) => inlineMarkdown(cutInlines(line, left), drawing)).join('\n');
  });
  const label = wrong.length === 0 ? `${title}…` : 'Answer again';
  return message([textDisplay(text), ...(customId === null ? [] : [buttonRow(label, customId)])]);
}

import { cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type FormView, type NoticeView, toned } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, richText, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { fitted, type Message, richBlock } from './pieces.ts';

/** A short text: a refusal, a confirmation, help. */
export function noticeMessage(notice: NoticeView, drawing: Drawing): Message {
  const text = toned(notice);
  return {
    text: fallback(text),
    blocks: fitted(
      (room) => [...richBlock(richText(cutText(text, roomOf(room)), drawing)), ...actions(notice.buttons)],
      limits.messageJson,
    ),
  };
}

/** A form where none can be opened, for nothing was pressed: a button that opens it. */
export function formMessage({ title: asked, command }: FormView, drawing: Drawing): Message {
  const title = shorten(asked, limits.headerText);
  return {
    text: fallback(title),
    blocks: [
      ...richBlock(section([[title]], drawing)),
      ...actions([{ label: `${title}…`, command, style: 'primary', opensForm: true, right: null }]),
    ],
  };
}

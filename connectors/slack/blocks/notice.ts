import { cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import type { FormView, NoticeView } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, richText, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { begunWith, fitted, type Message, richBlock } from './pieces.ts';

const tones: Readonly<Record<NoticeView['tone'], string>> = { info: '', done: '✅ ', refused: '❓ ' };

/** A short text: a refusal, a confirmation, help. */
export function noticeMessage({ tone, text, buttons }: NoticeView, drawing: Drawing): Message {
  const marked = begunWith(tones[tone], text);
  return {
    text: fallback(marked),
    blocks: fitted(
      (room) => [...richBlock(richText(cutText(marked, roomOf(room)), drawing)), ...actions(buttons)],
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

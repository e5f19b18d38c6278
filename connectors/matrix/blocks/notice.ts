import { cutText, roomOf } from '../../../src/ticket/cut.ts';
import type { Text } from '../../../src/ticket/text.ts';
import type { NoticeView } from '../../connector.ts';
import { begunWith } from './pieces.ts';

const tones: Readonly<Record<NoticeView['tone'], string>> = { info: '', done: '✅ ', refused: '❓ ' };

/** A short text: a refusal, a confirmation, help. In about `most` characters. */
export function noticeText({ tone, text }: NoticeView, most: number): Text {
  return cutText(begunWith(tones[tone], text), roomOf(most));
}

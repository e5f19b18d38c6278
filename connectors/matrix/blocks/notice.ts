import { cutText, roomOf } from '../../../src/ticket/cut.ts';
import type { Text } from '../../../src/ticket/text.ts';
import { type NoticeView, toned } from '../../connector.ts';

/** A short text: a refusal, a confirmation, help. In about `most` characters. */
export function noticeText(notice: NoticeView, most: number): Text {
  return cutText(toned(notice), roomOf(most));
}

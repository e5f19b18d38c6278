import { help } from '../language/help.ts';
import { say } from '../ticket/inline.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import { paragraph } from '../ticket/text.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import type { NoticeView } from './view.ts';

/** Help as a notice: what can be said, what it does, and an example of each. */
export function helpNotice(topic: string | null): NoticeView | Refusal {
  const found = help(topic);
  if (isRefusal(found)) return found;
  return info([
    paragraph(strong(found.heading)),
    ...found.rows.map(({ syntax, summary }) => paragraph({ inline: 'code', code: syntax }, ` ${summary}`)),
    ...(topic === null
      ? [paragraph('More: ', say('help search'), ', ', say('help when'), ', ', say('help shorthand'))]
      : []),
  ]);
}

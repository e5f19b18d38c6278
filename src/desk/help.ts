import { topics } from '../language/command.ts';
import { commands } from '../language/commands.ts';
import { help } from '../language/help.ts';
import { say } from '../ticket/inline.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import { type Block, paragraph } from '../ticket/text.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import type { NoticeView } from './view.ts';

/** Help as a notice: all verbs at a glance, or a topic with what can be said and what it does. */
export function helpNotice(topic: string | null): NoticeView | Refusal {
  if (topic === null) return info(overview());
  const found = help(topic);
  if (isRefusal(found)) return found;
  return info([
    paragraph(strong(found.heading)),
    ...found.rows.map(({ syntax, summary }) => paragraph({ inline: 'code', code: syntax }, ` ${summary}`)),
  ]);
}

/** One line a topic: a page of every command would scroll the talk away. */
function overview(): readonly Block[] {
  return [
    ...topics.map((topic) =>
      paragraph(
        strong(topic),
        ' ',
        commands
          .filter((command) => command.topic === topic)
          .map(({ verb }) => verb)
          .join(' · '),
      ),
    ),
    paragraph('In any message: ', { inline: 'code', code: '#123 rebooted the router' }, ', ', {
      inline: 'code',
      code: '#123 !resolve replaced the SFP',
    }),
    paragraph('More: ', say('help status'), ', ', say('help stall'), ', ', say('help search'), ', ', say('help when')),
  ];
}

import { countByQueueAndStatus } from '../store/search.ts';
import type { Actor } from '../ticket/actor.ts';
import { code } from '../ticket/inline.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { paragraph } from '../ticket/text.ts';
import type { Desk } from './desk.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import type { NoticeView } from './view.ts';

/** A report by its name: for now `queues`, RT's quick search in words. */
export async function report(desk: Desk, reader: Actor, name: string): Promise<NoticeView | Refusal> {
  if (name !== '' && name !== 'queues') {
    return refuse('not found', 'There is no report ', code(name), '. There is ', code('queues'), '.');
  }
  const counts = await countByQueueAndStatus(desk.store, { reader, policy: desk.policy });
  const queues = [...new Set(counts.map(({ queue }) => queue))].sort();
  if (queues.length === 0) return info([paragraph('There are no tickets that you can see.')]);
  return info(
    queues.map((queue) => {
      const of = counts.filter((count) => count.queue === queue);
      return paragraph(strong(queue), ` ${of.map(({ status, count }) => `${count} ${status}`).join(' · ')}`);
    }),
  );
}

import { z } from 'zod';
import { strong } from '../desk/names.ts';
import { info } from '../desk/notice.ts';
import { Undeliverable } from '../desk/outlet.ts';
import type { NoticeView } from '../desk/view.ts';
import { identitiesOf, names } from '../store/people.ts';
import { type Inline, paragraph } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { JobContext } from './context.ts';
import { reachAs } from './target.ts';

const warning = z.strictObject({
  /** The administrator. */
  person: z.int(),
  parked: z.string(),
  /** The person who is parked; null where it is a place. */
  about: z.int().nullable(),
  since: z.string(),
  reason: z.string(),
  mend: z.string(),
});

/**
 * The `warn` job: tells one administrator that something is parked, wherever they can be reached; what is parked may be
 * the very platform that they are usually told on.
 */
export async function warn(context: JobContext, payload: unknown): Promise<void> {
  const { store } = context.desk;
  const { person, parked, about, since, reason, mend } = warning.parse(payload);
  const subject = about === null ? parked : ((await names(store, [about])).get(about) ?? parked);
  await tellAdministrator(context, person, notice(subject, reason, mend), `parked ${parked} ${since} ${person}`);
}

/**
 * Posts a notice to an administrator on the first platform where they can be reached.
 *
 * @param key names the notice: a second one with the same key is the same message
 */
export async function tellAdministrator(
  context: JobContext,
  person: PersonId,
  view: NoticeView,
  key: string,
): Promise<void> {
  const { store, log } = context.desk;
  for (const identity of await identitiesOf(store, person)) {
    try {
      const at = await reachAs(context, identity);
      await at?.connector.post(at.address, view, key, true);
      if (at !== null) return;
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      log.info({ err: error, person }, 'an administrator cannot be reached there');
    }
  }
  log.warn({ person, notice: key }, 'an administrator could not be reached on any platform');
}

function notice(subject: string, reason: string, mend: string): NoticeView {
  const what: Inline[] = ['⚠️ ', strong(subject), ` cannot be told anything: ${reason}.`];
  const then = 'What is to be told there waits. It comes in order, once, as soon as it can.';
  return info([paragraph(...what), ...(mend === '' ? [] : [paragraph(mend)]), paragraph(then)]);
}

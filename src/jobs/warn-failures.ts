import { z } from 'zod';
import { info } from '../desk/notice.ts';
import { countFailures, failures } from '../store/failures.ts';
import { code } from '../ticket/inline.ts';
import { paragraph } from '../ticket/text.ts';
import type { JobContext } from './context.ts';
import { tellAdministrator } from './warn.ts';

const warning = z.strictObject({ person: z.int(), what: z.enum(['inbox', 'deliveries']) });

const subjects = {
  inbox: {
    one: 'Docket could not process a message or command',
    several: 'messages and commands could not be processed',
  },
  deliveries: { one: 'A message could not be delivered', several: 'messages could not be delivered' },
} as const;

/**
 * The `failures` job: tells one administrator that something has failed for good. They are told at most once an hour of each
 * kind; the command that the message names lists everything.
 */
export async function warnFailures(context: JobContext, payload: unknown): Promise<void> {
  const { person, what } = warning.parse(payload);
  const count = await countFailures(context.desk.store, what);
  const [newest] = await failures(context.desk.store, what, 1);
  if (newest === undefined) return; // Somebody has dealt with it.
  const head = count === 1 ? `⚠️ ${subjects[what].one}.` : `⚠️ ${count} ${subjects[what].several}.`;
  const view = info([
    paragraph(head),
    paragraph(`The newest: ${newest.what}: ${newest.error.slice(0, 300)}.`),
    paragraph(
      ...['List them on the server with ', code(`docket ${what} failed`), ', then retry or drop them with '],
      ...[code(`docket ${what} retry ID`), ' or ', code(`docket ${what} drop ID`), '.'],
    ),
  ]);
  await tellAdministrator(context, person, view, `failed ${what} ${context.desk.now().slice(0, 13)} ${person}`);
}

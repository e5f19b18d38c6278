import { z } from 'zod';
import { info } from '../desk/notice.ts';
import { paragraph } from '../ticket/text.ts';
import type { JobContext } from './context.ts';
import { tellAdministrator } from './warn.ts';

const alertShape = z.strictObject({
  /** The administrator. */
  person: z.int(),
  key: z.string(),
  what: z.string(),
  mend: z.string(),
});

/** The `alert` job: notifies one administrator, wherever they can be reached, of something to see to. */
export async function alert(context: JobContext, payload: unknown): Promise<void> {
  const { person, key, what, mend } = alertShape.parse(payload);
  const view = info([paragraph(`⚠️ ${what}`), ...(mend === '' ? [] : [paragraph(mend)])]);
  await tellAdministrator(context, person, view, `alert ${key} ${person}`);
}

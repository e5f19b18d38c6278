import { z } from 'zod';
import type { FormView } from '../connector.ts';
import { limits } from './limits.ts';

/** How far somebody has come with a form: Discord's modals have room for five questions, and show nothing that was wrong. */
export const formState = z.object({
  command: z.string(),
  page: z.int().min(0),
  pages: z.int().min(1),
  answers: z.record(z.string(), z.string()),
});

export type FormState = z.infer<typeof formState>;

/** The beginning of a form. */
export function begun({ command, inputs }: Pick<FormView, 'command' | 'inputs'>): FormState {
  return { command, page: 0, pages: Math.max(1, Math.ceil(inputs.length / limits.modalInputs)), answers: {} };
}

/** The custom id of a button or a modal that goes on with a form, by the key under which its state is remembered. */
export function stateId(key: string): string {
  return `g:${key}`;
}

/** The state of a form that a custom id names; null where it names none, and where it is forgotten by now. */
export async function readState(
  id: string,
  recall: (key: string) => Promise<string | null>,
): Promise<FormState | null> {
  if (!id.startsWith('g:')) return null;
  const kept = await recall(id.slice(2));
  return kept === null ? null : (formState.safeParse(JSON.parse(kept)).data ?? null);
}

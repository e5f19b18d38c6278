import { submit } from '../language/form.ts';
import { actor, personOf } from '../store/people.ts';
import { isRefusal } from '../ticket/refusal.ts';
import type { Inline } from '../ticket/text.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { look } from './look.ts';
import { understand } from './understand.ts';

/**
 * What is wrong with the answers to a form, by the names of its inputs, as far as the grammar can tell; what a ticket or a
 * right stands against shows when the form is submitted. Changes nothing.
 */
export async function mistakesIn(
  desk: Desk,
  inbound: Extract<Inbound, { kind: 'submit' }>,
): Promise<Readonly<Record<string, readonly Inline[]>>> {
  const speaker = await actor(desk.store, await personOf(desk.store, inbound.where, inbound.sender));
  const { speaking } = await look(desk, inbound, speaker);
  const result = submit(inbound.command, inbound.answers, speaking);
  if (!('errors' in result)) return {};
  return Object.fromEntries(Object.entries(result.errors).map(([name, { text }]) => [name, text]));
}

/** Whether a message asks for something that Docket knows, a command say. Changes nothing. */
export async function isUnderstood(desk: Desk, inbound: Extract<Inbound, { kind: 'message' }>): Promise<boolean> {
  const speaker = await actor(desk.store, await personOf(desk.store, inbound.where, inbound.sender));
  const { situation, speaking } = await look(desk, { ...inbound, files: [] }, speaker);
  return understand(inbound, situation, speaking).some((wish) => !isRefusal(wish));
}

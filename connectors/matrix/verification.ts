import { z } from 'zod';

/** Requests that are cancelled at once; more than these in one sync wait until they time out by themselves. */
const mostCancelled = 20;

const begun = z.object({
  type: z.enum(['m.key.verification.request', 'm.key.verification.start']),
  sender: z.string().max(255),
  content: z.object({ from_device: z.string().max(255), transaction_id: z.string().min(1).max(255) }),
});

/** Nobody is there to compare emoji: the other side would wait for ten minutes. */
export const cancelled = {
  code: 'm.user',
  reason: 'Docket is a program and cannot compare emoji. Its device is cross-signed.',
} as const;

/** A message to one device (spec.matrix.org/latest/client-server-api/#key-verification-framework). */
export interface Cancellation {
  readonly user: string;
  readonly device: string;
  readonly content: { readonly transaction_id: string; readonly code: string; readonly reason: string };
}

/** The answers to those among the messages of devices that ask to verify Docket's device. */
export function cancellations(messages: readonly unknown[]): readonly Cancellation[] {
  const asked = messages.flatMap((message) => begun.safeParse(message).data ?? []);
  return asked.slice(0, mostCancelled).map(({ sender, content: { from_device, transaction_id } }) => ({
    user: sender,
    device: from_device,
    content: { transaction_id, ...cancelled },
  }));
}

import { setTimeout } from 'node:timers/promises';
import type { ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Inbound } from '../connector.ts';
import { quietDrawing } from './drawing.ts';
import { loadingModal, type Modal, readSubmission } from './modal.ts';
import type { submission } from './payloads.ts';
import { addressOf, type Slack } from './slack.ts';

/**
 * A modal has to be answered within three seconds; after this many milliseconds it says that it takes longer, and sooner
 * where Slack has to say first who sent it.
 */
const patience = { known: 2_000, unknown: 1_000 };

type Ack = (response?: ViewResponseAction) => Promise<void>;

/** Where a form was asked for, which comes back with it. */
const contextShape = z.object({
  channel: z.string(),
  thread: z.string().nullable(),
  direct: z.boolean(),
  responseUrl: z.string().optional(),
  home: z.string().optional(),
});

/** What a modal keeps of the act that asked for it. */
export function contextOf({ where, answerTo }: Inbound): string {
  const { responseUrl, home } = answerTo;
  const context: z.infer<typeof contextShape> = {
    channel: where.channel,
    thread: where.thread,
    direct: where.direct,
    ...(responseUrl === undefined ? {} : { responseUrl }),
    ...(home === undefined ? {} : { home }),
  };
  return JSON.stringify(context);
}

/** Forms that were sent and wait for what the desk says of them. */
export class Submissions {
  readonly #waiting = new Map<string, (modal: Modal | null) => void>();

  /** Resolves with the form that is to be shown once more, or null when there is none. */
  expect(event: string): Promise<Modal | null> {
    return new Promise((resolve) => this.#waiting.set(event, resolve));
  }

  /** The desk has answered. False where the modal waits no more. */
  settle(event: string, modal: Modal | null): boolean {
    const resolve = this.#waiting.get(event);
    this.forget(event);
    resolve?.(modal);
    return resolve !== undefined;
  }

  forget(event: string): void {
    this.#waiting.delete(event);
  }
}

/**
 * A form was sent. It stays open with what is wrong said at its fields, goes over to another form, or closes
 * (docs.slack.dev/surfaces/modals, "Updating modals": `response_action`).
 */
export async function onSubmission(slack: Slack, sent: z.infer<typeof submission>, ack: Ack): Promise<void> {
  const read = readSubmission(sent.view);
  if (read === null) return ack();
  const { channel, thread, direct, responseUrl, home } = contextShape.parse(JSON.parse(read.context));
  const event = `submit ${sent.trigger_id}`;
  const answered = slack.submissions.expect(event);
  const known = slack.people.knows(sent.user.id) ? 'known' : 'unknown';
  const kept = await slack.door.receive({
    kind: 'submit',
    event,
    at: slack.options.now(),
    sender: { id: sent.user.id, name: sent.user.id },
    where: addressOf(slack, channel, thread, direct),
    answerTo: { ...(responseUrl === undefined ? {} : { responseUrl }), ...(home === undefined ? {} : { home }) },
    command: read.command,
    answers: read.answers,
    raw: {},
  });
  if (kept !== 'kept') {
    slack.submissions.forget(event);
    return ack();
  }
  const modal = await Promise.race([answered, setTimeout(patience[known], 'late' as const)]);
  if (modal === 'late') {
    slack.submissions.forget(event);
    slack.dialogs.stands(event, sent.trigger_id, sent.view.id);
    return ack({ response_action: 'update', view: loadingModal('…', quietDrawing(slack)) });
  }
  if (modal === null) return ack();
  if (Object.keys(modal.errors).length > 0) return ack({ response_action: 'errors', errors: { ...modal.errors } });
  return ack({ response_action: 'update', view: modal.view });
}

import type { Change } from './change.ts';
import { oneLine } from './characters.ts';
import type { NewTicket } from './command.ts';
import { evolve } from './evolve.ts';
import { code } from './inline.ts';
import { later } from './instant.ts';
import { lifecycleOf } from './lifecycle.ts';
import type { Queue } from './policy.ts';
import { noSuchQueue } from './queue-move.ts';
import { type Refusal, refuse } from './refusal.ts';
import { canSee, may } from './rights.ts';
import type { Context } from './scene.ts';
import { checkPriority } from './settings.ts';
import { checkSubject } from './subject.ts';
import { checkSize } from './writing.ts';

/**
 * Opens a ticket: in the queue that is named, else in the default one.
 *
 * The requestor is the one named, else the actor. An actor who would not see the ticket that they open for somebody else
 * becomes a requestor beside them, so that nobody loses sight of what they reported.
 */
export function open(wish: NewTicket, context: Context): readonly Change[] | Refusal {
  const { actor, policy, now } = context;
  const name = wish.queue ?? policy.defaultQueue;
  const queue = policy.queues.get(name);
  const lifecycle = lifecycleOf(policy, name);
  if (queue === undefined || lifecycle === undefined) return noSuchQueue(name);
  if (!may(actor, 'CreateTicket', queue, null)) {
    if (!may(actor, 'SeeQueue', queue, null)) return noSuchQueue(name);
    return refuse(
      'not allowed',
      'You may not open tickets in ',
      code(name),
      '. Ask an administrator for the right CreateTicket.',
    );
  }
  const subject = oneLine(wish.subject);
  const refusal =
    checkSubject(subject) ?? checkSize(wish.body, wish.attachments) ?? checkPriority(wish.priority ?? queue.priority);
  if (refusal !== null) return refusal;

  const create = (requestors: readonly number[]) =>
    ({
      type: 'create',
      queue: name,
      subject,
      ...(wish.subjectSource === undefined ? {} : { subjectSource: wish.subjectSource }),
      status: lifecycle.initial,
      priority: wish.priority ?? queue.priority,
      requestors,
      due: queue.dueIn === null ? null : later(now, queue.dueIn),
      body: wish.body,
      attachments: wish.attachments,
    }) as const;
  const requestor = wish.requestor ?? actor.person;
  const alone = create([requestor]);
  return [sees(context, queue, alone) || requestor === actor.person ? alone : create([requestor, actor.person])];
}

function sees({ actor, now }: Context, queue: Queue, create: Change): boolean {
  return canSee(actor, evolve(null, create, { id: 0, at: now }), queue);
}

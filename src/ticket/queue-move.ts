import type { Change } from './change.ts';
import { code } from './inline.ts';
import { counterpart, lifecycleOf } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';
import { may } from './rights.ts';
import { after, mayOwn, type Scene } from './scene.ts';
import { statusChange } from './status.ts';

/**
 * Moves a ticket to another queue, which the actor must see and be allowed to open tickets in.
 *
 * A status that the other lifecycle lacks becomes its counterpart there. The owner stays one if they may own tickets
 * there. Values of fields that the other queue does not have are kept, though not shown: moved back, the ticket has
 * them again.
 */
export function moveQueue(scene: Scene, name: string): readonly Change[] | Refusal {
  const { ticket, lifecycle, context } = scene;
  const { policy, actor, now } = context;
  const queue = policy.queues.get(name);
  const target = lifecycleOf(policy, name);
  if (queue === undefined || target === undefined || !may(actor, 'SeeQueue', queue, null)) return noSuchQueue(name);
  if (!may(actor, 'CreateTicket', queue, null)) {
    return refuse('not allowed', 'You may not bring tickets to ', code(name), '. Ask somebody who works there.');
  }
  const moved: Change[] = [{ type: 'set', field: 'queue', from: ticket.queue, to: name }];
  const status = counterpart(lifecycle, ticket.status, target);
  if (status !== ticket.status) moved.push(...statusChange(ticket, target, status, now, ticket.resolution));
  const there = after(scene, moved);
  if (ticket.owner === null || mayOwn(there, ticket.owner)) return moved;
  return [...moved, { type: 'owner', from: ticket.owner, to: null }];
}

/** One refusal for a queue that does not exist and for one that the actor may not see. */
export function noSuchQueue(name: string): Refusal {
  return refuse('invalid', 'There is no queue ', code(name.slice(0, 80)), ' that you can see.');
}

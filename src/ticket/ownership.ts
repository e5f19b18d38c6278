import type { Change } from './change.ts';
import { say, ticketRef, who } from './inline.ts';
import { kindOf, openStatus } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';
import { may } from './rights.ts';
import { after, type Decision, mayOwn, only, type Scene } from './scene.ts';
import { moveAlong } from './status.ts';
import type { PersonId } from './ticket.ts';
import { notAllowed } from './verb-rights.ts';

/** Makes the actor the owner of a ticket that nobody owns. Work on a new ticket begins with it. */
export function take(scene: Scene): Decision | Refusal {
  const { ticket, context } = scene;
  if (ticket.owner === context.actor.person) return yours(scene);
  if (ticket.owner !== null) return ownedBy(scene, ticket.owner);
  return only(begin(scene, own(scene, context.actor.person)));
}

/** Takes a ticket over from its owner. */
export function steal(scene: Scene): Decision | Refusal {
  const { ticket, queue, context } = scene;
  if (ticket.owner === context.actor.person) return yours(scene);
  if (ticket.owner === null) {
    return refuse('conflict', 'Nobody owns ', ticketRef(ticket.id), '. Use ', say(`take ${ticket.id}`), '.');
  }
  if (!may(context.actor, 'OwnTicket', queue, ticket)) return notAllowed('OwnTicket', ticket.id);
  return only(begin(scene, own(scene, context.actor.person)));
}

/** Gives a ticket back, so that nobody owns it. */
export function release({ ticket }: Scene): Decision | Refusal {
  if (ticket.owner === null) return refuse('conflict', 'Nobody owns ', ticketRef(ticket.id), '.');
  return only([{ type: 'owner', from: ticket.owner, to: null }]);
}

/** Makes someone else the owner, who must be one that may own tickets of the queue. A new ticket stays new until they begin. */
export function give(scene: Scene, to: PersonId): Decision | Refusal {
  const { ticket, context } = scene;
  if (ticket.owner === to) {
    if (to === context.actor.person) return yours(scene);
    return refuse('conflict', who(to, context.names), ' owns ', ticketRef(ticket.id), ' already.');
  }
  if (!mayOwn(scene, to)) {
    return refuse(
      'not allowed',
      who(to, context.names),
      ' may not own ',
      ticketRef(ticket.id),
      `. Give it to somebody who has the right OwnTicket in ${ticket.queue}.`,
    );
  }
  return only(own(scene, to));
}

/** Opens a ticket that is still in an initial status: somebody has begun to work on it. Follows other changes. */
export function begin(scene: Scene, changes: readonly Change[]): readonly Change[] {
  const { ticket, lifecycle } = scene;
  if (kindOf(lifecycle, ticket.status) !== 'initial') return changes;
  return [...changes, ...moveAlong(after(scene, changes), openStatus(lifecycle))];
}

function own({ ticket }: Scene, to: PersonId): readonly Change[] {
  return [{ type: 'owner', from: ticket.owner, to }];
}

function yours({ ticket }: Scene): Refusal {
  return refuse('conflict', 'You own ', ticketRef(ticket.id), ' already.');
}

function ownedBy({ ticket, queue, context }: Scene, owner: PersonId): Refusal {
  const owned = [ticketRef(ticket.id), ' is owned by ', who(owner, context.names), '. '];
  return may(context.actor, 'StealTicket', queue, ticket)
    ? refuse('conflict', ...owned, 'Use ', say(`steal ${ticket.id}`), '.')
    : refuse('conflict', ...owned, 'Ask them to give it to you.');
}

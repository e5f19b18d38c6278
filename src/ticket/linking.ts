import type { Change } from './change.ts';
import type { Command } from './command.ts';
import { say, ticketRef } from './inline.ts';
import { limits } from './limits.ts';
import { closesCircle, hasLink, inverse } from './link.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { may } from './rights.ts';
import { type Decision, otherScene, type Scene } from './scene.ts';
import { notAllowed } from './verb-rights.ts';

/**
 * Ties two tickets together, or unties them, at both ends. Both must be the actor's to modify, as RT asks by default
 * ($StrictLinkACL), for both histories change.
 */
export function changeLink(scene: Scene, command: Extract<Command, { verb: 'link' }>): Decision | Refusal {
  const { ticket, context } = scene;
  const { kind, add } = command;
  const other = otherScene(command.ticket, context);
  if (command.ticket === ticket.id || (!isRefusal(other) && other.ticket.id === ticket.id)) {
    return refuse('invalid', 'A ticket cannot be linked to itself. Try ', say(`link ${ticket.id} ${kind} 120`), '.');
  }
  if (isRefusal(other)) return other;
  if (!may(context.actor, 'ModifyTicket', other.queue, other.ticket)) {
    return notAllowed('ModifyTicket', other.ticket.id);
  }
  const link = { kind, ticket: other.ticket.id };
  if (hasLink(ticket, link) === add) {
    return add
      ? refuse('conflict', ticketRef(ticket.id), ` is linked already: ${kind} `, ticketRef(link.ticket), '.')
      : refuse('conflict', ticketRef(ticket.id), ` has no link: ${kind} `, ticketRef(link.ticket), '.');
  }
  if (add) {
    const refusal = checkNew(scene, other, command);
    if (refusal !== null) return refusal;
  }
  return {
    changes: [linkChange(link, add)],
    others: [{ ticket: link.ticket, changes: [otherEnd(ticket.id, link.kind, add)] }],
  };
}

function checkNew({ ticket, context }: Scene, other: Scene, { kind }: { kind: keyof typeof inverse }): Refusal | null {
  for (const end of [ticket, other.ticket]) {
    if (end.links.length >= limits.links) {
      return refuse('too large', ticketRef(end.id), ` has ${limits.links} links. Take one away first.`);
    }
  }
  const tickets = new Map([...context.others, [ticket.id, ticket], [other.ticket.id, other.ticket]]);
  if (!closesCircle(ticket.id, { kind, ticket: other.ticket.id }, tickets)) return null;
  return refuse(
    'invalid',
    'With that link ',
    ticketRef(ticket.id),
    kind === 'member of' || kind === 'has member' ? ' would be a part of itself.' : ' would wait for itself.',
    ' Take away a link that leads back first; ',
    say(`show ${ticket.id}`),
    ' shows them.',
  );
}

function linkChange(link: { kind: keyof typeof inverse; ticket: number }, added: boolean): Change {
  return { type: 'link', ...link, added };
}

/** The change at the other end of a link that `ticket` has. */
export function otherEnd(ticket: number, kind: keyof typeof inverse, added: boolean): Change {
  return { type: 'link', kind: inverse[kind], ticket, added };
}

import type { Command } from './command.ts';
import { say, ticketRef, who } from './inline.ts';
import { limits } from './limits.ts';
import { type Refusal, refuse } from './refusal.ts';
import { hasRole } from './rights.ts';
import { type Decision, only, type Scene } from './scene.ts';
import { watchers } from './ticket.ts';

/** Makes somebody a requestor, cc or admincc, or no longer one. */
export function changeWatcher(scene: Scene, command: Extract<Command, { verb: 'watcher' }>): Decision | Refusal {
  const { ticket, context } = scene;
  const { role, person, add } = command;
  if (hasRole(ticket, role, person) === add) {
    const name = who(person, context.names);
    return add
      ? refuse('conflict', name, ` is ${role} of `, ticketRef(ticket.id), ' already.')
      : refuse('conflict', name, ` is not ${role} of `, ticketRef(ticket.id), '.');
  }
  if (add && watchers(ticket, role).length >= limits.watchers) {
    return refuse('too large', ticketRef(ticket.id), ` has ${limits.watchers} people as ${role}. Take one away first.`);
  }
  return only([{ type: 'watcher', role, person, added: add }]);
}

/** Makes the actor a cc, who hears replies. */
export function watch(scene: Scene): Decision | Refusal {
  const { ticket, context } = scene;
  const { person } = context.actor;
  if ((['requestor', 'cc', 'admincc'] as const).some((role) => hasRole(ticket, role, person))) {
    return refuse('conflict', 'You watch ', ticketRef(ticket.id), ' already.');
  }
  return changeWatcher(scene, { verb: 'watcher', role: 'cc', person, add: true });
}

/** Ends what the actor hears as cc and admincc. A requestor goes on hearing: it is their ticket. */
export function unwatch({ ticket, context }: Scene): Decision | Refusal {
  const { person } = context.actor;
  const held = (['cc', 'admincc'] as const).filter((role) => hasRole(ticket, role, person));
  if (held.length > 0) return only(held.map((role) => ({ type: 'watcher', role, person, added: false })));
  if (ticket.owner === person) {
    return refuse('conflict', 'You own ', ticketRef(ticket.id), '. Use ', say(`release ${ticket.id}`), ' first.');
  }
  return hasRole(ticket, 'requestor', person)
    ? refuse('conflict', 'You asked for ', ticketRef(ticket.id), ', so you hear of it until it is resolved.')
    : refuse('conflict', 'You do not watch ', ticketRef(ticket.id), '.');
}

import { code, row, say, ticketRef } from './inline.ts';
import { statusKind } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';
import { canSee } from './rights.ts';
import { type Scene, standsFor } from './scene.ts';
import type { Ticket } from './ticket.ts';

/** Why the work on a ticket cannot be called done yet: what it depends on, or what is not filled in. Null when it can. */
export function blocked(scene: Scene): Refusal | null {
  return waitingFor(scene) ?? missingFields(scene);
}

/** What the ticket depends on and is not done yet. A ticket that the actor may not see is not named: not even its number. */
function waitingFor({ ticket, context }: Scene): Refusal | null {
  const { policy, actor, others } = context;
  const open = ticket.links
    .filter(({ kind }) => kind === 'depends on')
    .map((link) => standsFor(link.ticket, others))
    .filter((other) => other === undefined || statusKind(policy, other) !== 'inactive');
  if (open.length === 0) return null;
  const seen = open.filter((other): other is Ticket => {
    const queue = policy.queues.get(other?.queue ?? '');
    return other !== undefined && queue !== undefined && canSee(actor, other, queue);
  });
  const names = seen.map(({ id }) => ticketRef(id));
  const hidden = open.length === seen.length ? [] : ['another ticket'];
  return refuse(
    'conflict',
    ticketRef(ticket.id),
    ' depends on ',
    ...row([...names, ...hidden]),
    ', which has to be done first. If it no longer does, take the link away',
    ...(seen[0] === undefined ? [] : [': ', say(`unlink ${ticket.id} depends on ${seen[0].id}`)]),
    '.',
  );
}

function missingFields({ ticket, queue }: Scene): Refusal | null {
  const missing = queue.fields.filter(({ name, requiredToResolve }) => requiredToResolve && !hasField(ticket, name));
  const [first] = missing;
  if (first === undefined) return null;
  return refuse(
    'invalid',
    ticketRef(ticket.id),
    ' cannot be resolved before these are filled in: ',
    ...row(missing.map(({ name }) => code(name))),
    '. Try ',
    say(`set ${ticket.id} ${quoted(first.name)}=…`),
    '.',
  );
}

function hasField(ticket: Ticket, name: string): boolean {
  const value = Object.hasOwn(ticket.fields, name) ? ticket.fields[name] : undefined;
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** A field's name as the grammar takes it. */
function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/ticket/actor.ts';
import { type Policy, type Right, rights } from '../../src/ticket/policy.ts';
import { canSee, canSeeComments, hasRole, may, roles, type Sight, visibility } from '../../src/ticket/rights.ts';
import type { Ticket } from '../../src/ticket/ticket.ts';
import { rightFor } from '../../src/ticket/verb-rights.ts';
import { actor, ada, approval, cy, docket, policy, rae, sue, World } from './world.ts';

const everyRight = Object.keys(rights) as Right[];

function queueOf(name: string) {
  const queue = policy.queues.get(name);
  if (queue === undefined) throw new Error(`There is no queue ${name}`);
  return queue;
}

describe('rights', () => {
  it('come by group, by role on this very ticket, and to everyone', () => {
    const world = new World();
    const mine = world.ticket(world.open(rae));
    const other = world.ticket(world.open(cy));
    const queue = queueOf('helpdesk');
    expect(may(actor(ada), 'ModifyTicket', queue, mine)).toBe(true);
    expect(may(actor(rae), 'ShowTicket', queue, mine)).toBe(true);
    expect(may(actor(rae), 'ShowTicket', queue, other)).toBe(false);
    expect(may(actor(rae), 'ShowTicket', queue, null)).toBe(false);
    expect(may(actor(rae), 'CreateTicket', queue, null)).toBe(true);
  });

  it('a superuser has every right, and nobody else has what was not granted', () => {
    for (const right of everyRight) {
      expect(may(actor(docket), right, queueOf('security'), null)).toBe(true);
      expect(may(actor(ada), right, queueOf('security'), null)).toBe(false);
    }
  });

  it('being in a group that is called like a role gives nothing', () => {
    const impostor: Actor = { ...actor(cy), groups: new Set(['requestor', 'owner', 'everyone']) };
    const world = new World();
    expect(may(impostor, 'ShowTicket', queueOf('helpdesk'), world.ticket(world.open(rae)))).toBe(false);
  });

  it('a verb takes the right that its move takes', () => {
    expect(rightFor('resolve', 'approved', approval)).toBe('ModifyTicket');
    expect(rightFor('resolve', 'draft', approval)).toBe('no such move');
    expect(rightFor('stall', 'draft', approval)).toBe('no such move');
    expect(rightFor('take', 'draft', approval)).toBe('OwnTicket');
  });
});

describe('visibility', () => {
  it('leaves out queues of which somebody sees nothing', () => {
    expect([...visibility(actor(ada), policy).keys()]).not.toContain('security');
    expect(visibility(actor(sue), policy).get('security')).toEqual({ tickets: 'all', comments: 'all' });
    expect(visibility(actor(rae), policy).get('helpdesk')).toEqual({ tickets: ['requestor', 'cc'], comments: [] });
  });

  it('says for every ticket what canSee and canSeeComments say', () => {
    const base = new World();
    const ticket = base.ticket(base.open(rae));
    const person = fc.constantFrom(ada, rae, cy);
    const granted = fc.subarray<Right>(['ShowTicket', 'ShowTicketComments', 'OwnTicket']);
    const holder = fc.constantFrom('everyone', 'operators', 'supervisors', ...roles);
    fc.assert(
      fc.property(
        person,
        fc.dictionary(holder, granted, { noNullPrototype: true }),
        fc.record({
          owner: fc.option(person),
          requestors: fc.uniqueArray(person),
          ccs: fc.uniqueArray(person),
          adminccs: fc.uniqueArray(person),
        }),
        (reader, grants, standing) => {
          const queue = { ...queueOf('helpdesk'), rights: grants };
          const only: Policy = { ...policy, queues: new Map([[queue.name, queue]]) };
          const subject = { ...ticket, ...standing };
          const sight = visibility(actor(reader), only).get(queue.name);
          const seen = sight !== undefined && reaches(sight.tickets, subject, reader);
          expect(seen).toBe(canSee(actor(reader), subject, queue));
          expect(seen && sight !== undefined && reaches(sight.comments, subject, reader)).toBe(
            canSeeComments(actor(reader), subject, queue),
          );
        },
      ),
    );
  });
});

function reaches(sight: Sight['tickets'], ticket: Ticket, person: number): boolean {
  return sight === 'all' || sight.some((role) => hasRole(ticket, role, person));
}

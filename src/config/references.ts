import { nearest } from '../ticket/nearest.ts';
import { roles } from '../ticket/rights.ts';
import type { Written } from './schema.ts';

/** Something that is wrong at a place in the configuration: the keys that lead there, and what to do. */
export interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The names in a configuration that name nothing, and the groups that hold themselves. */
export function wrongReferences(written: Written): readonly Wrong[] {
  const groups = Object.keys(written.groups);
  const people = Object.keys(written.people);
  const queues = Object.keys(written.queues);
  const channels = Object.keys(written.channels);
  const lifecycles = ['default', ...Object.keys(written.lifecycles)];
  const holders = ['everyone', ...roles, ...groups];
  const wrong: Wrong[] = [];
  const check = (path: PropertyKey[], kind: string, name: string, names: readonly string[]): void => {
    if (!names.includes(name)) wrong.push({ path, message: unknown(kind, name, names) });
  };

  for (const [group, members] of Object.entries(written.groups)) {
    if (['everyone', ...roles].includes(group)) {
      wrong.push({ path: ['groups', group], message: `no group can be called ${group}: that name has a meaning` });
    }
    members.forEach((member, index) => {
      check(['groups', group, index], 'person or group', member, [...people, ...groups]);
    });
    if (holdsItself(group, written.groups)) {
      wrong.push({ path: ['groups', group], message: `the group ${group} holds itself` });
    }
  }
  for (const [channel, { members }] of Object.entries(written.channels)) {
    members.forEach((member, index) => {
      check(['channels', channel, 'members', index], 'group', member, ['everyone', ...groups]);
    });
  }
  for (const [name, queue] of Object.entries(written.queues)) {
    check(['queues', name, 'lifecycle'], 'lifecycle', queue.lifecycle, lifecycles);
    for (const holder of Object.keys(queue.rights))
      check(['queues', name, 'rights', holder], 'holder of rights', holder, holders);
    queue.intake.forEach((place, index) => {
      const channel = consoleChannel(place);
      if (channel !== null) check(['queues', name, 'intake', index], 'channel', channel, channels);
    });
    queue.feeds.forEach(({ place, staff }, index) => {
      const channel = consoleChannel(place);
      if (channel === null) return;
      check(['queues', name, 'feeds', index, 'place'], 'channel', channel, channels);
      const members = written.channels[channel]?.members ?? [];
      const leak = members.find((member) => !sees(written, name, member, staff));
      if (leak !== undefined) {
        wrong.push({
          path: ['queues', name, 'feeds', index, 'place'],
          message: `#${channel} is read by ${leak}, who may not see ${staff ? 'the comments' : 'the tickets'} of ${name}`,
        });
      }
    });
  }
  const main = written['default queue'];
  if (main !== undefined) check(['default queue'], 'queue', main, queues);
  if (queues.length === 0) wrong.push({ path: ['queues'], message: 'there is to be one queue at least' });
  for (const [name, lifecycle] of Object.entries(written.lifecycles)) {
    const statuses = [...lifecycle.initial, ...lifecycle.active, ...lifecycle.inactive];
    lifecycle.moves.forEach(({ from, to }, index) => {
      check(['lifecycles', name, 'moves', index, 'from'], 'status', from, ['*', ...statuses]);
      check(['lifecycles', name, 'moves', index, 'to'], 'status', to, ['*', ...statuses]);
    });
    for (const [verb, status] of Object.entries(lifecycle.verbs))
      check(['lifecycles', name, 'verbs', verb], 'status', status, statuses);
  }
  return wrong;
}

/** The console's channel that a place names; null for a place on another platform. */
export function consoleChannel(place: string): string | null {
  return place.startsWith('console:#') ? place.slice('console:#'.length) : null;
}

/** "unknown right `ShowTickets`: did you mean `ShowTicket`?" */
export function unknown(kind: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `unknown ${kind} \`${name}\`${meant === null ? `; there is ${names.join(', ') || 'none'}` : `: did you mean \`${meant}\`?`}`;
}

/** Whether all of a group see the tickets (and for a staff feed the comments) of a queue, by the group's own grants. */
function sees(written: Written, queue: string, group: string, comments: boolean): boolean {
  const grants = written.queues[queue]?.rights ?? {};
  const holders = ['everyone', group, ...supergroups(group, written.groups)];
  const has = (right: 'ShowTicket' | 'ShowTicketComments') => holders.some((holder) => grants[holder]?.includes(right));
  return has('ShowTicket') && (!comments || has('ShowTicketComments'));
}

function supergroups(
  group: string,
  groups: Written['groups'],
  passed: ReadonlySet<string> = new Set(),
): readonly string[] {
  return Object.entries(groups).flatMap(([name, members]) =>
    members.includes(group) && !passed.has(name)
      ? [name, ...supergroups(name, groups, new Set([...passed, name]))]
      : [],
  );
}

function holdsItself(group: string, groups: Written['groups']): boolean {
  return supergroups(group, groups).includes(group);
}

import { placeName } from '../store/places.ts';
import type { Queue, Right } from '../ticket/policy.ts';
import { cite, type Path, unknown } from './mistake.ts';
import { isOutside, readPlace } from './place.ts';
import type { Scope } from './scope.ts';

/** What everybody in a channel of the console must be allowed, for what a queue does there not to leak or fail. */
const needed: Readonly<Record<'intake' | 'requestor' | 'staff', readonly Right[]>> = {
  intake: ['SeeQueue', 'CreateTicket'],
  requestor: ['SeeQueue', 'ShowTicket'],
  staff: ['SeeQueue', 'ShowTicket', 'ShowTicketComments'],
};

/** Channels and places: that they exist, and that nobody in them is shown what they may not see. */
export function checkConsole(scope: Scope): void {
  const { file, keys, report } = scope;
  const holders = ['everyone', ...keys('groups')];
  for (const [name, { members }] of Object.entries(file.console.channels)) {
    for (const [index, member] of members.entries()) {
      const path = ['console', 'channels', name, 'members', index];
      if (keys('people').includes(member))
        report(path, `${cite(member)} is a person. Put them in a group, and name that.`);
      else if (!holders.includes(member)) report(path, () => unknown('group', member, holders));
    }
  }
  const intakes = new Map<string, string>();
  for (const [name, { intake, feeds }] of Object.entries(file.queues)) {
    const queue = scope.config.policy.queues.get(name);
    if (queue === undefined) continue;
    for (const [index, typed] of intake.entries()) {
      const path = ['queues', name, 'intake', index];
      const place = checkPlace(scope, path, typed);
      const other = intakes.get(place);
      if (other !== undefined)
        report(path, `${cite(typed)} is the intake of ${cite(other)} already. It can have one queue.`);
      intakes.set(place, name);
      checkSight(scope, path, typed, queue, 'intake');
    }
    const told = new Set<string>();
    for (const [index, { place: typed, audience }] of feeds.entries()) {
      const path = ['queues', name, 'feeds', index, 'place'];
      const place = checkPlace(scope, path, typed);
      if (told.has(place)) report(path, `${cite(typed)} is a feed of ${cite(name)} already. Keep one of them.`);
      told.add(place);
      checkSight(scope, path, typed, queue, audience);
    }
  }
}

/** Gives one spelling for the place, or what was typed when it is none. */
function checkPlace({ keys, report }: Scope, path: Path, typed: string): string {
  const place = readPlace(typed);
  if (typeof place === 'string') {
    report(path, `${cite(typed)} ${place}`);
    return typed;
  }
  const channels = keys('console', 'channels').map((channel) => `console:#${channel}`);
  if (place.platform === 'console' && !channels.includes(placeName(place))) {
    report(path, () => unknown('channel', placeName(place), channels));
  }
  return placeName(place);
}

/**
 * Whether everybody in a channel may see what it would be told. Only the console's members are known here. What is
 * mistaken in itself is left out, for half a list of rights would bring up mistakes that nobody made.
 */
function checkSight(scope: Scope, path: Path, typed: string, queue: Queue, use: keyof typeof needed): void {
  const place = readPlace(typed);
  if (typeof place === 'string' || place.platform !== 'console') return;
  const counts = [['people'], ['groups'], ['rights'], ['console', 'channels', place.channel]];
  if (scope.anyMistake(...counts, ['queues', queue.name, 'rights'], path.slice(0, -1))) return;
  const members = scope.file.console.channels[place.channel]?.members ?? [];
  for (const right of needed[use]) {
    const without = members.filter((member) => !allHave(scope, member, right, queue));
    if (without.length === 0) continue;
    const whom = without.map(cite).join(', ');
    const leak = use === 'intake' ? 'their messages would be refused' : 'they would be shown what they may not see';
    scope.report(
      path,
      `not all of ${whom}, who are in ${cite(typed)}, have ${right} in ${cite(queue.name)}: ${leak}. ` +
        'Give it to them in the rights of the queue, or take them out of the channel.',
    );
    return;
  }
}

/** Whether each person behind a group (or `everyone`) has a right in a queue without a role on any ticket. */
function allHave({ config }: Scope, member: string, right: Right, queue: Queue): boolean {
  const holders = Object.keys(queue.rights).filter((holder) => queue.rights[holder]?.includes(right));
  if (holders.includes('everyone')) return true;
  if (member === 'everyone') return false;
  const within = (group: string, seen: ReadonlySet<string>): readonly string[] => {
    // Who is in a group of a platform is not known here: it stands for them.
    if (isOutside(group)) return [group];
    const found = config.groups.find(({ name }) => name === group);
    if (found === undefined || seen.has(group)) return [];
    return [...found.people, ...found.groups.flatMap((each) => within(each, new Set([...seen, group])))];
  };
  const having = new Set(holders.flatMap((holder) => within(holder, new Set())));
  const administrator = (name: string) => config.people.some((person) => person.name === name && person.superuser);
  return within(member, new Set()).every((name) => having.has(name) || administrator(name));
}

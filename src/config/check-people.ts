import { nearest } from '../ticket/nearest.ts';
import { roles } from '../ticket/rights.ts';
import { isZone } from '../ticket/zone.ts';
import { cite, type Path, unknown } from './mistake.ts';
import { isOutside, readPlatformId } from './place.ts';
import type { Scope } from './scope.ts';

/** What commands say for somebody without naming them, and Docket's own name. */
const takenNames = ['me', 'here', 'nobody', 'none', 'everyone', 'docket'];

/** People, zones and groups. */
export function checkPeople(scope: Scope): void {
  const { file, config, keys, report } = scope;
  const people = keys('people');
  const groups = keys('groups');
  checkZone(scope, ['zone'], file.zone);
  for (const [name, { zone }] of Object.entries(file.people)) {
    if (zone !== undefined) checkZone(scope, ['people', name, 'zone'], zone);
  }
  for (const name of people.filter((each) => takenNames.includes(each))) {
    report(['people', name], `${cite(name)} is a word of commands. Take another name.`, 'key');
  }
  for (const name of groups) {
    if (people.includes(name)) {
      report(['groups', name], `${cite(name)} is a person already. Take another name.`, 'key');
    } else if ([...takenNames, ...roles].includes(name)) {
      report(['groups', name], `${cite(name)} has a meaning of its own. Take another name.`, 'key');
    }
  }
  if (!scope.anyMistake(['people']) && !config.people.some(({ superuser }) => superuser)) {
    report(
      ['people'],
      'nobody is an administrator, who would sign in first. Give somebody `administrator: true`.',
      'key',
    );
  }
  for (const [name, members] of Object.entries(file.groups)) {
    for (const [index, member] of members.entries()) {
      if (people.includes(member) || groups.includes(member)) continue;
      const path = ['groups', name, index];
      const outside = isOutside(member) ? readPlatformId(member, 'group') : null;
      if (outside === null) report(path, () => unknown('person or group', member, [...people, ...groups]));
      else if (typeof outside === 'string') report(path, `${cite(member)} ${outside}`);
    }
  }
  checkAccounts(scope);
  for (const circle of circles(file.groups)) {
    const way = circle.map(cite).join(' in ');
    report(['groups', circle[0] ?? ''], `the group is in itself: ${way}. Take one of them out of another.`, 'key');
  }
}

/** Accounts: that they are written right, and that each belongs to one person. */
function checkAccounts({ file, report }: Scope): void {
  const holders = new Map<string, string>();
  for (const [name, { accounts }] of Object.entries(file.people)) {
    for (const [index, account] of accounts.entries()) {
      const path = ['people', name, 'accounts', index];
      const read = readPlatformId(account, 'account');
      const holder = holders.get(account);
      if (typeof read === 'string') report(path, `${cite(account)} ${read}`);
      else if (holder !== undefined) report(path, `${cite(account)} is ${cite(holder)} already. Keep one of them.`);
      else holders.set(account, name);
    }
  }
}

function checkZone({ report }: Scope, path: Path, zone: string): void {
  if (isZone(zone)) return;
  report(path, () => {
    const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
    const instead = meant === null ? 'write an IANA zone, such as `Europe/Berlin`.' : `did you mean ${cite(meant)}?`;
    return `unknown zone ${cite(zone)}: ${instead}`;
  });
}

/** Each circle of groups once, from the group that is written first: `a` contains `b` contains `a`. */
function circles(groups: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const finished = new Set<string>();
  for (const first of Object.keys(groups)) {
    if (finished.has(first)) continue;
    // Without recursion, which a long chain of groups would take to the end of the stack.
    const way = [{ group: first, members: membersOf(groups, first) }];
    const onWay = new Set([first]);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const member = last.members.pop();
      if (member === undefined) {
        way.pop();
        onWay.delete(last.group);
        finished.add(last.group);
      } else if (onWay.has(member)) {
        const names = way.map(({ group }) => group);
        found.push([...names.slice(names.indexOf(member)), member]);
      } else if (!finished.has(member)) {
        way.push({ group: member, members: membersOf(groups, member) });
        onWay.add(member);
      }
    }
  }
  return found;
}

/** The groups in a group, the last one first. */
function membersOf(groups: Readonly<Record<string, readonly string[]>>, group: string): string[] {
  return (groups[group] ?? []).filter((member) => Object.hasOwn(groups, member)).toReversed();
}

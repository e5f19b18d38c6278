import { search } from '../language/search.ts';
import { defaultLifecycle } from '../ticket/lifecycle.ts';
import { patternProblem } from '../ticket/pattern.ts';
import { rights } from '../ticket/policy.ts';
import { isRefusal } from '../ticket/refusal.ts';
import { roles } from '../ticket/rights.ts';
import { settableFields } from '../ticket/settings.ts';
import { plainInlines } from '../ticket/text.ts';
import { isRight } from './build.ts';
import { cite, type Path, unknown } from './mistake.ts';
import { isOutside, isWorkspace } from './place.ts';
import type { ConfigFile } from './schema.ts';
import type { Scope } from './scope.ts';

type QueueWishes = ConfigFile['queues'][string];
type FieldWishes = QueueWishes['fields'][string];

/** Queues: the names in them, their rights, fields and searches. */
export function checkQueues(scope: Scope): void {
  const { file, keys, report } = scope;
  const queues = keys('queues');
  const lifecycles = [defaultLifecycle.name, ...keys('lifecycles')];
  if (queues.length === 0) report([], 'there is no queue. Tickets live in queues: add one under `queues`.');
  const first = file['default queue'];
  if (first !== undefined && !queues.includes(first)) {
    report(['default queue'], () => unknown('queue', first, queues));
  }
  for (const [name, queue] of Object.entries(file.queues)) {
    const path = ['queues', name];
    if (!lifecycles.includes(queue.lifecycle)) {
      report([...path, 'lifecycle'], () => unknown('lifecycle', queue.lifecycle, lifecycles));
    }
    checkRights(scope, name, queue);
    for (const [field, wishes] of Object.entries(queue.fields))
      checkField(scope, [...path, 'fields', field], field, wishes);
    for (const [index, { search: words }] of queue.feeds.entries()) {
      if (words !== undefined) checkSearch(scope, [...path, 'feeds', index, 'search'], words);
    }
  }
}

/** Who are not staff, whatever else they are: a requestor never sees a comment. */
const notStaff = ['everyone', 'requestor', 'cc'];

function checkRights({ config, keys, report }: Scope, name: string, queue: QueueWishes): void {
  const holders = ['everyone', ...roles, ...keys('groups')];
  const sets = keys('rights');
  for (const [holder, listed] of Object.entries(queue.rights)) {
    const path = ['queues', name, 'rights', holder];
    if (keys('people').includes(holder)) {
      report(path, `${cite(holder)} is a person. Rights go to groups: put them in one.`, 'key');
    } else if (isOutside(holder)) {
      if (!isWorkspace(holder)) report(path, `${cite(holder)} is no workspace. Write it like \`slack:T0123\`.`, 'key');
    } else if (!holders.includes(holder)) report(path, () => unknown('group or role', holder, holders), 'key');
    const granted = config.policy.queues.get(name)?.rights[holder] ?? [];
    if ((notStaff.includes(holder) || isOutside(holder)) && granted.includes('ShowTicketComments')) {
      report(path, `${cite(holder)} cannot have ShowTicketComments: requestors would read what only staff see.`, 'key');
    }
    for (const [index, right] of listed.entries()) {
      if (isRight(right) || sets.includes(right)) continue;
      report([...path, index], () => unknown('right', right, [...Object.keys(rights), ...sets]));
    }
  }
}

const fieldKeys: Readonly<Record<'values' | 'pattern' | 'min' | 'max', readonly FieldWishes['type'][]>> = {
  values: ['choice', 'choices'],
  pattern: ['text'],
  min: ['number'],
  max: ['number'],
};

function checkField({ keys, report }: Scope, path: readonly string[], name: string, field: FieldWishes): void {
  if (settableFields.includes(name)) {
    report(path, `every ticket has a field ${cite(name)} of its own. Take another name.`, 'key');
  }
  for (const [key, types] of Object.entries(fieldKeys) as [keyof typeof fieldKeys, readonly FieldWishes['type'][]][]) {
    const fits = types.includes(field.type);
    if (field[key] !== undefined && !fits) {
      report(
        [...path, key],
        `only a field of the type ${types.join(' or ')} has ${cite(key)}; this is a ${field.type}.`,
        'key',
      );
    }
  }
  if (fieldKeys.values.includes(field.type) && !keys(...path).includes('values')) {
    report(path, 'has nothing to choose from. Add `values: [...]`.');
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
    report([...path, 'max'], `is less than \`min\`, which is ${field.min}.`);
  }
  const problem = field.pattern === undefined ? null : patternProblem(field.pattern);
  if (problem !== null) report([...path, 'pattern'], problem);
  const seen = new Set<string>();
  for (const [index, value] of (field.values ?? []).entries()) {
    const key = value.toLowerCase();
    if (seen.has(key))
      report([...path, 'values', index], `${cite(value)} is here for the second time. Keep one of them.`);
    seen.add(key);
  }
}

function checkSearch({ keys, report }: Scope, path: Path, words: string): void {
  const read = search(words, {
    // Only whether it can be read is asked here: any moment does.
    now: '2000-01-01T00:00:00.000Z',
    zone: 'UTC',
    ticket: null,
    queues: keys('queues'),
    statuses: [
      ...defaultLifecycle.statuses.map(({ name }) => name),
      ...keys('lifecycles').flatMap((lifecycle) => keys('lifecycles', lifecycle, 'statuses')),
    ],
    groups: keys('groups'),
    fields: keys('queues').flatMap((queue) => keys('queues', queue, 'fields')),
    plainText: 'comment',
  });
  if (isRefusal(read)) report(path, `is no search. ${plainInlines(read.text)}`);
}

import type { Change, Settable } from './change.ts';
import { oneLine } from './characters.ts';
import type { Setting } from './command.ts';
import { readFieldValue } from './field-value.ts';
import { code, row, say, ticketRef } from './inline.ts';
import { instant } from './instant.ts';
import { limits } from './limits.ts';
import { nearest } from './nearest.ts';
import { moveQueue } from './queue-move.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { after, type Decision, only, type Scene } from './scene.ts';
import { moveTo } from './status.ts';
import { checkSubject } from './subject.ts';

type Setter = (scene: Scene, value: string) => readonly Change[] | Refusal;

/** The fields that every ticket has, as `set` names them. A custom field cannot be called like one of them. */
const setters: Readonly<Record<string, Setter>> = {
  queue: (scene, value) => (value === scene.ticket.queue ? [] : moveQueue(scene, value)),
  status: setStatus,
  subject: setSubject,
  priority: setPriority,
  due: setDue,
  next: setNext,
  owner: refuseOwner,
};

/** Names that custom fields cannot have. */
export const settableFields: readonly string[] = Object.keys(setters);

/**
 * Changes several fields, all or none. The queue goes first, for it says which fields and statuses there are; fields
 * that hold the value already are passed over, unless that is all of them.
 */
export function set(scene: Scene, settings: readonly Setting[]): Decision | Refusal {
  if (settings.length === 0) {
    return refuse(
      'invalid',
      'Say which field is to have which value: ',
      say(`set ${scene.ticket.id} priority=80`),
      '.',
    );
  }
  const named = settings.map(({ field, value }) => ({ field: field.trim(), key: field.trim().toLowerCase(), value }));
  const twice = named.find(({ key }, index) => named.findIndex((each) => each.key === key) !== index);
  if (twice !== undefined) return refuse('invalid', code(twice.field), ' is named twice. Say it once.');
  const inOrder = [...named.filter(({ key }) => key === 'queue'), ...named.filter(({ key }) => key !== 'queue')];

  let now = scene;
  const changes: Change[] = [];
  for (const { field, key, value } of inOrder) {
    const setter = Object.hasOwn(setters, key) ? setters[key] : undefined;
    const made = setter === undefined ? setCustom(now, field, value) : setter(now, value.trim());
    if (isRefusal(made)) return made;
    changes.push(...made);
    now = after(now, made);
  }
  if (changes.length > 0) return only(changes);
  return refuse('conflict', ticketRef(scene.ticket.id), ' has that already. Nothing was changed.');
}

function setStatus(scene: Scene, value: string): readonly Change[] | Refusal {
  const meant = scene.lifecycle.statuses.find(({ name }) => name.toLowerCase() === value.toLowerCase());
  const status = meant?.name ?? value;
  return status === scene.ticket.status ? [] : moveTo(scene, status, '');
}

function setSubject({ ticket }: Scene, value: string): readonly Change[] | Refusal {
  const subject = oneLine(value);
  const problem = checkSubject(subject);
  return problem ?? setting('subject', ticket.subject, subject);
}

function setPriority({ ticket }: Scene, value: string): readonly Change[] | Refusal {
  const priority = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  return checkPriority(priority) ?? setting('priority', ticket.priority, priority);
}

/** The refusal of a priority that is none; null for one that can be kept. */
export function checkPriority(priority: number): Refusal | null {
  if (Number.isInteger(priority) && priority >= 0 && priority <= limits.priority) return null;
  return refuse(
    'invalid',
    `A priority is low, normal, high, urgent, or a whole number from 0 to ${limits.priority}; higher is more urgent.`,
  );
}

function setDue({ ticket }: Scene, value: string): readonly Change[] | Refusal {
  const due = value === '' ? null : instant(value);
  if (due === null && value !== '')
    return refuse('invalid', 'That is no time. Try ', say(`due ${ticket.id} fri 17:00`), '.');
  return setting('due', ticket.due, due);
}

function setNext({ ticket }: Scene, value: string): readonly Change[] | Refusal {
  if (value.length <= limits.note) return setting('next', ticket.next, oneLine(value));
  return refuse('too large', `The next action can have ${limits.note} characters. Write the rest as a comment.`);
}

function refuseOwner({ ticket }: Scene): Refusal {
  return refuse(
    'invalid',
    'The owner is changed with ',
    say(`give ${ticket.id} @PERSON`),
    ' or ',
    say(`release ${ticket.id}`),
    '.',
  );
}

function setting<F extends keyof Settable>(field: F, from: Settable[F], to: Settable[F]): readonly Change[] {
  // The compiler cannot see that one F runs through all three; the parameters make sure of it.
  return from === to ? [] : [{ type: 'set', field, from, to } as Change];
}

function setCustom({ ticket, queue }: Scene, name: string, value: string): readonly Change[] | Refusal {
  const field = queue.fields.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (field === undefined) {
    const settable = settableFields.filter((each) => each !== 'owner');
    return unknownField(name, [...settable, ...queue.fields.map((each) => each.name)]);
  }
  const to = readFieldValue(field, value);
  if (isRefusal(to)) return to;
  const from = (Object.hasOwn(ticket.fields, field.name) ? ticket.fields[field.name] : null) ?? null;
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ type: 'field', name: field.name, from, to }];
}

function unknownField(name: string, names: readonly string[]): Refusal {
  const meant = nearest(name, names);
  const typed = code(name.slice(0, 80));
  const known = row(names.map((each) => code(each)));
  return meant === null
    ? refuse('invalid', 'There is no field ', typed, ' here. There are: ', ...known, '.')
    : refuse(
        'invalid',
        'There is no field ',
        typed,
        ' here. Did you mean ',
        code(meant),
        '? There are: ',
        ...known,
        '.',
      );
}

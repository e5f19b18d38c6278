import type { Setting } from '../ticket/command.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { checkPriority } from '../ticket/settings.ts';
import type { Speaking } from './request.ts';
import { cited, knownName, unclear, unknownName } from './unclear.ts';
import { when } from './when.ts';
import type { Words } from './words.ts';

const mostSettings = 50;
const named = /(?:"([^"]+)"|([^\s="]+))=/y;
const value = /["“]([^"”]*)["”](?!\S)|\S*/y;

/**
 * Reads `FIELD=VALUE …`, with quotes around a name or value that has blanks: `site=LAX "rack unit"=12 next=`. Nothing
 * after the `=` clears the field. Refuses words without `=`, and values that `setting` refuses.
 */
export function readSettings(words: Words, speaking: Speaking): readonly Setting[] | Refusal {
  const settings: Setting[] = [];
  while (!words.ended) {
    const before = words.rest;
    const name = words.take(named);
    const field = name?.[1] ?? name?.[2];
    if (name === null || field === undefined) {
      return unclear(
        'set 123 subject="BGP down at LAX" priority=80',
        'What is ',
        cited(before),
        '? Each field needs a ',
        cited('='),
        ', and words with blanks between them need quotes.',
      );
    }
    const glued = before.startsWith(name[0]) && !/^\s/.test(before.slice(name[0].length));
    const typed = glued ? words.take(value) : null;
    const read = setting(field, typed?.[1] ?? typed?.[0] ?? '', speaking);
    if (isRefusal(read)) return read;
    settings.push(read);
    if (settings.length > mostSettings) return refuse('too large', `One line can set ${mostSettings} fields.`);
  }
  return settings;
}

/**
 * A field and its new value. The due date is read in the speaker's time, a priority and a queue are checked; what a
 * custom field may hold only its queue knows. Refuses a time, a priority or a queue that there cannot be.
 */
export function setting(field: string, typed: string, speaking: Speaking): Setting | Refusal {
  const name = field.toLowerCase();
  const cleared = typed === '' || /^none$/i.test(typed);
  if (name === 'due') {
    if (cleared) return { field: 'due', value: '' };
    const read = when(typed, speaking.now, speaking.zone);
    if (isRefusal(read)) return read;
    if (read.rest !== '') return unclear('due 123 fri 17:00', 'What is ', cited(read.rest), ' after the time?');
    return { field: 'due', value: read.at };
  }
  if (name === 'priority') {
    const priority = readPriority(typed);
    return isRefusal(priority) ? priority : { field: 'priority', value: `${priority}` };
  }
  if (name === 'queue') {
    const queue = knownName(typed, speaking.queues);
    return queue === null
      ? unknownName('queue', typed, speaking.queues, 'move 123 QUEUE')
      : { field: 'queue', value: queue };
  }
  if (name === 'next') return { field: 'next', value: cleared ? '' : typed };
  if (name === 'subject') return { field: 'subject', value: typed };
  return { field: field.replace(/^cf\./i, ''), value: typed };
}

/** Priorities by name. A number says more precisely what is meant. */
export const priorityNames: Readonly<Record<string, number>> = { low: 20, normal: 50, high: 70, urgent: 90 };

/** A priority, written `80`, `p80` or `high`. Refuses what the core does not take for one. */
export function readPriority(word: string): number | Refusal {
  const name = word.toLowerCase();
  const named = Object.hasOwn(priorityNames, name) ? priorityNames[name] : undefined;
  if (named !== undefined) return named;
  const priority = Number(/^p?(\d{1,3})$/i.exec(word)?.[1] ?? Number.NaN);
  return checkPriority(priority) ?? priority;
}

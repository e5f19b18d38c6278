import { isBlank } from '../ticket/characters.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import { linkKinds, type TicketId } from '../ticket/ticket.ts';
import { duration } from './duration.ts';
import { lineOf } from './line.ts';
import { parse } from './parse.ts';
import { personOf } from './person.ts';
import type { FormName, Request, Speaking, TypedCommand } from './request.ts';
import { readPriority, setting } from './settings.ts';
import { ticketNumber } from './tickets.ts';
import { cited, knownName, unknownName } from './unclear.ts';
import { when } from './when.ts';

export { type Form, forms, type Input } from './forms.ts';

/** Answers that cannot be taken, by the input they were given to. */
export interface AnswerErrors {
  readonly errors: Readonly<Record<string, Refusal>>;
}

/**
 * What the answers to the form of `command` (`reply 123`, `form resolve 123`, `new`) ask for. They pass the same checks
 * as a typed line; those that fail are refused one by one, by input. Refuses a command that has no form.
 */
export function submit(
  command: string,
  answers: Readonly<Record<string, string>>,
  speaking: Speaking,
): Request | Refusal | AnswerErrors {
  const asked = formOf(command, speaking);
  if (isRefusal(asked)) return asked;
  const reading = new Answers(answers, speaking);
  const request =
    asked.form === 'new'
      ? openTicket(asked.said['queue'] ?? null, reading)
      : onTicket(asked.form, asked.ticket, reading);
  if (request === null || Object.keys(reading.errors).length > 0) return { errors: reading.errors };
  return request;
}

/** The form of a command. `resolve 123` is complete as it stands, and has one all the same. */
export function formOf(command: string, speaking: Speaking): Extract<Request, { do: 'form' }> | Refusal {
  for (const line of [command, `form ${command}`]) {
    const asked = parse(line, speaking);
    if (!isRefusal(asked) && asked.do === 'form') return asked;
  }
  return refuse('not understood', cited(command), ' has no form.');
}

/** Reads answers, and keeps what is wrong with each; what is read then is null. */
class Answers {
  readonly errors: Record<string, Refusal> = {};
  readonly #answers: Readonly<Record<string, string>>;
  readonly speaking: Speaking;

  constructor(answers: Readonly<Record<string, string>>, speaking: Speaking) {
    this.#answers = answers;
    this.speaking = speaking;
  }

  plain(name: string): string {
    return Object.hasOwn(this.#answers, name) ? (this.#answers[name] ?? '').trim() : '';
  }

  /** An answer as `read` makes it; null where there is none. */
  optional<T>(name: string, read: (answer: string) => T | Refusal): T | null {
    const answer = this.plain(name);
    return answer === '' ? null : this.#checked(name, read(answer));
  }

  required<T>(name: string, read: (answer: string) => T | Refusal): T | null {
    if (!isBlank(this.plain(name))) return this.optional(name, read);
    return this.#checked<T>(name, refuse('invalid', 'This cannot be left empty.'));
  }

  #checked<T>(name: string, read: T | Refusal): T | null {
    if (!isRefusal(read)) return read;
    this.errors[name] = read;
    return null;
  }

  readonly time = (answer: string): string | Refusal => {
    const read = when(answer, this.speaking.now, this.speaking.zone);
    if (isRefusal(read)) return read;
    if (read.rest === '') return read.at;
    return refuse(
      'not understood',
      'What is ',
      cited(read.rest),
      ' after the time? Write only a time, such as ',
      cited('fri 17:00'),
      '.',
    );
  };

  readonly written = (answer: string): Text => written(answer, this.speaking);

  readonly queue = (answer: string): string | Refusal =>
    knownName(answer, this.speaking.queues) ?? unknownName('queue', answer, this.speaking.queues, 'new in QUEUE …');

  setting(field: string, name: string): TypedCommand | null {
    const read = this.#checked(name, setting(field, this.plain(name), this.speaking));
    return read === null ? null : { verb: 'set', settings: [read] };
  }
}

function written(answer: string, { markup }: Speaking): Text {
  return lineOf(answer, markup).cut(0, answer.length);
}

function openTicket(asked: string | null, answers: Answers): Request | null {
  const subject = answers.required('subject', (answer) => answer.replace(/\s+/g, ' '));
  const queue = answers.optional('queue', answers.queue) ?? asked;
  const priority = answers.optional('priority', readPriority);
  const requestor = answers.optional('requestor', personOf);
  if (subject === null) return null;
  const body = answers.optional('body', answers.written) ?? [];
  return { do: 'new', ticket: { queue, subject, body, attachments: [], priority, requestor } };
}

function onTicket(form: Exclude<FormName, 'new'>, ticket: TicketId | null, answers: Answers): Request | null {
  const command = commandOf(form, answers);
  return ticket === null || command === null ? null : { do: 'change', tickets: [ticket], command, hint: null };
}

/** The command that a form's answers make; null when one of them cannot be taken. */
function commandOf(form: Exclude<FormName, 'new'>, answers: Answers): TypedCommand | null {
  switch (form) {
    case 'reply':
    case 'comment': {
      const text = answers.required('text', answers.written);
      return text === null ? null : { verb: form, text, attachments: [] };
    }
    case 'resolve':
    case 'reject':
      return { verb: form, text: answers.plain('text'), until: null };
    case 'stall':
      return { verb: 'stall', text: answers.plain('text'), until: answers.optional('until', answers.time) };
    case 'give': {
      const to = answers.required('person', personOf);
      return to === null ? null : { verb: 'give', to };
    }
    case 'cc':
    case 'admincc':
    case 'requestor': {
      const holder = answers.required('person', personOf);
      return holder === null ? null : { verb: 'watcher', role: form, person: holder, add: true };
    }
    case 'remind': {
      const at = answers.required('when', answers.time);
      const whom = answers.optional('person', personOf) ?? { person: 'me' };
      const target = { to: 'person', person: whom } as const;
      return at === null ? null : { verb: 'remind', target, at, text: answers.plain('text') };
    }
    case 'set': {
      const field = answers.required('field', (answer) => answer);
      return field === null ? null : answers.setting(field, 'value');
    }
    case 'due':
      return answers.setting('due', 'when');
    case 'next':
      return answers.setting('next', 'text');
    case 'priority':
      return answers.setting('priority', 'priority');
    case 'move':
      return answers.setting('queue', 'queue');
    case 'link': {
      const kind = answers.required('kind', (answer) => linkKinds.find((known) => known === answer) ?? noLink(answer));
      const ticket = answers.required('ticket', ticketNumber);
      return kind === null || ticket === null ? null : { verb: 'link', kind, ticket, add: true };
    }
    case 'merge': {
      const into = answers.required('ticket', ticketNumber);
      return into === null ? null : { verb: 'merge', into };
    }
    case 'time': {
      const minutes = answers.required('duration', duration);
      return minutes === null ? null : { verb: 'time', minutes, text: answers.plain('text') };
    }
  }
}

function noLink(answer: string): Refusal {
  return unknownName('kind of link', answer, linkKinds, 'link 123 depends on 120');
}

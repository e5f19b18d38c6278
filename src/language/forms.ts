import { linkKinds } from '../ticket/ticket.ts';
import type { FormName } from './request.ts';

/** One question of a form. First values, and choices that the grammar does not fix, are the desk's to fill in. */
export interface Input {
  readonly name: string;
  readonly label: string;
  readonly type: 'line' | 'text' | 'number' | 'choice' | 'person' | 'when';
  readonly required: boolean;
  readonly hint: string;
  /** For a `choice` that the grammar fixes; null: the desk knows them (queues, fields). */
  readonly choices: readonly string[] | null;
}

export interface Form {
  readonly title: string;
  /** What the button that sends it says. */
  readonly submit: string;
  readonly inputs: readonly Input[];
}

function input(name: string, label: string, type: Input['type'], required: boolean, hint = ''): Input {
  return { name, label, type, required, hint, choices: null };
}

const whenHint = '2h, tomorrow, mon 9am, 2026-12-01 14:00';
const personHint = '@name, an address, or me';

/** What each form asks. The names of inputs are those that `submit` reads. */
export const forms: Readonly<Record<FormName, Form>> = {
  new: {
    title: 'New ticket',
    submit: 'Open ticket',
    inputs: [
      input('subject', 'Subject', 'line', true),
      input('body', 'What happened?', 'text', false),
      input('queue', 'Queue', 'choice', false),
      input('priority', 'Priority', 'number', false, '0 to 100; 100 is the most urgent'),
      input('requestor', 'For', 'person', false, `${personHint}; empty: you`),
    ],
  },
  reply: {
    title: 'Reply to the requestor',
    submit: 'Reply',
    inputs: [input('text', 'Reply', 'text', true, 'The requestor sees this.')],
  },
  comment: {
    title: 'Comment',
    submit: 'Comment',
    inputs: [input('text', 'Comment', 'text', true, 'Only staff see this.')],
  },
  stall: {
    title: 'Stall',
    submit: 'Stall',
    inputs: [
      input('until', 'Until', 'when', false, `${whenHint}; empty: until someone opens it`),
      input('text', 'What is it waiting for?', 'text', false, 'Only staff see this.'),
    ],
  },
  resolve: {
    title: 'Resolve',
    submit: 'Resolve',
    inputs: [input('text', 'Resolution', 'text', false, 'Only staff see this.')],
  },
  reject: {
    title: 'Reject',
    submit: 'Reject',
    inputs: [input('text', 'Why?', 'text', false, 'Only staff see this.')],
  },
  give: { title: 'Give to', submit: 'Give', inputs: [input('person', 'Person', 'person', true, personHint)] },
  remind: {
    title: 'Remind',
    submit: 'Set reminder',
    inputs: [
      input('when', 'When', 'when', true, whenHint),
      input('text', 'Of what?', 'line', false),
      input('person', 'Whom', 'person', false, `${personHint}; empty: you`),
    ],
  },
  set: {
    title: 'Set a field',
    submit: 'Set',
    inputs: [
      input('field', 'Field', 'choice', true),
      input('value', 'Value', 'line', false, 'Empty clears the field.'),
    ],
  },
  due: {
    title: 'Due date',
    submit: 'Set',
    inputs: [input('when', 'Due', 'when', false, `${whenHint}; empty: at no time`)],
  },
  next: {
    title: 'Next action',
    submit: 'Set',
    inputs: [input('text', 'What is to be done next?', 'line', false, 'Empty clears it.')],
  },
  priority: {
    title: 'Priority',
    submit: 'Set',
    inputs: [input('priority', 'Priority', 'number', true, '0 to 100; 100 is the most urgent')],
  },
  move: { title: 'Move to another queue', submit: 'Move', inputs: [input('queue', 'Queue', 'choice', true)] },
  link: {
    title: 'Link',
    submit: 'Link',
    inputs: [
      { ...input('kind', 'This ticket', 'choice', true), choices: linkKinds },
      input('ticket', 'Ticket', 'line', true, 'Its number, such as 120'),
    ],
  },
  merge: {
    title: 'Merge into another ticket',
    submit: 'Merge',
    inputs: [input('ticket', 'Into ticket', 'line', true, 'Its number, such as 120')],
  },
  time: {
    title: 'Time worked',
    submit: 'Record',
    inputs: [
      input('duration', 'How long', 'line', true, '30m, 1h30m, 1.5h, or minutes'),
      input('text', 'On what?', 'line', false, 'Only staff see this.'),
    ],
  },
  cc: { title: 'Add a cc', submit: 'Add', inputs: [input('person', 'Person', 'person', true, personHint)] },
  admincc: { title: 'Add an admincc', submit: 'Add', inputs: [input('person', 'Person', 'person', true, personHint)] },
  requestor: {
    title: 'Add a requestor',
    submit: 'Add',
    inputs: [input('person', 'Person', 'person', true, personHint)],
  },
};

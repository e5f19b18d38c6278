import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { FormName, Request, Speaking } from './request.ts';

/** One question of a form. Choices and first values are the desk's to fill in, for it knows the ticket. */
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

/** Answers that cannot be taken, by the input they were given to. */
export interface AnswerErrors {
  readonly errors: Readonly<Record<string, Refusal>>;
}

export const forms: Readonly<Partial<Record<FormName, Form>>> = {};

/** What the answers to the form of `command` (`reply 123`, `form resolve 123`, `new`) ask for. */
export function submit(
  _command: string,
  _answers: Readonly<Record<string, string>>,
  _speaking: Speaking,
): Request | Refusal | AnswerErrors {
  return refuse('not understood', 'Not yet.');
}

import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import type { Request, Speaking } from './request.ts';

/**
 * What a command line asks for: a slash command without its prefix, the command of a button, the words of a direct
 * message, the arguments of the CLI. Given as a message's text, the formatting of what is written onto a ticket is kept.
 * Refuses, with an example, what it does not understand.
 */
export function parse(_line: string | Text, _speaking: Speaking): Request | Refusal {
  return refuse('not understood', 'Not yet.');
}

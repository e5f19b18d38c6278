import { isBlank, oneLine } from './characters.ts';
import { limits } from './limits.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Block, plain, type Text } from './text.ts';

/** What a ticket is called whose subject was taken from a message that its author has deleted. */
export const deletedSubject = 'Deleted message';

/** The refusal of a subject in which nothing can be seen, or that is too long; null for one that can be kept. */
export function checkSubject(subject: string): Refusal | null {
  if (isBlank(subject)) return refuse('invalid', 'A ticket needs a subject: a few words that tell it from the others.');
  if (subject.length <= limits.subject) return null;
  return refuse('too large', `A subject can have ${limits.subject} characters. Write the rest as a comment.`);
}

/**
 * A subject taken from a message: its first line that has words, else the first of what it quotes, else the name of its first
 * file; shortened at a word. Empty where there is none of these.
 */
export function subjectOf(body: Text, files: readonly { readonly name: string }[]): string {
  const own = body.filter(({ block }) => block !== 'quote');
  const subject = firstLine(own) ?? firstLine(body.flatMap(unquoted)) ?? files[0]?.name ?? '';
  if (subject.length <= limits.subject) return subject;
  const cut = subject.slice(0, limits.subject - 1).toWellFormed();
  const blank = cut.lastIndexOf(' ');
  return `${cut.slice(0, blank > limits.subject / 2 ? blank : cut.length)}…`;
}

function firstLine(text: Text): string | undefined {
  return plain(text)
    .split('\n')
    .map(oneLine)
    .find((words) => !isBlank(words));
}

function unquoted(block: Block): Text {
  if (block.block !== 'quote') return [block];
  // A copied message stands below its author's name.
  return (block.copied ? block.blocks.slice(1) : block.blocks).flatMap(unquoted);
}

import { submit } from '../language/form.ts';
import { parse } from '../language/parse.ts';
import type { Speaking } from '../language/request.ts';
import { shorthand } from '../language/shorthand.ts';
import type { Attachment } from '../ticket/change.ts';
import { say } from '../ticket/inline.ts';
import { limits } from '../ticket/limits.ts';
import { isRefusal, refuse } from '../ticket/refusal.ts';
import { plain, type Text } from '../ticket/text.ts';
import type { Inbound } from './inbound.ts';
import type { Situation } from './situation.ts';
import type { Wish } from './wish.ts';

/**
 * What an inbound asks for. Pure: all that has to be looked up stands in the situation. Empty when it asks for nothing
 * (which can still come out here, when the cheap check at the door let it through).
 */
export function understand(inbound: Inbound, situation: Situation, speaking: Speaking): readonly Wish[] {
  switch (inbound.kind) {
    case 'command':
    case 'press':
      return [parse(inbound.kind === 'command' ? inbound.line : inbound.command, speaking)];
    case 'submit':
      return [submitted(inbound.command, inbound.answers, speaking)];
    case 'message':
      return said(inbound, situation, speaking);
    case 'reaction':
      return reacted(inbound, situation);
    case 'edit':
      return amended(inbound.text, situation, speaking);
    case 'deletion':
      return situation.taken.map((of) => ({ do: 'amend', of, text: null }));
  }
}

function submitted(command: string, answers: Readonly<Record<string, string>>, speaking: Speaking): Wish {
  const result = submit(command, answers, speaking);
  return 'errors' in result ? { do: 'ask again', command, answers, errors: result.errors } : result;
}

/** The files of a message belong to each update that writes something. */
function withFiles(update: Wish, attachments: readonly Attachment[]): Wish {
  if (!('do' in update) || update.do !== 'change') return update;
  const { command } = update;
  return command.verb === 'reply' || command.verb === 'comment'
    ? { ...update, command: { ...command, attachments } }
    : update;
}

type Message = Extract<Inbound, { kind: 'message' }>;

function said(inbound: Message, situation: Situation, speaking: Speaking): readonly Wish[] {
  const updates = shorthand(inbound.text, speaking);
  if (updates !== null) return updates.updates.map((update) => withFiles(update, situation.attachments));
  if (inbound.where.direct) return [parse(inbound.text, speaking)];
  if (inbound.mentionsBot) return [mentioned(inbound, situation, speaking)];
  if (situation.intake !== null && inbound.where.thread === null) {
    return [takeUp(inbound.text, situation, situation.intake)];
  }
  return [];
}

/** A mention of the bot with a command after it is that command; with anything else it makes a ticket of the message. */
function mentioned(inbound: Message, situation: Situation, speaking: Speaking): Wish {
  const command = parse(inbound.text, speaking);
  if (!isRefusal(command)) return command;
  if (plain(inbound.text).trim() === '') return { do: 'help', topic: null };
  return takeUp(inbound.text, situation, situation.queue);
}

function reacted(inbound: Extract<Inbound, { kind: 'reaction' }>, situation: Situation): readonly Wish[] {
  const [already] = situation.taken;
  if (already !== undefined) return [{ do: 'show', ticket: already.ticket }];
  return [takeUp(inbound.text, situation, situation.queue)];
}

/** An edited update is read again as an update, so that its ticket number does not become part of the text. */
function amended(text: Text, situation: Situation, speaking: Speaking): readonly Wish[] {
  const updates = shorthand(text, speaking)?.updates ?? [];
  return situation.taken.map((of, index) => {
    const update = updates[index];
    const written =
      update !== undefined && 'do' in update && update.do === 'change' && 'text' in update.command
        ? update.command.text
        : text;
    return { do: 'amend', of, text: typeof written === 'string' ? text : written };
  });
}

function takeUp(body: Text, { attachments, lost, author }: Situation, queue: string | null): Wish {
  const subject = subjectOf(body, [...attachments, ...lost]);
  if (subject === '') {
    return refuse('not understood', 'There is no text to make a ticket of. Try ', say('new Printer on fire'), '.');
  }
  return {
    do: 'take up',
    ticket: { queue, subject, body, attachments, priority: null, requestor: author },
  };
}

/** A subject from a message: its first line that has words, else the name of its first file; shortened at a word. */
export function subjectOf(body: Text, files: readonly { readonly name: string }[]): string {
  const first = plain(body)
    .split('\n')
    .map((words) => words.replace(/\s+/g, ' ').trim())
    .find((words) => words !== '');
  const subject = first ?? files[0]?.name ?? '';
  if (subject.length <= limits.subject) return subject;
  const cut = subject.slice(0, limits.subject - 1).toWellFormed();
  const blank = cut.lastIndexOf(' ');
  return `${cut.slice(0, blank > limits.subject / 2 ? blank : cut.length)}…`;
}

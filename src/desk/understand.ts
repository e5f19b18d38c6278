import { submit } from '../language/form.ts';
import { parse } from '../language/parse.ts';
import type { Request, Speaking } from '../language/request.ts';
import { bareVerb, shorthand } from '../language/shorthand.ts';
import type { Attachment, Change, Transaction } from '../ticket/change.ts';
import { isBlank } from '../ticket/characters.ts';
import { say } from '../ticket/inline.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { deletedSubject, subjectOf } from '../ticket/subject.ts';
import { plain, type Text } from '../ticket/text.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Inbound } from './inbound.ts';
import { copiesIn, withQuote } from './quoted.ts';
import type { Situation } from './situation.ts';
import type { Wish } from './wish.ts';

/**
 * What an inbound asks for. Pure: all that has to be looked up stands in the situation. Empty when it asks for nothing
 * (which can still come out here, when the cheap check at the door let it through).
 */
export function understand(inbound: Inbound, situation: Situation, speaking: Speaking): readonly Wish[] {
  switch (inbound.kind) {
    case 'command':
      return [parse(inbound.text ?? inbound.line, speaking)];
    case 'press':
      return [parse(inbound.command, speaking)];
    case 'submit':
      return [submitted(inbound.command, inbound.answers, speaking)];
    case 'message':
      return said(inbound, situation, speaking);
    case 'reaction':
      return reacted(inbound, situation);
    case 'edit':
      return amended(inbound.text, situation, speaking);
    case 'deletion':
      return situation.taken.map((of) => ({ do: 'amend', of, text: null, subject: deletedSubject }));
  }
}

function submitted(command: string, answers: Readonly<Record<string, string>>, speaking: Speaking): Wish {
  const result = submit(command, answers, speaking);
  return 'errors' in result ? { do: 'ask again', command, answers, errors: result.errors } : result;
}

type Message = Extract<Inbound, { kind: 'message' }>;

/** A message with files asks for something that keeps them, or is told that they are not kept. */
function said(inbound: Message, situation: Situation, speaking: Speaking): readonly Wish[] {
  return withFiles(saidInWords(inbound, situation, speaking), situation.attachments, speaking);
}

function saidInWords(inbound: Message, situation: Situation, speaking: Speaking): readonly Wish[] {
  const updates = shorthand(inbound.text, speaking);
  if (updates !== null) return updates.updates;
  if (speaking.ticket !== null && !inbound.mentionsBot) return [wordless(speaking.ticket, situation, speaking)];
  if (inbound.where.direct) return [saidDirectly(inbound.text, situation, speaking)];
  if (inbound.mentionsBot) return [mentioned(inbound, situation, speaking)];
  if (situation.intake !== null && inbound.where.thread === null) {
    return [takeUp(inbound.text, situation, situation.intake)];
  }
  return [];
}

/** What is said to Docket alone is a command; what is quoted or forwarded is somebody else's words, and none. */
function saidDirectly(text: Text, situation: Situation, speaking: Speaking): Wish {
  if (isWordless(text)) return unread(situation);
  const quotesOnly = text.every((block) => block.block === 'quote' || isWordless([block]));
  return quotesOnly ? quotedAlone : parse(text, speaking);
}

const quotedAlone = refuse(
  'not understood',
  'There is only a quote in your message. Write what is to be done with it, for example ',
  say('new Printer on fire'),
  '.',
);

function isWordless(text: Text): boolean {
  return isBlank(plain(text));
}

/** A message without words in a ticket's thread: its files are recorded as words there would be. */
function wordless(ticket: TicketId, situation: Situation, speaking: Speaking): Wish {
  return situation.attachments.length === 0 ? unread(situation) : filesOn([ticket], situation.attachments, speaking);
}

function filesOn(tickets: readonly TicketId[], attachments: readonly Attachment[], speaking: Speaking): Wish {
  const verb = bareVerb(tickets, speaking);
  return { do: 'change', tickets, command: { verb, text: [], attachments }, hint: null };
}

/** The refusal of a message in which there is nothing to record. */
function unread({ attachments, lost }: Situation): Refusal {
  if (attachments.length > 0) return filesWithoutTicket;
  return lost.length > 0
    ? refuse('invalid', 'There is nothing else in your message, so nothing was recorded.')
    : refuse(
        'not understood',
        'Docket cannot read this kind of message, so nothing was recorded. Send it as text or a file.',
      );
}

const filesWithoutTicket = refuse(
  'not understood',
  "The file was not kept, because no ticket was named. Send it in a ticket's thread, or with ",
  { inline: 'code', code: '#123' },
  ' as its text.',
);

/**
 * Adds the files of a message to what it writes or opens. Where a command beside them writes nothing (`#1 !resolve`, a number
 * alone), they are recorded on its tickets as well; where no ticket is named at all, that is refused.
 */
function withFiles(wishes: readonly Wish[], attachments: readonly Attachment[], speaking: Speaking): readonly Wish[] {
  if (attachments.length === 0 || wishes.length === 0) return wishes;
  const filled = wishes.map((wish) => filledWith(wish, attachments));
  if (filled.some((wish, index) => wish !== wishes[index] || keeps(wish))) return filled;
  const tickets = [...new Set(wishes.flatMap(ticketsOf))];
  if (tickets.length === 0) return wishes.some(isRefusal) ? wishes : [...wishes, filesWithoutTicket];
  const shown = wishes.every((wish) => 'do' in wish && wish.do === 'show');
  return [...(shown ? [] : wishes), filesOn(tickets, attachments, speaking)];
}

function filledWith(wish: Wish, attachments: readonly Attachment[]): Wish {
  if (isRefusal(wish)) return wish;
  if (wish.do === 'new') return { ...wish, ticket: { ...wish.ticket, attachments } };
  if (wish.do !== 'change' || keeps(wish)) return wish;
  const { command } = wish;
  return command.verb === 'reply' || command.verb === 'comment'
    ? { ...wish, command: { ...command, attachments } }
    : wish;
}

/** Whether a wish brings files already. */
function keeps(wish: Wish): boolean {
  if (isRefusal(wish)) return false;
  if (wish.do === 'take up') return true;
  return wish.do === 'change' && 'attachments' in wish.command && wish.command.attachments.length > 0;
}

function ticketsOf(wish: Wish): readonly TicketId[] {
  if (isRefusal(wish)) return [];
  if (wish.do === 'change') return wish.tickets;
  return wish.do === 'show' ? [wish.ticket] : [];
}

/**
 * A mention of the bot with a command after it is that command; with anything else it makes a ticket of the message, and of the
 * one that it was written below.
 */
function mentioned(inbound: Message, situation: Situation, speaking: Speaking): Wish {
  const command = parse(inbound.text, speaking);
  if (!isRefusal(command)) return command;
  const body = withQuote(inbound.text, inbound.quoted ?? null);
  if (isWordless(body)) return { do: 'help', topic: null };
  return takeUp(body, situation, situation.queue);
}

function reacted(inbound: Extract<Inbound, { kind: 'reaction' }>, situation: Situation): readonly Wish[] {
  const [already] = situation.taken;
  if (already !== undefined) return [{ do: 'show', ticket: already.ticket }];
  return [takeUp(inbound.text, situation, situation.queue)];
}

/** An edited update is read again as an update, so that its ticket number does not become part of the text. */
function amended(text: Text, situation: Situation, speaking: Speaking): readonly Wish[] {
  const updates = shorthand(text, speaking)?.updates ?? [];
  return situation.taken.map((of, index) => ({ do: 'amend', of, ...rewritten(text, updates[index], of, speaking) }));
}

/** What an edited message writes now, and what the ticket that it opened would be called. */
function rewritten(
  whole: Text,
  update: Request | Refusal | undefined,
  { change }: Transaction,
  speaking: Speaking,
): { readonly text: Text; readonly subject: string } {
  if (change.type === 'create' && change.subject !== subjectOf(change.body, change.attachments)) {
    // It was opened by a command, `#new …` or `@docket new …`, whose subject is not part of the text.
    const command = update ?? parse(whole, speaking);
    if (!isRefusal(command) && command.do === 'new') {
      return { text: command.ticket.body, subject: command.ticket.subject };
    }
  }
  const text = [...(textIn(update, change) ?? whole), ...(change.type === 'create' ? copiesIn(change.body) : [])];
  return { text, subject: subjectOf(text, 'attachments' in change ? change.attachments : []) };
}

/** What an edited update writes; null where it is not read as an update, so that the whole message is the text. */
function textIn(update: Request | Refusal | undefined, change: Change): Text | null {
  if (update === undefined || isRefusal(update) || update.do !== 'change') return null;
  const { command } = update;
  if ('text' in command && typeof command.text !== 'string') return command.text;
  // A command beside which only files were recorded writes nothing.
  return 'text' in change && isWordless(change.text ?? []) ? [] : null;
}

function takeUp(body: Text, { attachments, lost, author }: Situation, queue: string | null): Wish {
  const subject = subjectOf(body, [...attachments, ...lost]);
  if (subject === '') {
    return refuse('not understood', 'There is no text to make a ticket of. Try ', say('new Printer on fire'), '.');
  }
  return {
    do: 'take up',
    ticket: { queue, subject, subjectSource: 'message', body, attachments, priority: null, requestor: author },
  };
}

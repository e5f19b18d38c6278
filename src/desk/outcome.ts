import { staffOnly } from '../ticket/audience.ts';
import type { Change } from '../ticket/change.ts';
import { ticketRef } from '../ticket/inline.ts';
import type { Refusal } from '../ticket/refusal.ts';
import type { PersonId, Ticket, TicketId } from '../ticket/ticket.ts';
import { button } from './buttons.ts';
import { describe, type Reading } from './describe.ts';
import type { Inbound } from './inbound.ts';
import { done, refused } from './notice.ts';
import type { Answer } from './outlet.ts';
import type { FormView, View } from './view.ts';

/** What came of one wish. */
export type Outcome =
  | {
      readonly was: 'done';
      readonly actor: PersonId;
      readonly ticket: Ticket;
      readonly changes: readonly Change[];
      /** Of an undo: what it undid. */
      readonly undone: readonly Change[];
      readonly hint: 'resolve instead' | null;
    }
  | { readonly was: 'refused'; readonly refusal: Refusal }
  | { readonly was: 'shown'; readonly views: readonly View[] }
  | { readonly was: 'asked'; readonly form: FormView };

/**
 * The answer to the one who acted: a mark on what they wrote, and in words whatever a mark cannot say. `secret`: not all
 * who read along there may read it.
 */
export function answerTo(inbound: Inbound, secret: boolean, outcomes: readonly Outcome[], reading: Reading): Answer {
  const failed = outcomes.filter(({ was }) => was === 'refused');
  const telling = { secret, inWords: outcomes.length > 1 && failed.length > 0 };
  // What needs doing first, then what is done.
  const ordered = [...failed, ...outcomes.filter(({ was }) => was !== 'refused')];
  return {
    reaction: markFor(inbound, mark(outcomes, secret)),
    audience: audienceOf(outcomes, secret),
    views: ordered.flatMap((outcome) => words(outcome, inbound, telling, reading)),
    form: outcomes.flatMap((outcome) => (outcome.was === 'asked' ? [outcome.form] : []))[0] ?? null,
    tickets: [...new Set(outcomes.flatMap(concerned))],
  };
}

/**
 * What is marked with how it went. A command that was typed as a message, in sight of others, is marked also where its answer
 * is private: without a mark it would look as if nobody had heard it.
 */
function markFor({ kind, where }: Inbound, marked: Answer['reaction']): Answer['reaction'] {
  if (kind === 'message' || kind === 'reaction') return marked;
  if (kind !== 'command') return null;
  // In a direct conversation the answer itself stands there; a refusal is marked, so that an edit is read as a new command.
  if (where.direct) return marked === '❓' ? marked : null;
  return marked ?? '✅';
}

/**
 * The gravest mark wins: a refusal before a lock, a lock before the rest. The lock marks comments, and whatever must not
 * stay in the sight of all.
 */
function mark(outcomes: readonly Outcome[], secret: boolean): Answer['reaction'] {
  if (outcomes.some(({ was }) => was === 'refused')) return '❓';
  const changes = outcomes.flatMap((outcome) => (outcome.was === 'done' ? outcome.changes : []));
  if (changes.length === 0) return null;
  if (secret || changes.every(({ type }) => type === 'comment')) return '🔒';
  return changes.some(({ type }) => type === 'create') ? '🎫' : '✅';
}

/**
 * Who may read what was written, decided from what came of it. What was refused may have been meant for staff only, and
 * stays with its author.
 */
function audienceOf(outcomes: readonly Outcome[], secret: boolean): Answer['audience'] {
  if (outcomes.some(({ was }) => was === 'refused')) return 'author';
  const changes = outcomes.flatMap((outcome) => (outcome.was === 'done' ? outcome.changes : []));
  if (changes.length === 0) return 'everyone';
  if (secret || changes.every(staffOnly)) return 'staff';
  return changes.some(({ type }) => type === 'create') ? 'everyone' : 'tickets';
}

/** `inWords`: some of several things failed, so that a mark alone would not say which were done. */
interface Telling {
  readonly secret: boolean;
  readonly inWords: boolean;
}

function words(outcome: Outcome, inbound: Inbound, telling: Telling, reading: Reading): readonly View[] {
  switch (outcome.was) {
    case 'refused':
      return [refused(outcome.refusal)];
    case 'shown':
      return outcome.views;
    case 'asked':
      return [];
    case 'done':
      return doneWords(outcome, inbound, telling, reading);
  }
}

/**
 * A slash command is confirmed in words; a press and a message are not, for the card or the mark shows it, but where a new
 * ticket is a secret there, and gets no card, where others of the same message failed, and where something was undone.
 */
function doneWords(
  outcome: Extract<Outcome, { was: 'done' }>,
  inbound: Inbound,
  telling: Telling,
  reading: Reading,
): readonly View[] {
  const { actor, ticket, changes, undone } = outcome;
  if (outcome.hint === 'resolve instead') {
    return [
      done(
        [ticketRef(ticket.id), ' was commented, not resolved.'],
        [button('Resolve instead', `resolve ${ticket.id}`, { right: 'ModifyTicket', style: 'primary' })],
      ),
    ];
  }
  const opens = changes.some(({ type }) => type === 'create');
  const inWords = inbound.kind === 'command' || inbound.kind === 'submit' || inbound.where.direct;
  if (!inWords && !telling.inWords && !(opens && telling.secret) && undone.length === 0) return [];
  const named = undone.length > 0 ? undone : changes;
  const lead = undone.length > 0 ? ' · undone: ' : ' · ';
  const what = named.flatMap((change, index) => [index === 0 ? lead : '; ', ...describe(change, actor, reading)]);
  return [
    done([ticketRef(ticket.id), ` ${ticket.subject}`, ...what], opens ? [button('Show', `show ${ticket.id}`)] : []),
  ];
}

/** The ticket that something was done to, and those that it names. */
function concerned(outcome: Outcome): readonly TicketId[] {
  if (outcome.was !== 'done') return [];
  return [outcome.ticket.id, ...outcome.changes.flatMap((change) => ('ticket' in change ? [change.ticket] : []))];
}

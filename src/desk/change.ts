import { randomUUID } from 'node:crypto';
import type { TypedCommand } from '../language/request.ts';
import { lastTransactions } from '../store/history.ts';
import { placeId } from '../store/places.ts';
import type { MessageKey, PlaceKey, Unit } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import type { Change, ChangeType, Transaction } from '../ticket/change.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import type { PersonId, TicketId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import { Draft, type Drafted } from './draft.ts';
import { decideFeed, type FeedChange } from './feed.ts';
import { finder } from './find.ts';
import type { Inbound } from './inbound.ts';
import { audienceOf, mayTalkOf, messageKey } from './look.ts';
import type { Outcome } from './outcome.ts';
import { resolveCommand, resolveNew } from './refs.ts';
import type { Situation } from './situation.ts';
import { sources } from './sources.ts';
import type { Wish } from './wish.ts';

/** The newest transactions of a ticket that `undo` is shown: more than one command ever makes. */
const undoDepth = 50;

export interface Task {
  readonly inbox: number;
  readonly inbound: Inbound;
  readonly situation: Situation;
  readonly speaker: Actor;
  readonly wishes: readonly Wish[];
}

interface Result {
  readonly of: Wish;
  readonly drafted: Drafted | FeedChange | Refusal;
}

/** Decides every wish that changes something; gives one unit for all of it, and what came of each. */
export async function decideWishes(desk: Desk, task: Task): Promise<{ outcomes: readonly Outcome[]; unit: Unit }> {
  const draft = new Draft(sources(desk), desk.policy, task.speaker, task.inbound.at);
  const results: Result[] = [];
  for (const of of task.wishes) {
    const fed = results.flatMap(({ drafted }) => ('write' in drafted ? [drafted.write] : []));
    if ('do' in of && (of.do === 'feed' || of.do === 'unfeed')) {
      results.push({ of, drafted: await decideFeed(desk, task.inbound, task.speaker, of, fed) });
    }
    for (const drafted of await decideWish(desk, task, draft, of)) results.push({ of, drafted });
  }
  return {
    outcomes: results.map((result) => outcome(result, task.speaker.person)),
    unit: unit(desk, task, draft, results),
  };
}

async function decideWish(desk: Desk, task: Task, draft: Draft, wish: Wish): Promise<readonly (Drafted | Refusal)[]> {
  if (isRefusal(wish)) return [wish];
  switch (wish.do) {
    case 'new': {
      const ticket = await resolveNew(wish.ticket, finder(desk, { where: task.inbound.where, speaker: task.speaker }));
      if (isRefusal(ticket)) return [ticket];
      const source = task.inbound.kind === 'message' ? ({ subjectSource: 'message' } as const) : {};
      return [await draft.open({ ...ticket, ...source, queue: ticket.queue ?? task.situation.queue })];
    }
    case 'take up':
      return [await draft.open(wish.ticket)];
    case 'amend':
      return [
        await draft.change(wish.of.ticket, {
          verb: 'amend',
          of: wish.of,
          author: wish.of.author,
          text: wish.text,
          subject: wish.subject,
        }),
      ];
    case 'change': {
      const drafted: (Drafted | Refusal)[] = [];
      for (const ticket of wish.tickets) drafted.push(await decideChange(desk, task, draft, ticket, wish.command));
      return drafted;
    }
    default:
      return []; // The rest only asks: ask.ts.
  }
}

async function decideChange(
  desk: Desk,
  task: Task,
  draft: Draft,
  ticket: TicketId,
  typed: TypedCommand,
): Promise<Drafted | Refusal> {
  const command = await resolveCommand(typed, {
    find: finder(desk, { where: task.inbound.where, speaker: task.speaker }),
    here: () => placeId(desk.store, task.inbound.where),
    last: async () => lastTransactions(desk.store, (await draft.ticket(ticket))?.id ?? ticket, undoDepth),
  });
  if (isRefusal(command)) return command;
  const drafted = await draft.change(ticket, command);
  return isRefusal(drafted) || command.verb !== 'undo'
    ? drafted
    : { ...drafted, undone: undone(drafted, command.last) };
}

/** What an undo undid, oldest first. */
function undone({ changes }: Drafted, last: readonly Transaction[]): readonly Change[] {
  const ids = new Set(changes.flatMap((change) => (change.type === 'undo' ? change.of : [])));
  return last.filter(({ id }) => ids.has(id)).map(({ change }) => change);
}

function outcome({ of, drafted }: Result, actor: PersonId): Outcome {
  if (isRefusal(drafted)) return { was: 'refused', refusal: drafted };
  if ('write' in drafted) return { was: 'shown', views: [drafted.view] };
  const hint = 'do' in of && of.do === 'change' ? of.hint : null;
  return { was: 'done', actor, ticket: drafted.ticket, changes: drafted.changes, undone: drafted.undone ?? [], hint };
}

function unit(desk: Desk, task: Task, draft: Draft, results: readonly Result[]): Unit {
  const { inbox, inbound, speaker } = task;
  const message = messageOf(inbound);
  const drafted = results.flatMap((result) => ('ticket' in result.drafted ? [result.drafted] : []));
  return {
    inbox,
    command: randomUUID(),
    actor: speaker.person,
    via: inbound.where.platform,
    at: inbound.at,
    tickets: draft.writes,
    taken:
      message === null
        ? []
        : drafted.flatMap((part) => taken(part, message, inbound.where.thread, task.situation.author)),
    conversations: drafted.flatMap(({ ticket, changes }) => {
      const place = changes.some(({ type }) => type === 'create') ? threadOf(task) : null;
      // On most platforms a thread is read by all who are there, whoever may see the ticket.
      if (place === null || !mayTalkOf(desk, task.situation.feeds, ticket.queue, place)) return [];
      return [{ ticket: ticket.id, place, audience: audienceOf(task.situation.feeds, ticket.queue) }];
    }),
    feeds: results.flatMap((result) => ('write' in result.drafted ? [result.drafted.write] : [])),
  };
}

/** The changes that hold what a message said: its edits and its deletion will amend them. */
const spoken: ReadonlySet<ChangeType> = new Set(['create', 'reply', 'comment']);

function taken(part: Drafted, message: MessageKey, thread: string | null, author: PersonId): Unit['taken'] {
  const index = part.changes.findIndex(({ type }) => spoken.has(type));
  return index < 0 ? [] : [{ ticket: part.ticket.id, change: part.first + index, message, thread, author }];
}

/** The message that an inbound is about, if a ticket can be made of it. */
function messageOf(inbound: Inbound): MessageKey | null {
  if (inbound.kind !== 'message' && inbound.kind !== 'reaction') return null;
  return messageKey(inbound.where, inbound.message);
}

/** The thread in which a new ticket is talked about: the one that its message stands in or begins. */
function threadOf({ inbound, situation }: Task): PlaceKey | null {
  if (inbound.kind !== 'message' && inbound.kind !== 'reaction') return null;
  if (situation.ticket !== null) return null;
  return { ...inbound.where, thread: inbound.where.thread ?? inbound.message };
}

import { formOf } from '../language/form.ts';
import type { Speaking } from '../language/request.ts';
import { TookTooLong } from '../store/pool.ts';
import type { Actor } from '../ticket/actor.ts';
import { say } from '../ticket/inline.ts';
import { isRefusal, noSuchTicket, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import { feedsView } from './feeds.ts';
import { fillForm } from './fill.ts';
import { helpNotice } from './help.ts';
import { historyView } from './history.ts';
import type { Inbound } from './inbound.ts';
import { listed } from './listed.ts';
import type { Outcome } from './outcome.ts';
import { remindersView } from './reminders.ts';
import { report } from './report.ts';
import { seenTicket, ticketCard } from './see.ts';
import type { View } from './view.ts';
import type { Wish } from './wish.ts';

interface Question {
  readonly inbound: Inbound;
  readonly speaker: Actor;
  readonly speaking: Speaking;
  readonly wishes: readonly Wish[];
}

/** Answers every wish that only asks, after those that change something are committed. */
export async function ask(desk: Desk, question: Question): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const wish of question.wishes) {
    if (isRefusal(wish)) continue;
    const outcome = await askOne(desk, question, wish).catch(stopped);
    if (outcome !== null) outcomes.push(isRefusal(outcome) ? { was: 'refused', refusal: outcome } : outcome);
  }
  return outcomes;
}

/** What took too long for somebody to wait for is refused; any other error is thrown on. */
function stopped(error: unknown): Refusal {
  if (!(error instanceof TookTooLong)) throw error;
  return refuse('too large', `${error.message} `, say('help search'), ' shows how to narrow it down.');
}

async function askOne(desk: Desk, question: Question, wish: Exclude<Wish, Refusal>): Promise<Outcome | Refusal | null> {
  const { speaker, speaking } = question;
  switch (wish.do) {
    case 'show':
      return shown(await ticketCard(desk, speaker, wish.ticket));
    case 'history':
      return showHistory(desk, speaker, wish);
    case 'list':
      return shown(await listed(desk, { where: question.inbound.where, speaker }, wish));
    case 'help':
      return shown(helpNotice(wish.topic));
    case 'form': {
      const form = await fillForm(desk, speaker, wish, { values: {}, errors: {} });
      return isRefusal(form) ? form : { was: 'asked', form };
    }
    case 'ask again': {
      const asked = formOf(wish.command, speaking);
      if (isRefusal(asked)) return asked;
      const form = await fillForm(desk, speaker, asked, { values: wish.answers, errors: wish.errors });
      return isRefusal(form) ? form : { was: 'asked', form };
    }
    case 'feeds':
      return shown(await feedsView(desk, speaker, question.inbound.where));
    case 'report':
      return shown(await report(desk, speaker, wish.name));
    case 'reminders':
      return shown(await remindersView(desk, speaker));
    default:
      return null; // The rest changes something: change.ts.
  }
}

function shown(view: View | Refusal): Outcome | Refusal {
  return isRefusal(view) ? view : { was: 'shown', views: [view] };
}

async function showHistory(
  desk: Desk,
  speaker: Actor,
  { ticket: id, page, originals = false }: Extract<Wish, { do: 'history' }>,
): Promise<Outcome | Refusal> {
  const ticket = await seenTicket(desk, speaker, id);
  if (ticket === null) return noSuchTicket(id);
  return shown(await historyView(desk, speaker, ticket, page, { originals }));
}

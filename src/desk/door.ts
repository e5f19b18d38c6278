import { concerns } from '../language/shorthand.ts';
import { alertAdministrators } from '../store/alerts.ts';
import { attachmentBytes } from '../store/attachments.ts';
import { mirrored } from '../store/groups.ts';
import { editedMessage } from '../store/inbox.ts';
import { resume } from '../store/parked.ts';
import { accountsIn } from '../store/people.ts';
import { recall, remember } from '../store/remembered.ts';
import { authorOf } from '../store/spoken.ts';
import { limits } from '../ticket/limits.ts';
import { refuse } from '../ticket/refusal.ts';
import { plain } from '../ticket/text.ts';
import { isUnderstood, mistakesIn } from './check-answers.ts';
import { clean } from './clean.ts';
import { suggestions } from './complete.ts';
import { conversationOf, mayBeBelowPost } from './conversation.ts';
import type { Desk } from './desk.ts';
import { home } from './home.ts';
import type { Door, Inbound } from './inbound.ts';
import { isIntake, takenAs } from './look.ts';
import { mirrorGroup, mirrorMembership } from './mirror.ts';
import { refused } from './notice.ts';
import type { Answer } from './outlet.ts';
import { rightsOfSender } from './see.ts';
import { cardFor, ticketAt } from './unfurl.ts';
import type { Workshop } from './workshop.ts';

/** The emoji that makes a ticket of a message. */
const ticketEmoji: ReadonlySet<string> = new Set(['🎫', '🎟️', '🎟']);

/** What the connectors may ask of the desk. */
export function openDoor(desk: Desk, workshop: Workshop): Door {
  return {
    receive: async (raw) => {
      const inbound = clean(raw);
      if (!(await concern(desk, workshop, inbound))) return 'ignored';
      if (lengthOf(inbound) > limits.body) {
        await desk.answer(inbound, tooLong());
        return 'refused';
      }
      // What somebody deleted must not stay, however busy they are.
      const waitMs = inbound.kind === 'deletion' ? 0 : desk.allowance.message(inbound);
      if (waitMs > 0) {
        await desk.answer(inbound, tooMany(desk, inbound, waitMs));
        return 'refused';
      }
      const { platform, workspace } = inbound.where;
      const kept = await desk.store.keep({ platform, workspace, event: inbound.event, payload: inbound });
      if (kept === null) return 'seen';
      workshop.add(kept, inbound);
      return 'kept';
    },
    complete: (who, line) => suggestions(desk, clean(who), clean(line)),
    rightsOn: (who, ticket) => rightsOfSender(desk, clean(who), ticket),
    home: (who) => home(desk, clean(who)),
    ticketAt: (url) => ticketAt(desk.ticketUrl, url),
    card: (who, where, ticket) => cardFor(desk, clean(who), where, ticket),
    groupsWanted: (where) => mirrored(desk.store, where),
    group: (where, id, members) => mirrorGroup(desk, where, id, members),
    member: (who, groups) => mirrorMembership(desk, clean(who), groups),
    accounts: (where, people) => accountsIn(desk.store, where, people),
    author: async (message) => {
      const { where, sender } = workshop.said(message) ?? {};
      if (where && sender) return { workspace: where.workspace, thread: where.thread, sender };
      const found = await authorOf(desk.store, message);
      if (found === null) return null;
      const { workspace, thread, id, name } = found;
      return { workspace, thread, sender: { id, name } };
    },
    edited: (edit) => editedMessage(desk.store, edit),
    mistakes: (submitted) => mistakesIn(desk, clean(submitted)),
    understands: (message) => isUnderstood(desk, clean(message)),
    file: (attachment) => attachmentBytes(desk.store, attachment),
    remember: (text) => remember(desk.store, clean(text)),
    recall: (key) => recall(desk.store, clean(key)),
    reachable: (where) => resume(desk.store, where),
    alert: async (alert) => void (await alertAdministrators(desk.store, alert)),
  };
}

/** Whether an inbound concerns Docket. Ordinary talk goes no further than here. */
async function concern(desk: Desk, workshop: Workshop, inbound: Inbound): Promise<boolean> {
  switch (inbound.kind) {
    case 'command':
    case 'press':
    case 'submit':
      return true;
    case 'reaction':
      return ticketEmoji.has(inbound.emoji);
    case 'edit':
    case 'deletion':
      // A message that is still being worked has not become a transaction yet.
      return (await workshop.holds(inbound)) || (await takenAs(desk, inbound)).length > 0;
    case 'message':
      if (inbound.where.direct || inbound.mentionsBot || concerns(inbound.text)) return true;
      if (inbound.where.thread === null && isIntake(desk.intakes, inbound.where)) return true;
      // What it is said below may be about to become a ticket, or to be known as a card.
      if ((await workshop.holds(inbound)) || (await mayBeBelowPost(desk, inbound))) return true;
      return (await conversationOf(desk, inbound)) !== null;
  }
}

/** Characters of the longest text in an inbound. */
function lengthOf(inbound: Inbound): number {
  switch (inbound.kind) {
    case 'message':
    case 'reaction':
    case 'edit':
      return plain(inbound.text).length;
    case 'command':
      return inbound.line.length;
    case 'press':
      return inbound.command.length;
    case 'submit':
      return Math.max(inbound.command.length, ...Object.values(inbound.answers).map(({ length }) => length));
    case 'deletion':
      return 0;
  }
}

function tooLong(): Answer {
  return notTaken(
    `That is longer than ${limits.body} characters, and nothing of it was taken. Send it as a file, or in parts.`,
  );
}

/** What is one too many. Who sends many gets the reason once in a while, and the mark on each. */
function tooMany(desk: Desk, inbound: Inbound, waitMs: number): Answer {
  const marked = inbound.kind === 'message' || inbound.kind === 'reaction';
  if (marked && !desk.allowance.explains(inbound)) return { ...notTaken(''), views: [] };
  const { messagesPerMinute } = desk.allowance.limits;
  return notTaken(
    `Docket takes ${messagesPerMinute} messages a minute from one person. This one was not taken: ` +
      `send it again in ${Math.ceil(waitMs / 1000)} s.`,
    'too many',
  );
}

function notTaken(why: string, code: 'too large' | 'too many' = 'too large'): Answer {
  return { reaction: '❓', audience: 'author', views: [refused(refuse(code, why))], form: null, tickets: [] };
}

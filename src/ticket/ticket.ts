import type { FieldValue } from './field.ts';

/** A ticket's number: `#123`. */
export type TicketId = number;
/** A person's number. */
export type PersonId = number;
/** A moment: ISO 8601 in UTC with milliseconds (`2026-12-01T14:00:00.000Z`), so that instants compare as strings. */
export type Instant = string;

/** The watcher roles of RT. The owner is the fourth role; it has one holder at most, so it is a field of its own. */
export const watcherRoles = ['requestor', 'cc', 'admincc'] as const;
export type WatcherRole = (typeof watcherRoles)[number];

/**
 * How one ticket stands to another, seen from the ticket that holds the link (RT's link types).
 * Each kind has its other end, which `inverse` in link.ts names.
 */
export const linkKinds = [
  'depends on',
  'depended on by',
  'refers to',
  'referred to by',
  'member of',
  'has member',
] as const;
export type LinkKind = (typeof linkKinds)[number];

export interface Link {
  readonly kind: LinkKind;
  readonly ticket: TicketId;
}

/** Who is to be reminded: a person, everyone in a group, or a place (by the number of its row). */
export type ReminderTarget =
  | { readonly to: 'person'; readonly person: PersonId }
  | { readonly to: 'group'; readonly group: string }
  | { readonly to: 'place'; readonly place: number };

/** A time and a text on a ticket. `wakes` marks the alarm of `stall until`: when it rings, the ticket opens again. */
export interface Reminder {
  /** Counts up within its ticket, from 1. */
  readonly id: number;
  readonly at: Instant;
  readonly text: string;
  readonly target: ReminderTarget;
  readonly by: PersonId;
  readonly wakes: boolean;
  /** `waiting` for its time; `rung`: its person was told; `done`: finished with or taken back. */
  readonly state: 'waiting' | 'rung' | 'done';
}

export type SubjectSource = 'message' | 'person';

/** The state of one ticket: what its transactions add up to. */
export interface Ticket {
  readonly id: TicketId;
  /** Counts the commits that touched this ticket. The store refuses a commit decided on an older version. */
  readonly version: number;
  readonly queue: string;
  readonly subject: string;
  /** `message`: taken from the message that opened the ticket, whose edits and deletion it follows until a person sets it. */
  readonly subjectSource: SubjectSource;
  readonly status: string;
  /** 0 to 100; higher is more urgent (RFC 1297, RT). */
  readonly priority: number;
  /** `null` is RT's `nobody`. */
  readonly owner: PersonId | null;
  readonly requestors: readonly PersonId[];
  readonly ccs: readonly PersonId[];
  readonly adminccs: readonly PersonId[];
  readonly due: Instant | null;
  /** RFC 1297's "next action": what is to be done next. Empty when nothing is written down. */
  readonly next: string;
  /** The text of the last resolve, while the ticket is inactive; else empty. */
  readonly resolution: string;
  /** Minutes of work recorded. */
  readonly timeWorked: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly Link[];
  readonly reminders: readonly Reminder[];
  /** The ticket that this one was merged into; it then only forwards. */
  readonly mergedInto: TicketId | null;
  readonly created: Instant;
  /** When the ticket last left its initial statuses for an active one. */
  readonly started: Instant | null;
  /** When it last became inactive; null while it is not. */
  readonly resolved: Instant | null;
  /** When a requestor was last told something by a reply. */
  readonly told: Instant | null;
  readonly updated: Instant;
  /** When something last changed that is not for staff only: all that others may know of `updated`. */
  readonly publicUpdated: Instant;
}

/** The holders of a role on a ticket. */
export function watchers(ticket: Ticket, role: WatcherRole): readonly PersonId[] {
  switch (role) {
    case 'requestor':
      return ticket.requestors;
    case 'cc':
      return ticket.ccs;
    case 'admincc':
      return ticket.adminccs;
  }
}

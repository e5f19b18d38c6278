import type { FieldDefinition } from './field.ts';

/** Where a status stands in a ticket's life (RT's lifecycle sections). */
export type StatusKind = 'initial' | 'active' | 'inactive';

/** One allowed move between two statuses, and the right that it takes. `*` stands for any status. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly right: Right;
}

/** The statuses a queue's tickets go through, and the allowed moves between them. */
export interface Lifecycle {
  readonly name: string;
  /** In the order in which they are shown. */
  readonly statuses: readonly { readonly name: string; readonly kind: StatusKind }[];
  /** The status of a new ticket: the first initial one. */
  readonly initial: string;
  readonly moves: readonly Move[];
  /** Which status each verb of the grammar leads to. A verb without one is refused in this lifecycle. */
  readonly verbs: Readonly<Partial<Record<StatusVerb, string>>>;
}

export const statusVerbs = ['open', 'stall', 'resolve', 'reject', 'reopen', 'delete'] as const;
export type StatusVerb = (typeof statusVerbs)[number];

/** RT's names of rights, and what each allows. One table: configuration, help and checks all read it. */
export const rights = {
  SeeQueue: 'see that the queue exists, and its name in lists and menus',
  CreateTicket: 'open tickets in the queue',
  ShowTicket: 'see tickets: subject, status, replies',
  ShowTicketComments: 'see comments and everything else that only staff see',
  ReplyToTicket: 'write replies, which the requestor sees',
  CommentOnTicket: 'write comments, which only staff see',
  OwnTicket: 'be the owner of tickets, and take those that nobody owns',
  StealTicket: "take over another person's ticket",
  ReassignTicket: "give away another person's ticket",
  ModifyTicket: 'change subject, priority, status, due date, fields, links, people, time worked',
  DeleteTicket: 'delete tickets',
  Watch: 'become cc of a ticket',
  WatchAsAdminCc: 'become admincc of a ticket',
  AdminQueue: "change the queue's feeds",
} as const;
export type Right = keyof typeof rights;

/** A queue: where tickets of one kind live. */
export interface Queue {
  readonly name: string;
  readonly description: string;
  readonly lifecycle: string;
  /** What a ticket opened without a priority gets. 0 to 100. */
  readonly priority: number;
  /** Minutes after which a new ticket is due; null: none. */
  readonly dueIn: number | null;
  readonly fields: readonly FieldDefinition[];
  /** Texts that are often written, by their names: completion offers them to those who work here. */
  readonly texts: Readonly<Record<string, string>>;
  /** Rights by holder: `everyone`, a role (`requestor`, `owner`, `cc`, `admincc`), or the name of a group. */
  readonly rights: Readonly<Record<string, readonly Right[]>>;
}

/** All that the configuration says about tickets. */
export interface Policy {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly lifecycles: ReadonlyMap<string, Lifecycle>;
  /** Where a ticket goes when nobody says where. */
  readonly defaultQueue: string;
}

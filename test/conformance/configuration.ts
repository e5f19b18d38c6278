import type { Channel, Platform } from './user.ts';

/**
 * The docket.yaml of the scenarios, on one platform or on several at once. Ada and Bo are operators, Sue is their supervisor and alone knows of the private
 * queue, Rita and Rob ask for things.
 */
export function configuration(...platforms: readonly Pick<Platform, 'place' | 'account' | 'settings'>[]): string {
  const known = (handle: string) => `accounts: [${platforms.flatMap(({ account }) => account(handle) ?? []).join()}]`;
  const places = (channel: Channel) => platforms.map(({ place }) => `"${place(channel)}"`).join();
  const feeds = (channel: Channel) =>
    platforms.map(({ place }) => `{ place: "${place(channel)}", audience: staff }`).join();
  return `
sample: true
zone: Europe/Berlin
limits: { messages per minute: 100000, tickets per hour: 100000 }
people:
  admin: { name: Alex Admin, administrator: true, ${known('admin')} }
  ada: { name: Ada Okafor, ${known('ada')} }
  bo: { name: Bo Lindqvist, ${known('bo')} }
  sue: { name: Sue Tanaka, ${known('sue')} }
  rita: { name: Rita Gomez, zone: America/New_York, ${known('rita')} }
  rob: { name: Rob Weiss, ${known('rob')} }
groups:
  operators: [ada, bo]
  supervisors: [sue]
  staff: [operators, supervisors]
  security: [supervisors]
rights:
  ask: [SeeQueue, CreateTicket]
  follow: [ShowTicket, ReplyToTicket]
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, StealTicket,
    ModifyTicket, Watch, WatchAsAdminCc]
  supervise: [ReassignTicket, DeleteTicket, AdminQueue]
queues:
  helpdesk:
    priority: 20
    rights: &open { everyone: [ask], requestor: [follow], cc: [follow], staff: [work], supervisors: [supervise] }
    intake: [${places('helpdesk')}]
  noc:
    priority: 50
    rights: *open
    feeds: [${feeds('noc')}]
    fields:
      site: { type: choice, values: [FRA, LAX] }
      customers: { type: number, min: 0 }
  works:
    lifecycle: change
    rights: *open
    feeds: [${feeds('noc')}]
    fields:
      cause: { type: text, required to resolve: true }
  security:
    priority: 80
    rights: { security: [work, supervise] }
    feeds: [${feeds('security')}]
default queue: helpdesk
lifecycles:
  change:
    statuses: { proposed: initial, approved: active, done: inactive }
    moves:
      proposed: { approved: ReassignTicket }
      approved: { done: ModifyTicket }
    verbs: { open: approved, resolve: done }
${platforms.map(({ settings }) => settings).join('')}`;
}

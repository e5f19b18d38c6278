import type { Json } from './shapes.ts';

/** Discord says no (docs.discord.com/developers/topics/opcodes-and-status-codes). */
export class Refusal extends Error {
  /** @param more what the answer holds beside `message` and `code` */
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly more: Json = {},
  ) {
    super(message);
  }
}

/** What stood in a request where it should not: the path to it (`embeds`, 0, `title`), Discord's code, and the words. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

export function fault(path: Fault['path'], code: string, message: string): Fault {
  return { path, code, message };
}

/** 50035, with a tree of what was wrong where. */
export function invalidForm(faults: readonly Fault[]): Refusal {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of faults) {
    let at = errors;
    for (const step of path) {
      const below = at[step] ?? {};
      at[step] = below;
      at = below as Record<string, unknown>;
    }
    const others = Array.isArray(at['_errors']) ? at['_errors'] : [];
    at['_errors'] = [...others, { code, message }];
  }
  return new Refusal(400, 50035, 'Invalid Form Body', { errors });
}

/** @throws Refusal 50035 where anything is wrong */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw invalidForm(faults);
}

export const refusals = {
  unauthorized: () => new Refusal(401, 0, '401: Unauthorized'),
  notFound: () => new Refusal(404, 0, '404: Not Found'),
  notAllowed: () => new Refusal(405, 0, '405: Method Not Allowed'),
  unknownChannel: () => new Refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new Refusal(404, 10004, 'Unknown Guild'),
  unknownMember: () => new Refusal(404, 10007, 'Unknown Member'),
  unknownMessage: () => new Refusal(404, 10008, 'Unknown Message'),
  unknownRole: () => new Refusal(404, 10011, 'Unknown Role'),
  unknownUser: () => new Refusal(404, 10013, 'Unknown User'),
  unknownEmoji: () => new Refusal(400, 10014, 'Unknown Emoji'),
  unknownWebhook: () => new Refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new Refusal(404, 10063, 'Unknown application command'),
  acknowledged: () => new Refusal(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new Refusal(403, 50001, 'Missing Access'),
  notOnDirect: () => new Refusal(403, 50003, 'Cannot execute action on a DM channel'),
  notTheAuthor: () => new Refusal(403, 50005, 'Cannot edit a message authored by another user'),
  empty: () => new Refusal(400, 50006, 'Cannot send an empty message'),
  directClosed: () => new Refusal(403, 50007, 'Cannot send messages to this user'),
  notJson: () => new Refusal(400, 50109, 'The request body contains invalid JSON.'),
  notInThis: () => new Refusal(400, 50008, 'Cannot send messages in a non-text channel'),
  missingPermissions: () => new Refusal(403, 50013, 'Missing Permissions'),
  systemMessage: () => new Refusal(403, 50021, 'Cannot execute action on a system message'),
  wrongChannelType: () => new Refusal(400, 50024, 'Cannot execute action on this channel type'),
  expiredToken: () => new Refusal(401, 50027, 'Invalid Webhook Token'),
  archived: () => new Refusal(400, 50083, 'Thread is archived'),
  noMutualGuilds: () => new Refusal(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  hasThread: () => new Refusal(400, 160004, 'A thread has already been created for this message'),
  locked: () => new Refusal(400, 160005, 'Thread is locked'),
} as const;

import { z } from 'zod';
import { type Right, rights, statusVerbs } from '../ticket/policy.ts';

/** Names that are typed in commands: small letters, digits, `-` and `_`. */
const name = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'a name has small letters, digits, - and _, 40 at most');

const zone = z.string().refine(isZone, 'this is no time zone; an example is Europe/Berlin');

const right = z.enum(Object.keys(rights) as [Right, ...Right[]]);

/** `30m`, `4h`, `2d`. */
const span = z.string().regex(/^\d{1,5}(m|h|d)$/, 'a span is a number with m, h or d, such as 4h');

/** `console:#noc`, `slack:T123/C456`. */
const place = z
  .string()
  .regex(
    /^(console:#[a-z0-9_-]+|[a-z]+:[^/\s]+\/\S+)$/,
    'a place is written console:#CHANNEL or PLATFORM:WORKSPACE/CHANNEL',
  );

const person = z
  .strictObject({
    name: z.string().min(1).max(100).describe('How the person is called.'),
    about: z.string().max(60).default('').describe('What they are, in a word or two.'),
    mail: z.email('this is no mail address').nullable().default(null),
    zone: zone.optional().describe('The time zone in which their times are read and shown.'),
    administrator: z.boolean().default(false).describe('May do everything, and gets the first sign-in link.'),
  })
  .describe('A person, by the name that @NAME names.');

const field = z.strictObject({
  type: z.enum(['text', 'number', 'yesno', 'date', 'choice', 'choices', 'address']),
  values: z.array(z.string().min(1).max(100)).max(200).default([]).describe('What choice and choices may take.'),
  pattern: z.string().max(200).nullable().default(null).refine(isPattern, 'this is no regular expression'),
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  'required to resolve': z.boolean().default(false),
});

const feed = z.strictObject({
  place,
  staff: z.boolean().default(false).describe('Everyone who reads there is staff, and may see comments.'),
  search: z.string().max(500).default('').describe('Only tickets that this search finds.'),
});

const queue = z
  .strictObject({
    description: z.string().max(200).default(''),
    lifecycle: name.default('default'),
    priority: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe('Of a ticket that is opened without one. Higher is more urgent.'),
    'due in': span.nullable().default(null).describe('When a new ticket is due.'),
    rights: z
      .record(name, z.array(right))
      .default({})
      .describe('Who may do what: everyone, a role (requestor, owner, cc, admincc) or a group.'),
    fields: z.record(z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u), field).default({}),
    intake: z.array(place).default([]).describe('Channels in which each message becomes a ticket.'),
    feeds: z.array(feed).default([]).describe('Channels that are told what happens in the queue.'),
  })
  .describe('A queue: where tickets of one kind live.');

const lifecycle = z
  .strictObject({
    initial: z.array(name).min(1),
    active: z.array(name).min(1),
    inactive: z.array(name).min(1),
    moves: z.array(z.strictObject({ from: z.string(), to: z.string(), right: right.default('ModifyTicket') })).min(1),
    verbs: z.partialRecord(z.enum(statusVerbs), name).default({}),
  })
  .describe('The statuses that tickets of a queue go through, and the moves between them; * stands for any status.');

/** What docket.yaml may hold. */
export const schema = z
  .strictObject({
    sample: z
      .boolean()
      .default(false)
      .describe('The people are made up: on loopback, anyone may sit in as any of them.'),
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null)
      .describe('The address by which people know the pages.'),
    zone: zone.default('UTC').describe('The time zone of those who have none of their own.'),
    people: z.record(name, person).default({}),
    groups: z.record(name, z.array(name)).default({}).describe('Groups: people, and other groups.'),
    lifecycles: z.record(name, lifecycle).default({}),
    queues: z.record(name, queue),
    'default queue': name
      .optional()
      .describe('Where a ticket goes when nobody says where. The first queue, if not set.'),
    channels: z
      .record(
        name,
        z.strictObject({ description: z.string().max(200).default(''), members: z.array(name).default(['everyone']) }),
      )
      .default({})
      .describe('The channels of the built-in console.'),
  })
  .describe('The configuration of Docket.');

export type Written = z.infer<typeof schema>;

function isZone(written: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: written });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isPattern(written: string | null): boolean {
  if (written === null) return true;
  try {
    new RegExp(`^(?:${written})$`, 'u');
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

import { z } from 'zod';
import { usualLimits } from '../desk/allowance.ts';
import { limits } from '../ticket/limits.ts';
import { type Right, rights, statusVerbs } from '../ticket/policy.ts';
import { unknown } from './mistake.ts';

/**
 * What docket.yaml may look like. Names that have to exist elsewhere in the file are plain text here; `check.ts` follows
 * them. `describe` is what an editor shows beside a key.
 */

const line = z
  .string()
  .regex(/^\P{Cc}*$/u, 'must be one line')
  .max(500);
const name = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, {
  error: 'is no name: small letters, digits, `-` and `_`, a letter first, 40 at most',
});
const handle = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, {
  error: 'is no name for a person: small letters, digits, `.`, `-` and `_`, 40 at most',
});
const reference = z.string();
const rightNames = Object.keys(rights) as [Right, ...Right[]];
/** Any text for zod, so that a mistyped right is told with its neighbours; the editor offers the real ones. */
const rightOrSet = z.string().meta({ anyOf: [{ enum: rightNames }, { pattern: '^[a-z]' }] });
const right = oneOf('right', rightNames);

const person = z
  .strictObject({
    name: line.min(1).describe('The name that others read.'),
    mail: z.email({ error: 'is no mail address' }).optional(),
    zone: reference
      .optional()
      .describe(
        'IANA zone, such as Europe/Berlin. Without it: the one that Slack tells of them, else the zone at the top of the file.',
      ),
    about: line.default('').describe('What they are, in a word: operator. Shown in the menu of a sample.'),
    administrator: z.boolean().default(false).describe('May do everything everywhere.'),
    accounts: z
      .array(z.string())
      .default([])
      .describe("Who they are on platforms, by the platforms' own ids: slack:TEAM/USER, discord:GUILD/USER."),
  })
  .describe('A person. The key is what @ names.');

const lifecycle = z
  .strictObject({
    statuses: z
      .record(name, oneOf('kind of status', ['initial', 'active', 'inactive']))
      .describe(
        'Each status and its kind, in the order in which they are shown. A new ticket gets the first initial one.',
      ),
    moves: z
      .record(reference, z.record(reference, right))
      .describe(
        'From which status to which, with the right that it takes. * is any status; the first that fits counts.',
      ),
    verbs: z
      .partialRecord(z.enum(statusVerbs), reference)
      .default({})
      .describe('Where each verb leads to. A verb that is not here is refused.'),
  })
  .describe('The statuses of tickets and the allowed moves between them.');

const field = z
  .strictObject({
    type: oneOf('type of field', ['text', 'number', 'yesno', 'date', 'choice', 'choices', 'address']),
    values: z.array(line.min(1)).min(1).optional().describe('For choice and choices: what can be chosen.'),
    pattern: z
      .string()
      .max(500)
      .optional()
      .describe(
        'For text: a regular expression that the whole value must match, without look-ahead and back-references.',
      ),
    min: z.number().optional().describe('For number: the least.'),
    max: z.number().optional().describe('For number: the most.'),
    'required to resolve': z.boolean().default(false).describe('A ticket cannot be resolved while this is empty.'),
  })
  .describe('A custom field, set with: set 123 FIELD=VALUE.');

const place = z.string().describe('console:#CHANNEL, or PLATFORM:WORKSPACE/CHANNEL by the ids of the platform.');

const feed = z.strictObject({
  place,
  audience: oneOf('audience', ['staff', 'requestor'])
    .default('requestor')
    .describe('staff: also comments, and everything else that requestors do not see.'),
  search: z.string().optional().describe('Only tickets that this search finds: priority>=50'),
});

const queue = z
  .strictObject({
    description: line.default('').describe('What belongs here, in a line.'),
    lifecycle: reference.default('default'),
    priority: z.int().min(0).max(limits.priority).default(0).describe('Of a ticket that is opened without one.'),
    'due in': z
      .string()
      .regex(/^[1-9]\d{0,3}[mhdw]$/, { error: 'is no length of time: a number and m, h, d or w, such as 2d' })
      .optional()
      .describe('How long after it was opened a ticket is due: 4h, 2d.'),
    rights: z
      .record(reference, z.array(rightOrSet))
      .describe(
        'Who may do what. Keys are everyone, requestor, owner, cc, admincc, a group, or all of a workspace: discord:1234.',
      ),
    intake: z.array(place).default([]).describe('Channels in which each message becomes a ticket of this queue.'),
    feeds: z.array(feed).default([]).describe('Channels that are told what happens in this queue.'),
    fields: z.record(name, field).default({}),
    texts: z
      .record(line.min(1).max(80), z.string().min(1).max(limits.body))
      .default({})
      .describe('Texts that are often written, by their names: offered after reply 123 and comment 123.'),
  })
  .describe('Where tickets of one kind live.');

const channel = z.strictObject({
  topic: line.default(''),
  members: z.array(reference).min(1).describe('Groups, or everyone.'),
});

export const fileSchema = z
  .strictObject({
    sample: z
      .boolean()
      .default(false)
      .describe('A try-out: its people may be sat in as without signing in, while Docket is bound to loopback.'),
    zone: reference.default('UTC').describe('IANA zone of people who have none of their own.'),
    web: z
      .strictObject({
        url: z
          .url({ protocol: /^https?$/, error: 'is no web address: https://desk.example.org' })
          .refine((url) => !/^https?:\/\/[^/]*@/i.test(url), {
            error: 'has a password in it. Secrets do not belong in this file',
          })
          .optional()
          .describe('The address people open Docket by. Links in messages begin with it.'),
      })
      .default({}),
    people: z.record(handle, person).default({}),
    groups: z
      .record(name, z.array(reference))
      .default({})
      .describe(
        'Sets of people, of other groups, and of groups of a platform: slack:TEAM/USERGROUP, discord:GUILD/ROLE.',
      ),
    rights: z
      .record(name, z.array(right))
      .default({})
      .describe('Sets of rights under a name, to be given together in the rights of queues.'),
    lifecycles: z.record(name, lifecycle).default({}).describe('Besides default, which is built in.'),
    queues: z.record(name, queue).default({}),
    'default queue': reference
      .optional()
      .describe('Where a ticket goes when nobody says where. Without it: the first.'),
    limits: z
      .strictObject({
        'messages per minute': z
          .int()
          .min(1)
          .max(100_000)
          .default(usualLimits.messagesPerMinute)
          .describe('Messages, commands, buttons and forms that Docket takes from one person.'),
        'tickets per hour': z
          .int()
          .min(1)
          .max(100_000)
          .default(usualLimits.ticketsPerHour)
          .describe('Tickets that one person, or one bot, may open.'),
        'megabytes per day': z
          .int()
          .min(1)
          .max(1_000_000)
          .default(usualLimits.uploadsPerDay / 1_000_000)
          .describe('Files that one person may attach.'),
        'open pages': z
          .int()
          .min(1)
          .max(1_000)
          .default(usualLimits.openPages)
          .describe('Pages of the console that are kept up to date for one person at a time.'),
      })
      .prefault({})
      .describe('How much one person may do. Requests beyond these limits are refused with a message.'),
    console: z
      .strictObject({ channels: z.record(name, channel).default({}) })
      .default({ channels: {} })
      .describe('The chat that is built in.'),
  })
  .meta({ title: 'docket.yaml', description: 'The configuration of Docket.' });

/** The file as it is written, defaults filled in. */
export type ConfigFile = z.output<typeof fileSchema>;

/** The JSON Schema by which an editor completes and checks docket.yaml. */
export function editorSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(fileSchema, { io: 'input' });
}

/** One of these words; another one is told with its nearest neighbour. */
function oneOf<const W extends string>(what: string, words: readonly W[]) {
  return z.enum(words, {
    error: ({ input }) => (typeof input === 'string' ? unknown(what, input, words) : undefined),
  });
}

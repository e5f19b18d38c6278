/** How much the core takes of anything. What comes in is checked at the door too; these hold for every way in. */
export const limits = {
  /** Characters of a subject: one line. */
  subject: 200,
  /** Characters of a reply, a comment or a first message, without markup. */
  body: 100_000,
  /** Characters of the next action and of a reminder: a line or two. */
  note: 500,
  /** Characters of a custom field's value. */
  field: 1_000,
  /** Files of one message. */
  attachments: 20,
  /** Bytes of a file that is copied from a platform. */
  file: 50_000_000,
  /** Minutes in one record of time worked: a week. */
  minutes: 7 * 24 * 60,
  /** Priorities run from 0 to this; higher is more urgent (RFC 1297, RT). */
  priority: 100,
  /** Reminders of one ticket that wait for their time. */
  reminders: 100,
  links: 500,
  /** People in one role of a ticket. */
  watchers: 200,
  /** The last moment that a date may name. Instants compare as strings, which needs years of four digits. */
  latest: '9999-12-31T23:59:59.999Z',
} as const;

import { flag } from './flags.ts';
import { type Fault, fault } from './refusal.ts';
import { type Json, recordOf, recordsOf, textOf } from './shapes.ts';

/** Characters in the parts of an embed (docs.discord.com/developers/resources/message#embed-object-embed-limits). */
const inEmbed = {
  title: 256,
  description: 4_096,
  fieldName: 256,
  fieldValue: 1_024,
  footer: 2_048,
  author: 256,
} as const;

const most = { content: 2_000, embeds: 10, fields: 25, inAllEmbeds: 6_000, nonce: 25 } as const;

/** What of a message breaks one of Discord's limits. */
export function contentFaults(body: Json, flags: number): Fault[] {
  const { content, embeds, nonce } = body;
  const isV2 = (flags & flag.v2) !== 0;
  const told = recordsOf(embeds);
  return [
    ...tooLong(['content'], textOf(content), most.content),
    ...tooMany(['embeds'], told, most.embeds),
    ...told.flatMap((embed, at) => embedFaults(['embeds', at], embed)),
    ...(told.map(lengthOf).reduce((all, length) => all + length, 0) > most.inAllEmbeds
      ? [fault(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${most.inAllEmbeds}`)]
      : []),
    ...(typeof nonce === 'string' ? tooLong(['nonce'], nonce, most.nonce) : []),
    ...(isV2 ? legacyFaults(body) : []),
    ...mentionFaults(recordOf(body['allowed_mentions'])),
  ];
}

function embedFaults(path: readonly (string | number)[], embed: Json): Fault[] {
  const fields = recordsOf(embed['fields']);
  return [
    ...tooLong([...path, 'title'], textOf(embed['title']), inEmbed.title),
    ...tooLong([...path, 'description'], textOf(embed['description']), inEmbed.description),
    ...tooLong([...path, 'footer', 'text'], textOf(recordOf(embed['footer'])['text']), inEmbed.footer),
    ...tooLong([...path, 'author', 'name'], textOf(recordOf(embed['author'])['name']), inEmbed.author),
    ...tooMany([...path, 'fields'], fields, most.fields),
    ...fields.flatMap((field, at) => [
      ...required([...path, 'fields', at, 'name'], field['name']),
      ...required([...path, 'fields', at, 'value'], field['value']),
      ...tooLong([...path, 'fields', at, 'name'], textOf(field['name']), inEmbed.fieldName),
      ...tooLong([...path, 'fields', at, 'value'], textOf(field['value']), inEmbed.fieldValue),
    ]),
    ...(lengthOf(embed) === 0 && embed['image'] === undefined && embed['thumbnail'] === undefined
      ? [fault([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')]
      : []),
  ];
}

/** The characters of an embed that count: of all embeds of a message together. */
function lengthOf(embed: Json): number {
  const texts = [
    ...[embed['title'], embed['description'], recordOf(embed['footer'])['text'], recordOf(embed['author'])['name']],
    ...recordsOf(embed['fields']).flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce<number>((all, text) => all + textOf(text).length, 0);
}

/** A message of components has no other content. */
function legacyFaults(body: Json): Fault[] {
  const used = ['content', 'embeds', 'poll', 'sticker_ids'].filter((name) => {
    const value = body[name];
    return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  return used.map((name) =>
    fault(
      [name],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    ),
  );
}

/** All users, and these users, cannot be meant at once. */
function mentionFaults({ parse, users, roles }: Json): Fault[] {
  const all = Array.isArray(parse) ? parse : [];
  const exclusive = ([name, ids]: readonly [string, unknown]) =>
    all.includes(name) && Array.isArray(ids) && ids.length > 0
      ? [
          fault(
            ['allowed_mentions'],
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`,
          ),
        ]
      : [];
  return [...exclusive(['users', users]), ...exclusive(['roles', roles])];
}

export function tooLong(path: Fault['path'], text: string, longest: number): Fault[] {
  return text.length <= longest ? [] : [fault(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${longest} or fewer in length.`)];
}

/** @param least characters */
export function wrongLength(path: Fault['path'], text: string, least: number, longest: number): Fault[] {
  if (text.length >= least && text.length <= longest) return [];
  return [fault(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${longest} in length.`)];
}

export function tooMany(path: Fault['path'], items: readonly unknown[], number: number): Fault[] {
  return tooLong(path, 'x'.repeat(items.length), number);
}

export function required(path: Fault['path'], value: unknown): Fault[] {
  return value === undefined || value === null || value === ''
    ? [fault(path, 'BASE_TYPE_REQUIRED', 'This field is required')]
    : [];
}

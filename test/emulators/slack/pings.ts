import { type Json, type Message, recordOf, textOf } from './shapes.ts';

/** Who is called by a message: user ids, `subteam^S1`, `here`, `channel` and `everyone`. */
export function pingsIn({ text, blocks, attachments }: Message): readonly string[] {
  return [...pingsInText(text), ...pingsInside(blocks), ...pingsInside(attachments)];
}

function pingsInText(text: string): readonly string[] {
  return [...text.matchAll(/<(?:@|!)([^|>]+)/g)].flatMap(([, called = '']) =>
    called.startsWith('date^') ? [] : called,
  );
}

function pingsInside(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(pingsInside);
  const thing = recordOf(value);
  return [...pingsBy(thing), ...Object.values(thing).flatMap(pingsInside)];
}

function pingsBy(thing: Json): readonly string[] {
  switch (thing['type']) {
    case 'mrkdwn':
      return pingsInText(textOf(thing['text']));
    case 'user':
      return [textOf(thing['user_id'])];
    case 'usergroup':
      return [`subteam^${textOf(thing['usergroup_id'])}`];
    case 'broadcast':
      return [textOf(thing['range'])];
    default:
      return [];
  }
}

import { componentFaults } from './component-limits.ts';
import type { Core } from './core.ts';
import { flag } from './flags.ts';
import { contentFaults } from './message-limits.ts';
import { refusals, refuseFaults } from './refusal.ts';
import type { Upload } from './request.ts';
import { type Content, type Json, recordsOf, textOf } from './shapes.ts';
import { attachmentsOf } from './uploads.ts';

/**
 * What a message is to say, by a request that posts it.
 *
 * @throws Refusal 50006 where it says nothing, 50035 where it breaks one of Discord's limits
 */
export function newContent(core: Core, body: Json, files: readonly Upload[]): Content {
  const flags = Number(body['flags'] ?? 0);
  refuseFaults([...contentFaults(body, flags), ...componentFaults(body['components'], flags)]);
  const made: Content = {
    content: textOf(body['content']),
    embeds: recordsOf(body['embeds']).map(embedJson),
    components: numbered(recordsOf(body['components'])),
    attachments: attachmentsOf(core, body, files, []),
    flags: flags & (flag.suppressEmbeds | flag.ephemeral | flag.silent | flag.v2),
  };
  if (isEmpty(made)) throw refusals.empty();
  return made;
}

/**
 * What a message says after a request that edits it: what is left out stays as it was.
 *
 * @throws Refusal 50006, 50035
 */
export function editedContent(core: Core, before: Content, body: Json, files: readonly Upload[]): Content {
  const asked = Number(body['flags'] ?? before.flags);
  // What is made of components stays so.
  const flags = (before.flags & (flag.ephemeral | flag.v2)) | (asked & (flag.suppressEmbeds | flag.v2));
  refuseFaults([...contentFaults(body, flags), ...componentFaults(body['components'], flags)]);
  const made: Content = {
    content: body['content'] === undefined ? before.content : textOf(body['content']),
    embeds: body['embeds'] === undefined ? before.embeds : recordsOf(body['embeds']).map(embedJson),
    components: body['components'] === undefined ? before.components : numbered(recordsOf(body['components'])),
    attachments: attachmentsOf(core, body, files, before.attachments),
    flags,
  };
  if (isEmpty(made)) throw refusals.empty();
  return made;
}

/** @param content an empty one is told from a text of blanks: Discord takes neither */
function isEmpty({ content, embeds, components, attachments, flags }: Content): boolean {
  const legacy = content.trim() === '' && embeds.length === 0 && attachments.length === 0;
  return (flags & flag.v2) !== 0 ? components.length === 0 : legacy && components.length === 0;
}

function embedJson(embed: Json): Json {
  return { type: 'rich', ...embed };
}

/** Components with the numbers that Discord gives to those that came without one. */
function numbered(components: readonly Json[]): readonly Json[] {
  let last = 0;
  const each = (component: Json): Json => {
    last += 1;
    const id = component['id'] ?? last;
    const inner = component['components'];
    const accessory = component['accessory'];
    return {
      ...{ ...component, id },
      ...(Array.isArray(inner) ? { components: recordsOf(inner).map(each) } : {}),
      ...(accessory === undefined ? {} : { accessory: each(accessory as Json) }),
    };
  };
  return components.map(each);
}

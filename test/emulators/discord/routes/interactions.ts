import { newContent } from '../content.ts';
import { flag } from '../flags.ts';
import type { Interaction } from '../interactions.ts';
import { refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import { answerInteraction, answerWith, rewrite } from '../responding.ts';
import type { Routes } from '../route.ts';
import { type Message, recordOf } from '../shapes.ts';
import { messageJson } from '../wire.ts';

const webhook = '/webhooks/{webhook_id}/{webhook_token}';

/** Answers to what people did, and what is said after them, by the interaction's own token. */
export const interactionRoutes: Routes = {
  'POST /interactions/{interaction_id}/{interaction_token}/callback': ({ core, path, query, body, files }) => {
    const made = core.interactions.toAnswer(path['interaction_id'] ?? '', path['interaction_token'] ?? '');
    const message = answerInteraction(core, made, recordOf(body), files);
    if (query.get('with_response') !== 'true') return null;
    return {
      interaction: { id: made.id, type: made.type, response_message_id: message?.id ?? null },
      ...(message === null ? {} : { resource: { type: made.answer, message: messageJson(core, message) } }),
    };
  },

  [`POST ${webhook}`]: (ask) => {
    const { core, files } = ask;
    const made = followed(ask);
    const body = recordOf(ask.body);
    const waiting = core.world.messages.get(made.original ?? '');
    // What is said first after an answer that was put off takes its place.
    if (waiting !== undefined && (waiting.flags & flag.loading) !== 0) {
      return messageJson(core, rewrite(core, waiting, body, files));
    }
    return messageJson(core, answerWith(core, made, newContent(core, body, files), body));
  },

  [`GET ${webhook}/messages/@original`]: (ask) => messageJson(ask.core, original(ask)),
  [`PATCH ${webhook}/messages/@original`]: (ask) => patched(ask, original(ask)),
  [`DELETE ${webhook}/messages/@original`]: (ask) => deleted(ask, original(ask)),
  [`GET ${webhook}/messages/{message_id}`]: (ask) => messageJson(ask.core, owned(ask)),
  [`PATCH ${webhook}/messages/{message_id}`]: (ask) => patched(ask, owned(ask)),
  [`DELETE ${webhook}/messages/{message_id}`]: (ask) => deleted(ask, owned(ask)),
};

/** @throws Refusal 10015, 50027 */
function followed({ core, path }: Ask): Interaction {
  return core.interactions.toFollow(path['webhook_id'] ?? '', path['webhook_token'] ?? '');
}

function original(ask: Ask): Message {
  const found = ask.core.world.messages.get(followed(ask).original ?? '');
  if (found === undefined) throw refusals.unknownMessage();
  return found;
}

/** A message of the interaction, by its id. */
function owned(ask: Ask): Message {
  const made = followed(ask);
  const found = ask.core.world.messages.get(ask.path['message_id'] ?? '');
  const isOwn = found?.interaction?.id === made.id || found?.id === made.original;
  if (found === undefined || !isOwn) throw refusals.unknownMessage();
  return found;
}

function patched({ core, body, files }: Ask, message: Message) {
  return messageJson(core, rewrite(core, message, recordOf(body), files));
}

function deleted({ core }: Ask, message: Message): null {
  core.world.delete(message);
  return null;
}

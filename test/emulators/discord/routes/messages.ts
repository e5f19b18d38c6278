import { editedContent } from '../content.ts';
import type { Core } from '../core.ts';
import { demand, may } from '../permissions.ts';
import { fault, invalidForm, Refusal, refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import type { Routes } from '../route.ts';
import { called, permitted, send } from '../sending.ts';
import { type Channel, type Message, recordOf, textsOf } from '../shapes.ts';
import { byAge, momentOf } from '../snowflakes.ts';
import { messageEvent, messageJson } from '../wire.ts';

/** What can be deleted at once is no older than this. Milliseconds. */
const oldestInBulk = 14 * 86_400_000;

export const messageRoutes: Routes = {
  'POST /channels/{channel_id}/messages': ({ core, path, body, files }) => {
    const channel = core.world.channel(path['channel_id'] ?? '');
    return messageEvent(core, send(core, channel, recordOf(body), files));
  },

  'GET /channels/{channel_id}/messages': (ask) => {
    const { core } = ask;
    const channel = visible(ask);
    if (!may(core.world, channel, core.world.app, 'ReadMessageHistory')) return [];
    return page(core.world.history(channel.id), ask.query).map((message) => messageJson(core, message));
  },

  'GET /channels/{channel_id}/messages/{message_id}': (ask) => {
    const { core, path } = ask;
    const channel = visible(ask);
    demand(core.world, channel, core.world.app, 'ReadMessageHistory');
    return messageJson(core, core.world.message(channel, path['message_id'] ?? ''));
  },

  'PATCH /channels/{channel_id}/messages/{message_id}': (ask) => {
    const { core, path, files } = ask;
    const { world } = core;
    const body = recordOf(ask.body);
    const channel = visible(ask);
    const message = world.message(channel, path['message_id'] ?? '');
    if (message.author !== world.app) throw refusals.notTheAuthor();
    if (channel.thread?.archived === true) throw refusals.archived();
    const content = editedContent(core, message, body, files);
    permitted(core, channel, content);
    return messageJson(core, edit(core, message, { ...content, ...called(core, channel, content, body, null) }));
  },

  'DELETE /channels/{channel_id}/messages/{message_id}': (ask) => {
    const { world } = ask.core;
    const channel = visible(ask);
    const message = world.message(channel, ask.path['message_id'] ?? '');
    if (message.author !== world.app) {
      if (channel.guild === null) throw refusals.notOnDirect();
      demand(world, channel, world.app, 'ManageMessages');
    }
    if (channel.thread?.archived === true) throw refusals.archived();
    world.delete(message);
    return null;
  },

  'POST /channels/{channel_id}/messages/bulk-delete': (ask) => {
    const { world } = ask.core;
    const channel = visible(ask);
    demand(world, channel, world.app, 'ManageMessages');
    const ids = textsOf(recordOf(ask.body)['messages']);
    if (ids.length < 2 || ids.length > 100) {
      throw invalidForm([fault(['messages'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.')]);
    }
    if (ids.some((id) => momentOf(id) < world.now() - oldestInBulk)) {
      throw new Refusal(400, 50034, 'You can only bulk delete messages that are under 14 days old.');
    }
    const found = ids.flatMap((id) => world.messages.get(id) ?? []).filter((each) => each.channel === channel.id);
    world.deleteAll(channel, found);
    return null;
  },

  'POST /channels/{channel_id}/typing': (ask) => {
    visible(ask);
    return null;
  },
};

/**
 * The channel of a request, which the bot sees.
 *
 * @throws Refusal 10003, 50001
 */
export function visible({ core, path }: Ask): Channel {
  const channel = core.world.channel(path['channel_id'] ?? '');
  demand(core.world, channel, core.world.app);
  return channel;
}

/** A message says something else from now on. Whom it calls anew is not told. */
export function edit(core: Core, message: Message, changes: Partial<Message>): Message {
  const changed = { ...message, ...changes, pings: message.pings, edited: core.world.moment() };
  core.world.change(changed);
  return changed;
}

/** @param all oldest first @returns newest first */
function page(all: readonly Message[], query: URLSearchParams): readonly Message[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm([fault(['limit'], 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.')]);
  }
  const [before, after, around] = [query.get('before'), query.get('after'), query.get('around')];
  const found =
    after !== null
      ? all.filter(({ id }) => byAge(id, after) > 0).slice(0, limit)
      : before !== null
        ? all.filter(({ id }) => byAge(id, before) < 0).slice(-limit)
        : around !== null
          ? near(all, around, limit)
          : all.slice(-limit);
  return found.toReversed();
}

function near(all: readonly Message[], id: string, limit: number): readonly Message[] {
  const half = Math.floor(limit / 2);
  const older = all.filter((each) => byAge(each.id, id) < 0).slice(-half);
  const others = all.filter((each) => byAge(each.id, id) >= 0).slice(0, limit - half);
  return [...older, ...others];
}

import { InteractionType, InteractionResponseType as Response } from 'discord.js';
import { editedContent, newContent } from './content.ts';
import type { Core } from './core.ts';
import { flag } from './flags.ts';
import type { Interaction } from './interactions.ts';
import { mentionsIn, pingsOf } from './mentions.ts';
import { wrongLength } from './message-limits.ts';
import { modalFaults } from './modal-limits.ts';
import { type Fault, fault, invalidForm, type Refusal, refusals, refuseFaults } from './refusal.ts';
import type { Upload } from './request.ts';
import { type Choice, type Content, type Json, type Message, recordOf, recordsOf, textOf } from './shapes.ts';
import { blankMessage } from './world.ts';

/** What a message is made of that answers a command. */
const commandAnswer = 20;

/**
 * An application answers what somebody did (docs.discord.com/developers/interactions/receiving-and-responding).
 *
 * @throws Refusal 10062, 40060, 50035
 */
export function answerInteraction(core: Core, made: Interaction, body: Json, files: readonly Upload[]): Message | null {
  const type = Number(body['type']);
  const data = recordOf(body['data']);
  if (!answersTo(made).includes(type)) {
    throw refused(['type'], `Value "${type}" is no answer to an interaction of type ${made.type}.`);
  }
  const message = carriedOut(core, made, type, data, files);
  core.interactions.settle(made, type);
  return message;
}

function carriedOut(core: Core, made: Interaction, type: number, data: Json, files: readonly Upload[]): Message | null {
  const { world } = core;
  switch (type) {
    case Response.ChannelMessageWithSource: {
      const message = answerWith(core, made, newContent(core, data, files), data);
      made.original = message.id;
      return message;
    }
    case Response.DeferredChannelMessageWithSource: {
      const flags = (Number(data['flags'] ?? 0) & flag.ephemeral) | flag.loading;
      const blank: Content = { content: '', embeds: [], components: [], attachments: [], flags };
      const message = answerWith(core, made, blank, data);
      made.original = message.id;
      return message;
    }
    case Response.DeferredMessageUpdate:
      made.original = made.message;
      return null;
    case Response.UpdateMessage: {
      const carrier = world.messages.get(made.message ?? '');
      if (carrier === undefined) throw refusals.unknownMessage();
      made.original = carrier.id;
      return rewrite(core, carrier, data, files);
    }
    case Response.ApplicationCommandAutocompleteResult:
      made.choices = choicesIn(data);
      world.tell({ kind: 'choices', user: made.user, choices: made.choices });
      return null;
    case Response.Modal: {
      refuseFaults(modalFaults(data));
      const { custom_id: customId, title, components } = data;
      const shown = { customId: textOf(customId), title: textOf(title), components: recordsOf(components) };
      world.tell({ kind: 'modal', modal: { ...shown, user: made.user, channel: made.channel, message: made.message } });
      return null;
    }
    default:
      throw refused(['type'], `Value "${type}" is not supported.`);
  }
}

/** The kinds of answer that what somebody did can be given. */
function answersTo({ type, message }: Interaction): readonly number[] {
  const messages = [Response.ChannelMessageWithSource, Response.DeferredChannelMessageWithSource];
  const updates = [Response.DeferredMessageUpdate, Response.UpdateMessage];
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return [Response.ApplicationCommandAutocompleteResult];
    case InteractionType.ApplicationCommand:
      return [...messages, Response.Modal];
    case InteractionType.MessageComponent:
      return [...messages, ...updates, Response.Modal];
    case InteractionType.ModalSubmit:
      // Only what came of a message can change it. A modal is not followed by a modal.
      return message === null ? messages : [...messages, ...updates];
    default:
      return [];
  }
}

/** A message that answers an interaction: for all to see, or for the one who acted. */
export function answerWith(core: Core, made: Interaction, content: Content, body: Json): Message {
  const { world } = core;
  const channel = world.channel(made.channel);
  const mentions = mentionsIn(world, channel, world.app, content, body['allowed_mentions'], null);
  const message = blankMessage(world.ids.next(), channel.id, world.app, {
    ...{ ...content, mentions, type: made.type === InteractionType.ApplicationCommand ? commandAnswer : 0 },
    interaction: { id: made.id, type: made.type, user: made.user },
    onlyFor: (content.flags & flag.ephemeral) === 0 ? null : made.user,
    // Nobody is called by what only one person sees.
    pings: (content.flags & (flag.ephemeral | flag.loading)) === 0 ? pingsOf(mentions) : [],
  });
  world.post(message);
  return message;
}

/** A message that an interaction owns says something else. */
export function rewrite(core: Core, message: Message, body: Json, files: readonly Upload[]): Message {
  const { world } = core;
  const content = editedContent(core, message, body, files);
  const mentions = mentionsIn(
    world,
    world.channel(message.channel),
    world.app,
    content,
    body['allowed_mentions'],
    null,
  );
  const first = (message.flags & flag.loading) !== 0;
  const changed: Message = {
    ...{ ...message, ...content, mentions, edited: first ? null : world.moment() },
    pings: first && message.onlyFor === null ? pingsOf(mentions) : message.pings,
  };
  world.change(changed);
  return changed;
}

function choicesIn(data: Json): readonly Choice[] {
  const all = recordsOf(data['choices']);
  refuseFaults([
    ...(all.length > 25 ? [fault(['data', 'choices'], 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.')] : []),
    ...all.flatMap(({ name, value }, at) => [
      ...wrongLength(['data', 'choices', at, 'name'], textOf(name), 1, 100),
      ...(typeof value === 'number' ? [] : wrongLength(['data', 'choices', at, 'value'], textOf(value), 1, 100)),
    ]),
  ]);
  return all.map(({ name, value }) => ({
    name: textOf(name),
    value: typeof value === 'number' ? value : textOf(value),
  }));
}

function refused(path: Fault['path'], message: string): Refusal {
  return invalidForm([fault(path, 'BASE_TYPE_CHOICES', message)]);
}

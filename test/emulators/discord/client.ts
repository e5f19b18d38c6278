import { ApplicationCommandType, type ComponentType, InteractionType } from 'discord.js';
import { type Chosen, choose, type Filled, namedIn, optionsJson } from './command-options.ts';
import type { Command } from './commands.ts';
import { type Control, controlIn } from './component-acts.ts';
import { interactionJson, resolvedJson } from './interaction-json.ts';
import type { Interaction } from './interactions.ts';
import { inputsOf, submission } from './modal-acts.ts';
import { channelPermissions, may } from './permissions.ts';
import {
  type Channel,
  type Choice,
  type Json,
  type Message,
  type Modal,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from './shapes.ts';
import { Talker } from './talker.ts';
import { Unable } from './unable.ts';

/** Menus in which people are chosen. */
const ofPeople: ReadonlySet<number> = new Set<ComponentType>([5, 7]);

/**
 * Somebody at their Discord: what they do there that an application is to answer, beside what they say. Acts resolve when
 * the application has answered, or was too late.
 */
export class Client extends Talker {
  /** The commands that they are offered in a channel, those on messages and people among them. */
  commands(where: string): readonly Command[] {
    const { world, commands } = this.core;
    const channel = this.channel(where);
    const joined = channel.guild === null || world.guilds.get(channel.guild)?.members.has(world.app);
    if (!joined || !may(world, channel, this.user, 'UseApplicationCommands')) return [];
    return commands.usableIn(channel.guild).filter(({ definition }) => this.#allows(channel, definition));
  }

  /** Sends a slash command: `['ticket', 'take']` with its options filled in. */
  async slash(where: string, words: readonly string[], filled: Filled = {}): Promise<Interaction> {
    const channel = this.channel(where);
    const chosen = this.choose(where, words);
    const options = optionsJson(this.core, channel, chosen, filled, null);
    return this.#send(InteractionType.ApplicationCommand, channel, this.#commandData(channel, chosen, options, filled));
  }

  /** What is offered for an option of a command that is being typed, with what was filled in before. */
  async complete(where: string, words: readonly string[], filled: Filled, typing: string): Promise<readonly Choice[]> {
    const channel = this.channel(where);
    const chosen = this.choose(where, words);
    const option = chosen.options.find(({ name }) => name === typing);
    if (option === undefined) throw new Unable(`${typing} is no option of /${words.join(' ')}`);
    if (option['autocomplete'] !== true) return fixedChoices(option, `${filled[typing] ?? ''}`);
    const options = optionsJson(this.core, channel, chosen, filled, typing);
    const data = this.#commandData(channel, chosen, options, filled);
    return (await this.#send(InteractionType.ApplicationCommandAutocomplete, channel, data)).choices;
  }

  /** What can be filled in after a slash command. @throws Unable where there is none of that name */
  choose(where: string, words: readonly string[]): Chosen {
    return choose(this.commands(where), ApplicationCommandType.ChatInput, words);
  }

  /** Uses a command that is offered on a message. */
  async messageCommand(where: string, id: string, name: string): Promise<Interaction> {
    const channel = this.channel(where);
    const message = this.core.world.message(channel, id);
    const named = { users: [], channels: [], messages: [message] };
    return this.#onTarget(channel, ApplicationCommandType.Message, name, id, named);
  }

  /** Uses a command that is offered on a person. */
  async userCommand(where: string, user: string, name: string): Promise<Interaction> {
    const named = { users: [user], channels: [], messages: [] };
    return this.#onTarget(this.channel(where), ApplicationCommandType.User, name, user, named);
  }

  /**
   * Presses a button, or chooses an option of a menu, by what is written on it (or its custom id).
   *
   * @param values whom they choose, where people are chosen: user ids
   */
  async press(message: Message, label: string, values: readonly string[] = []): Promise<Interaction> {
    const now = this.#seen(message);
    const control = controlIn(now, label);
    if (control === null) throw new Unable(`the message has no “${label}”`);
    if (control.disabled) throw new Unable(`“${label}” cannot be pressed`);
    const channel = this.core.world.channel(now.channel);
    const data = this.#pressData(channel, control, values);
    return this.#send(InteractionType.MessageComponent, channel, data, now.id);
  }

  /** Writes answers into a form, by the labels of its inputs, and sends it. */
  async submit(modal: Modal, answers: Readonly<Record<string, string>> = {}): Promise<Interaction> {
    if (!this.modals.includes(modal)) throw new Unable(`the form “${modal.title}” is not open`);
    const components = submission(modal, answers);
    const channel = this.core.world.channel(modal.channel);
    const users = inputsOf(modal)
      .filter(({ component }) => ofPeople.has(Number(component['type'])))
      .flatMap(({ component }) => valuesOf(components, component['custom_id']));
    const resolved = resolvedJson(this.core, channel.guild, { users, channels: [], messages: [] });
    const data = { custom_id: modal.customId, components, ...(users.length > 0 ? { resolved } : {}) };
    const sent = await this.#send(InteractionType.ModalSubmit, channel, data, modal.message);
    // A form that nobody took stays open.
    if (sent.answer !== null) this.screen.close(modal);
    return sent;
  }

  /** Closes a form without sending it. */
  close(modal: Modal): void {
    this.screen.close(modal);
  }

  /** Throws away a message that only they see. */
  dismiss(message: Message): void {
    if (message.onlyFor === this.user) this.core.world.delete(message);
  }

  /** Whether they have what a command takes. */
  #allows(channel: Channel, { default_member_permissions: needed }: Json): boolean {
    if (channel.guild === null || needed === undefined || needed === null) return true;
    const bits = BigInt(`${needed}`);
    return (channelPermissions(this.core.world, channel, this.user) & bits) === bits;
  }

  #commandData(
    channel: Channel,
    { command, options: offered }: Chosen,
    options: readonly Json[],
    filled: Filled,
  ): Json {
    const resolved = resolvedJson(this.core, channel.guild, { ...namedIn(offered, filled), messages: [] });
    return {
      ...{ id: command.id, name: command.name, type: command.type },
      ...(command.guild === null ? {} : { guild_id: command.guild }),
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    };
  }

  #onTarget(
    channel: Channel,
    type: ApplicationCommandType,
    name: string,
    target: string,
    named: Parameters<typeof resolvedJson>[2],
  ): Promise<Interaction> {
    const { command } = choose(this.commands(channel.id), type, [name]);
    const resolved = resolvedJson(this.core, channel.guild, named);
    const data = { id: command.id, name, type, target_id: target, resolved };
    return this.#send(InteractionType.ApplicationCommand, channel, data);
  }

  #pressData(channel: Channel, { type, customId, value }: Control, values: readonly string[]): Json {
    const basis = { component_type: type, custom_id: customId, id: 0 };
    if (value !== null) return { ...basis, values: [value] };
    if (!ofPeople.has(type)) return basis;
    const resolved = resolvedJson(this.core, channel.guild, { users: values, channels: [], messages: [] });
    return { ...basis, values, resolved };
  }

  /** A message as it stands now. @throws Unable where they do not see it */
  #seen({ id }: Message): Message {
    const now = this.core.world.messages.get(id);
    if (now === undefined) throw new Unable('the message is gone');
    if (now.onlyFor === null) this.channel(now.channel);
    else if (now.onlyFor !== this.user) throw new Unable(`${this.user} does not see this message`);
    return now;
  }

  async #send(
    type: InteractionType,
    channel: Channel,
    data: Json,
    message: string | null = null,
  ): Promise<Interaction> {
    const { interactions, sessions, world } = this.core;
    const made = interactions.open({ type, user: this.user, channel: channel.id, message });
    const told = { type: 'INTERACTION_CREATE', data: interactionJson(this.core, made, data), intent: 0 };
    this.acting(() => sessions.dispatch(told));
    if (!(await made.answered) && type !== InteractionType.ApplicationCommandAutocomplete) {
      world.tell({ kind: 'failure', user: this.user, text: failureOf(type) });
    }
    return made;
  }
}

/** What Discord's client says where an application did not answer in time. */
function failureOf(type: InteractionType): string {
  if (type === InteractionType.ApplicationCommand) return 'The application did not respond';
  return type === InteractionType.ModalSubmit ? 'Something went wrong. Try again.' : 'This interaction failed';
}

/** What an option offers by itself, by what was typed of it. */
function fixedChoices(option: Json, typed: string): readonly Choice[] {
  return recordsOf(option['choices'])
    .filter(({ name }) => textOf(name).toLowerCase().includes(typed.toLowerCase()))
    .map(({ name, value }) => ({ name: textOf(name), value: typeof value === 'number' ? value : textOf(value) }));
}

/** What was chosen in the menu of this custom id. */
function valuesOf(components: readonly Json[], customId: unknown): readonly string[] {
  return components.flatMap(({ component }) => {
    const inner = recordOf(component);
    return inner['custom_id'] === customId ? textsOf(inner['values']) : [];
  });
}

import { ApplicationCommandOptionType, ComponentType } from 'discord.js';
import type { Client } from '../emulators/discord/client.ts';
import type { Discord } from '../emulators/discord/discord.ts';
import { flag } from '../emulators/discord/flags.ts';
import { inputsOf } from '../emulators/discord/modal-acts.ts';
import type { Modal, Message as Posted } from '../emulators/discord/shapes.ts';
import { Unable } from '../emulators/discord/unable.ts';
import { channelId, userId } from './discord-guild.ts';
import { type Eyes, nameOf, shownButtons, shownCard, shownForm, shownText } from './discord-shown.ts';
import { halfTyped, optionNamed, subcommandNames, typed } from './discord-typing.ts';
import type { Form, Message, Ref, User, Where } from './user.ts';

/** The notice of a channel that somebody started a thread in it. */
const threadCreated = 18;

/**
 * Somebody of the configuration at their Discord.
 *
 * @param allTold resolves when Docket has taken in what has happened so far; unless it is said, when that has reached it
 */
export function discordUser(discord: Discord, handle: string, allTold = () => discord.told()): User {
  const { world } = discord;
  const client = discord.client(userId(handle));
  const eyes: Eyes = { world, zone: world.user(client.user).zone };
  const notices: Message[] = [];
  const posted = new WeakMap<Message, Posted>();
  const forms = new Map<Modal, Form>();
  /** What was wrong with the answers to the form that comes up next. */
  let errors: ReadonlyMap<string, string> = new Map();
  /** What they did last was to send a form. */
  let sends = false;

  world.onHappening((happening) => {
    if (happening.kind === 'failure' && happening.user === client.user) told(happening.text);
    if (happening.kind === 'modal' && happening.modal.user === client.user) {
      forms.set(happening.modal, shownForm(happening.modal, errors, eyes));
      errors = new Map();
    }
    if (happening.kind !== 'message' || happening.how === 'delete') return;
    const { message, how } = happening;
    const isWhispered = message.onlyFor === client.user && (message.flags & flag.loading) === 0;
    if (isWhispered) whispered(message);
    // In the direct conversation answers are messages like others, only that deliveries carry a nonce.
    const isDirect = message.channel === world.direct(client.user).id && message.author === world.app;
    if (isDirect && message.onlyFor === null && how === 'create' && message.nonce === null) {
      notices.push(shown('direct', message));
    }
  });

  /** What only they see. Where it brings up a form that was refused, or could not come up by itself, they press that at once. */
  function whispered(message: Posted): void {
    notices.push(shown('direct', message));
    const [title = '', ...lines] = shownText(message, eyes).split('\n');
    const brings = shownButtons(message).find((label) => label === `${title}…` || (sends && label === 'Answer again'));
    if (brings === undefined) return;
    // Discord's modals show no errors: the message that brings them up again does.
    errors = new Map(lines.flatMap(wrongIn));
    acting(client.press(message, brings)).catch((error: unknown) => told(String(error)));
  }

  function at(where: Where): string {
    return where === 'direct' ? 'direct' : channelId(where);
  }

  /** The channel that what somebody does in a thread happens in; the thread is started where there is none yet. */
  function threadAt({ where, id }: Ref): string {
    const stands = world.messages.get(id)?.channel ?? id;
    const thread = world.channels.get(id) ?? world.channels.get(stands);
    if (thread?.thread != null) return thread.id;
    return client.startThread(at(where), 'Conversation', id).id;
  }

  function shown(where: Where, message: Posted): Message {
    const { id, channel, author, edited, reactions, attachments } = message;
    const words = shownText(message, eyes);
    const thread = world.channels.get(channel)?.thread == null ? null : channel;
    const found: Message = {
      ...{ where, id, text: words, edited: edited !== null, locked: words.startsWith('🔒') },
      ...{
        root: thread === null || thread === id || message.onlyFor !== null ? null : { where, id: thread },
        author: nameOf(world, author),
      },
      ...{ reactions: [...reactions.keys()], buttons: shownButtons(message), card: shownCard(message, eyes) },
      // Files that are only named stand in the conversation of their ticket.
      files: [
        ...attachments.map(({ name }) => name),
        ...[...words.matchAll(/📎 (.+) \(\d[\d.]* k?M?B\)/g)].map(([, name = '']) => name),
      ],
    };
    posted.set(found, message);
    return found;
  }

  /** What Discord's own client has said to them. */
  function told(text: string): void {
    const blank = { edited: false, locked: false, reactions: [], files: [], buttons: [], card: null, root: null };
    notices.push({ ...blank, text, where: 'direct', id: `${notices.length}`, author: 'Discord' });
  }

  async function acting(act: Promise<unknown>): Promise<void> {
    try {
      await act;
    } catch (error) {
      if (!(error instanceof Unable)) throw error;
      told(error.message);
    }
  }

  /** Does what the gateway tells of, and waits until it has. */
  async function doing(act: () => unknown): Promise<void> {
    act();
    await allTold();
  }

  /** Where a message stands that they see. */
  function standing({ id }: Ref): string {
    const found = world.messages.get(id);
    if (found === undefined) throw new Error(`there is no message ${id}`);
    return found.channel;
  }

  function inThread({ where, id }: Ref): readonly Posted[] {
    if (where === 'direct') return client.history('direct').filter(({ replyTo }) => replyTo === id);
    const thread = world.channels.get(id);
    return thread === undefined ? [] : client.history(thread.id).filter((message) => message.id !== id);
  }

  return {
    name: handle,
    say: async (where, text, { thread, files = [] } = {}) => {
      const reply = thread !== undefined && where === 'direct' ? { replyTo: thread.id } : {};
      const place = thread === undefined || where === 'direct' ? at(where) : threadAt(thread);
      try {
        const { id } = client.say(place, text, { files, ...reply });
        await allTold();
        return { where, id };
      } catch (error) {
        if (!(error instanceof Unable)) throw error;
        told(error.message);
        return { where, id: '' };
      }
    },
    slash: async (where, line, thread) => {
      sends = false;
      const place = thread === undefined ? at(where) : threadAt(thread);
      // Commands of a server are not offered in direct conversations; there the words alone do.
      if (client.commands(place).length === 0) return doing(() => client.say(place, line));
      const { words, filled } = typed(client, place, line);
      await acting(client.slash(place, words, filled));
    },
    press: async (message, label) => {
      sends = false;
      const on = posted.get(message);
      if (on === undefined) throw new Error('this message was not read from Discord');
      await acting(client.press(on, label));
    },
    submit: async (form, answers) => {
      const [modal] = [...forms].find(([, each]) => each === form) ?? [];
      if (modal === undefined) throw new Error(`the form “${form.title}” is not open`);
      sends = true;
      await acting(client.submit(modal, chosen(modal, answers)));
    },
    react: (message, emoji) => doing(() => client.react(standing(message), message.id, emoji)),
    edit: (message, text) => doing(() => client.edit(standing(message), message.id, text)),
    delete: (message) => doing(() => client.delete(standing(message), message.id)),
    redeliver: () => doing(() => client.redeliver()),
    see: async (where) =>
      client
        .history(at(where))
        .filter(({ type }) => type !== threadCreated)
        .map((message) => shown(where, message)),
    thread: async (root) => inThread(root).map((message) => shown(root.where, message)),
    cards: async (where) => {
      const threads = where === 'direct' ? [] : client.threads(at(where));
      const all = [at(where), ...threads.map(({ id }) => id)].flatMap((place) => client.history(place));
      return all.map((message) => shown(where, message)).filter(({ card }) => card !== null);
    },
    notices: () => notices,
    forms: () => client.modals.flatMap((modal) => forms.get(modal) ?? []),
    complete: (where, line) => completed(client, at(where), line),
    download: async (_message, file) => downloaded(client, discord, file),
    received: () => client.screen.received(),
    news: () => client.screen.news,
    told: (seen, withinMs) => client.screen.newsAfter(seen, withinMs),
  };
}

/** `❓ When: There is no such day.` */
function wrongIn(line: string): [string, string][] {
  const [, label, error] = /^❓ (.+?): (.+)$/.exec(line) ?? [];
  return label === undefined || error === undefined ? [] : [[label, error]];
}

/** Answers as they are given in Discord: people are chosen, not typed. */
function chosen(modal: Modal, answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const people = inputsOf(modal).filter(({ component }) => component['type'] === ComponentType.UserSelect);
  const labels = new Set(people.map(({ label }) => label));
  return Object.fromEntries(
    Object.entries(answers).map(([label, answer]) => [
      label,
      labels.has(label) && answer !== '' ? userId(answer.replace(/^@/, '')) : answer,
    ]),
  );
}

/** What Discord offers by itself, and what the application offers for an option that asks it. */
async function completed(client: Client, where: string, line: string): Promise<readonly string[]> {
  const half = halfTyped(client, where, line);
  if (half === null) return subcommandNames(client, where).filter((name) => name.includes(line));
  const { words, filled, option } = half;
  if (optionNamed(client, where, half, option)['type'] !== ApplicationCommandOptionType.User) {
    return (await client.complete(where, words, filled, option)).map(({ name }) => name);
  }
  const start = line.slice(line.lastIndexOf('@') + 1);
  return client
    .people()
    .filter(({ username }) => username.startsWith(start))
    .map(({ globalName, username }) => `${globalName ?? username} ${username}`);
}

/** A file of a conversation that somebody sees, by its name. */
async function downloaded(client: Client, { world }: Discord, name: string): Promise<string> {
  for (const message of [...world.messages.values()].toReversed()) {
    const attachment = message.attachments.find((each) => each.name === name);
    if (attachment === undefined || (message.onlyFor !== null && message.onlyFor !== client.user)) continue;
    if (client.sees(message.channel)) return (await client.download(message, attachment)).toString();
  }
  throw new Error(`${client.user} sees no file ${name}`);
}

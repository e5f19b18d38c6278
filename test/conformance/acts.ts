import { expect } from 'vitest';
import type { Card, Form, Message, Ref, User, Where } from './user.ts';

/** How long anything may take to be seen: generous, for a test waits no longer than it must. */
const patienceMs = 15_000;

/**
 * Checks again each time that the person's client is told of something, until it holds. Fails with the check's own
 * words when it still does not hold at the end of all patience.
 */
export async function eventually<T>(user: Pick<User, 'news' | 'told'>, check: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = user.news();
    try {
      return await check();
    } catch (error) {
      const left = deadline - Date.now();
      if (left <= 0) throw error;
      await user.told(seen, left).catch(() => Promise.reject(error));
    }
  }
}

/** A ticket that was made of a message. */
export interface Opened {
  readonly ticket: number;
  readonly message: Ref;
}

/** Says something in the intake channel, and waits for its ticket. */
export async function ask(user: User, text: string, files: { name: string; content: string }[] = []): Promise<Opened> {
  const message = await user.say('helpdesk', text, { files });
  const ticket = await eventually(user, async () => {
    const made = (await user.cards('helpdesk')).find(({ root }) => root?.id === message.id);
    if (made?.card == null) throw new Error(`“${text}” has become no ticket`);
    return made.card.ticket;
  });
  return { ticket, message };
}

/** Opens a ticket by command, and waits for its number. */
export async function open(user: User, line: string): Promise<number> {
  const { text } = await command(user, `new ${line}`);
  const number = Number(/#(\d+)/.exec(text)?.[1]);
  if (Number.isNaN(number)) throw new Error(`no ticket was opened: ${text}`);
  return number;
}

/** The card of a ticket in a place; fails where it does not stand. */
export async function cardOf(user: User, where: Where, ticket: number): Promise<Message & { card: Card }> {
  const cards = await user.cards(where);
  const found = cards.filter(hasCard).find(({ card }) => card.ticket === ticket);
  if (found === undefined) throw new Error(`${user.name} sees no card of #${ticket} in ${where}`);
  return found;
}

function hasCard(message: Message): message is Message & { card: Card } {
  return message.card !== null;
}

/** Waits until the card of a ticket in a place shows this. */
export async function cardShows(user: User, where: Where, ticket: number, shown: Partial<Card>): Promise<Message> {
  return eventually(user, async () => {
    const message = await cardOf(user, where, ticket);
    expect(message.card).toMatchObject(shown);
    return message;
  });
}

/** Presses a button on the card of a ticket, as soon as it is there. */
export async function press(user: User, where: Where, ticket: number, label: string): Promise<void> {
  const card = await eventually(user, async () => {
    const found = await cardOf(user, where, ticket);
    expect(found.buttons).toContain(label);
    return found;
  });
  await user.press(card, label);
}

/** The texts in the thread of a ticket's card. */
export async function linesUnder(user: User, where: Where, ticket: number): Promise<readonly string[]> {
  const card = await cardOf(user, where, ticket);
  return (await user.thread(card.root ?? card)).map(({ text }) => text);
}

/** Waits until the thread of a ticket's card tells this. */
export async function isTold(user: User, where: Where, ticket: number, words: string | RegExp): Promise<void> {
  await eventually(user, async () => expect((await linesUnder(user, where, ticket)).join('\n')).toMatch(words));
}

/** Waits until a person's own conversation with the bot tells this; gives the last message that does. */
export async function isToldDirectly(user: User, words: string | RegExp): Promise<Message> {
  return eventually(user, async () => {
    const messages = await user.see('direct');
    const found = messages.findLast(({ text }) => text.search(words) >= 0);
    if (found !== undefined) return found;
    throw new Error(`${user.name} is not told “${words}” but:\n${messages.map(({ text }) => text).join('\n')}`);
  });
}

/** What somebody is told privately when they have done something: the next notice. */
export async function answer(user: User, act: () => Promise<unknown>): Promise<Message> {
  const before = user.notices().length;
  await act();
  return eventually(user, () => {
    const told = user.notices()[before];
    if (told === undefined) throw new Error(`${user.name} was told nothing`);
    return told;
  });
}

/** Types a command, and waits for what it is answered. */
export async function command(user: User, line: string, where: Where = 'lobby'): Promise<Message> {
  return answer(user, () => user.slash(where, line));
}

/** The form that comes up when somebody has done something. */
export async function asked(user: User, act: () => Promise<unknown>): Promise<Form> {
  const before = new Set(user.forms());
  await act();
  return eventually(user, () => {
    const form = user.forms().find((each) => !before.has(each));
    if (form === undefined) throw new Error(`${user.name} was asked nothing`);
    return form;
  });
}

/** Waits until a message carries a mark. */
export async function isMarked(user: User, message: Ref, mark: string): Promise<void> {
  await eventually(user, async () => {
    const found = (await user.see(message.where)).find(({ id }) => id === message.id);
    expect(found?.reactions).toContain(mark);
  });
}

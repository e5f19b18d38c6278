import { holdersOf } from '../store/people.ts';
import type { Actor } from '../ticket/actor.ts';
import { isRefusal } from '../ticket/refusal.ts';
import { type Inline, mapInlines, type Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import { finder } from './find.ts';
import type { Address } from './inbound.ts';
import type { Wish } from './wish.ts';

/** Who speaks, and where. */
interface Said {
  readonly where: Pick<Address, 'platform' | 'workspace'>;
  readonly speaker: Actor;
}

/**
 * Wishes with people in their texts for those who are mentioned there by their platform's id, so that other platforms can
 * call them too. Somebody whom Docket has not met in that workspace stays the name that was written.
 */
export async function withPeople(desk: Desk, said: Said, wishes: readonly Wish[]): Promise<readonly Wish[]> {
  const ids = new Set<string>();
  const note = (inline: Inline): Inline => {
    if (typeof inline !== 'string' && inline.inline === 'mention') ids.add(inline.id);
    return inline;
  };
  for (const wish of wishes) withText(wish, (text) => mapInlines(text, note));
  if (ids.size === 0) return wishes;
  const people = await met(desk, said, [...ids]);
  await desk.directory.learn([...people.values()]);
  const known = (inline: Inline): Inline => {
    const person = typeof inline !== 'string' && inline.inline === 'mention' ? people.get(inline.id) : undefined;
    return person === undefined ? inline : { inline: 'person', person, name: desk.directory.names(person) };
  };
  return wishes.map((wish) => withText(wish, (text) => mapInlines(text, known)));
}

/** In the console a mention is a name that was typed: whom the speaker does not know reads the same as nobody. */
async function met(desk: Desk, said: Said, ids: readonly string[]): Promise<ReadonlyMap<string, PersonId>> {
  if (said.where.platform !== 'console') return holdersOf(desk.store, said.where, ids);
  const find = finder(desk, said);
  const found = await Promise.all(ids.map(async (id) => [id, await find({ person: 'mention', id })] as const));
  return new Map(found.flatMap(([id, person]) => (isRefusal(person) ? [] : [[id, person]])));
}

/** A wish with something else for the text that it writes; itself, where it writes none. */
function withText(wish: Wish, change: (text: Text) => Text): Wish {
  if (isRefusal(wish)) return wish;
  switch (wish.do) {
    case 'new':
      return { ...wish, ticket: { ...wish.ticket, body: change(wish.ticket.body) } };
    case 'take up':
      return { ...wish, ticket: { ...wish.ticket, body: change(wish.ticket.body) } };
    case 'amend':
      return wish.text === null ? wish : { ...wish, text: change(wish.text) };
    case 'change': {
      const { command } = wish;
      if (command.verb !== 'reply' && command.verb !== 'comment') return wish;
      return { ...wish, command: { ...command, text: change(command.text) } };
    }
    default:
      return wish;
  }
}

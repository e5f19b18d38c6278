/** What may stand at a place of a command, as its syntax in the table of commands names it. */
export interface Slot {
  /** `word`: just this word. `free`: anything, for which nothing can be offered. */
  readonly slot: Named | 'word' | 'free';
  readonly word: string;
}

const names = {
  '123': 'ticket',
  '120': 'other ticket',
  '@PERSON': 'person',
  '[-]@PERSON': 'person',
  QUEUE: 'queue',
  GROUP: 'group',
  'FIELD=VALUE': 'setting',
  WHEN: 'when',
  SEARCH: 'search',
  VERB: 'form',
  TOPIC: 'topic',
  LINK: 'link',
  ORDER: 'order',
} as const;
type Named = (typeof names)[keyof typeof names];

/** Part of a syntax: one of `choices`, each a row of slots. */
interface Item {
  readonly optional: boolean;
  readonly choices: readonly (readonly Slot[])[];
}

/** A slot that could be filled next: where it stands in the syntax. */
interface Place {
  readonly item: number;
  readonly choice: number;
  readonly index: number;
  readonly slot: Slot;
}

/**
 * What could stand after `words` (whole words, the verb left out) in a command of this syntax, the nearest first. The
 * tickets are taken for optional, as in a ticket's thread.
 */
export function slotsAfter(syntax: string, words: readonly string[]): readonly Slot[] {
  const items = itemsOf(syntax);
  let places = placesFrom(items, 0);
  for (const word of words) {
    const place = places.find(({ slot }) => accepts(slot, word));
    if (place === undefined) return [];
    places = placesAfter(items, place);
  }
  return places.map(({ slot }) => slot);
}

function itemsOf(syntax: string): readonly Item[] {
  return [...syntax.matchAll(/\[([^\]]*)\](?!\S)|\S+/g)].map(([typed, inner]) => ({
    optional: inner !== undefined || typed === '123',
    choices: (inner ?? typed).split('|').map((choice) => choice.split(' ').map(slotOf)),
  }));
}

function slotOf(word: string): Slot {
  if (Object.hasOwn(names, word)) return { slot: names[word as keyof typeof names], word };
  return /^[A-Z…]/.test(word) ? { slot: 'free', word } : { slot: 'word', word };
}

function placesFrom(items: readonly Item[], from: number): readonly Place[] {
  const places: Place[] = [];
  for (const [item, { optional, choices }] of items.entries()) {
    if (item < from) continue;
    for (const [choice, slots] of choices.entries()) {
      const slot = slots[0];
      if (slot !== undefined) places.push({ item, choice, index: 0, slot });
    }
    if (!optional) break;
  }
  return places;
}

function placesAfter(items: readonly Item[], place: Place): readonly Place[] {
  const again = repeats.includes(place.slot.slot) ? [place] : [];
  const index = place.index + 1;
  const slot = items[place.item]?.choices[place.choice]?.[index];
  return slot === undefined ? [...placesFrom(items, place.item + 1), ...again] : [{ ...place, index, slot }, ...again];
}

/** `take 1 2 3`, `set 1 a=b c=d`, `list queue:noc owner:me`, and text goes on to the end. */
const repeats: readonly Slot['slot'][] = ['ticket', 'setting', 'search', 'free'];

function accepts({ slot, word }: Slot, typed: string): boolean {
  switch (slot) {
    case 'word':
      return word === 'p80' ? /^p\d{1,3}$/i.test(typed) : word === typed.toLowerCase();
    case 'ticket':
    case 'other ticket':
      return /^#?\d/.test(typed);
    case 'person':
      return typed.includes('@') || /^me$/i.test(typed);
    case 'setting':
      return typed.includes('=');
    default:
      return true;
  }
}

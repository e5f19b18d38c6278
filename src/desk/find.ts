import type { PersonRef } from '../language/request.ts';
import { acquainted } from '../store/acquaintances.ts';
import { findPerson, personOf } from '../store/people.ts';
import type { Actor } from '../ticket/actor.ts';
import { say } from '../ticket/inline.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Address } from './inbound.ts';
import type { FindPerson } from './refs.ts';

/** Looks people up as a speaker in some place means them. */
export function finder(
  desk: Desk,
  { where, speaker }: { where: Pick<Address, 'platform' | 'workspace'>; speaker: Actor },
): FindPerson {
  return async (ref: PersonRef) => {
    switch (ref.person) {
      case 'me':
        return speaker.person;
      case 'mention':
        // In the console a mention can be typed, and its id is the name: nobody comes into being by being named.
        if (where.platform === 'console') return known(desk, speaker, { person: 'name', name: ref.id });
        return personOf(desk.store, where, { id: ref.id, name: ref.id });
      case 'name':
      case 'mail':
        return known(desk, speaker, ref);
    }
  };
}

/** Somebody by name or address. Whom the speaker does not know reads the same as nobody. */
async function known(
  desk: Desk,
  speaker: Actor,
  ref: Exclude<PersonRef, { person: 'me' | 'mention' }>,
): Promise<PersonId | Refusal> {
  const found = await findPerson(desk.store, ref);
  const reader = { reader: speaker, policy: desk.policy };
  if (found !== null && (await acquainted(desk.store, reader, [found])).has(found)) return found;
  const typed = ref.person === 'name' ? `@${ref.name}` : ref.address;
  return refuse('not found', `Nobody here is called ${typed}. Try `, say('help people'), '.');
}

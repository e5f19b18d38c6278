import type { PersonRef } from '../language/request.ts';
import { findPerson, personOf } from '../store/people.ts';
import type { Actor } from '../ticket/actor.ts';
import { say } from '../ticket/inline.ts';
import { refuse } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import type { FindPerson } from './refs.ts';

/** Looks people up as the speaker of an inbound means them. */
export function finder(desk: Desk, { inbound, speaker }: { inbound: Inbound; speaker: Actor }): FindPerson {
  return async (ref: PersonRef) => {
    switch (ref.person) {
      case 'me':
        return speaker.person;
      case 'mention':
        return personOf(desk.store, inbound.where, { id: ref.id, name: ref.id });
      case 'name':
      case 'mail': {
        const found = await findPerson(desk.store, ref);
        const typed = ref.person === 'name' ? `@${ref.name}` : ref.address;
        return found ?? refuse('not found', `Nobody here is called ${typed}. Try `, say('help people'), '.');
      }
    }
  };
}

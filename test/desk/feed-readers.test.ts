import { afterEach, beforeEach, expect, test } from 'vitest';
import { plain } from '../../src/ticket/text.ts';
import { type House, openHouse } from '../jobs/house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** What is answered to a command that somebody types in the channel `lobby`. */
async function answered(who: string, line: string): Promise<string> {
  await house.say(who, line);
  const [view] = house.paper.answers.at(-1)?.views ?? [];
  return view?.view === 'notice' ? plain(view.text) : '';
}

const fed = async () => (await answered('alex', 'feeds')).split('\n');
const isIn = (members: string[], open = false) => house.paper.memberships.set('lobby', { members, open });

test('where everybody may see the queue, a feed is set up at once', async () => {
  isIn(['ada', 'alex']);
  await answered('alex', 'feed noc here');
  expect(await fed()).toEqual(['noc: all tickets, without internal notes (set by a command)']);
});

test('people who may not see the queue are named, also those who were never heard of', async () => {
  isIn(['ada', 'rita', 'U0STRANGER']);
  expect(await answered('alex', 'feed noc here priority>=50')).toBe(
    'Rita Gomez, U0STRANGER read here and may not see the tickets of noc. To show them here all the same: /ticket feed noc here anyway priority>=50',
  );
  expect(await fed()).toEqual(['This channel has no feeds. To add one: /ticket feed QUEUE here.']);
  await answered('alex', 'feed noc here anyway priority>=50');
  expect(await fed()).toEqual(['noc: tickets that match priority>=50, without internal notes (set by a command)']);
});

test('a place that others can join, or whose members are not known, counts as open', async () => {
  isIn(['ada', 'rita'], true);
  expect(await answered('alex', 'feed noc here')).toContain('Rita Gomez reads here');
  expect(await answered('alex', 'feed noc here')).toContain('and others can join');
  isIn(['ada'], true);
  expect(await answered('alex', 'feed noc here')).toContain('cannot tell that everybody who reads here may see');
  house.paper.memberships.clear();
  expect(await answered('alex', 'feed noc here')).toContain('cannot tell that everybody who reads here may see');
});

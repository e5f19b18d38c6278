import { expect } from 'vitest';
import { cardShows, command, eventually, isTold, linesUnder, press } from '../conformance/acts.ts';
import type { User } from '../conformance/user.ts';
import type { World } from './world.ts';

/** Who does what for the one who asks, each at their own platform. */
export interface Staff {
  readonly all: readonly User[];
  readonly takes: User;
  readonly replies: User;
  readonly resolves: User;
  /** Comments `she is-hard-to-please`. */
  readonly comment: (ticket: number) => Promise<unknown>;
}

/**
 * One ticket from its question to its resolution: everybody of the staff sees one card and each line once, live, and the one
 * who asked hears the replies and never the comment.
 */
export async function holdConversation(world: World, rita: User, staff: Staff): Promise<void> {
  const asked = await rita.say('helpdesk', '#new in noc The line is down');
  const ticket = await eventually(staff.replies, async () => {
    const found = (await staff.replies.cards('noc')).find(({ card }) => card?.subject === 'The line is down');
    if (!found?.card) throw new Error('there is no card');
    return found.card.ticket;
  });
  const shown = async (card: object) => {
    for (const each of staff.all) await cardShows(each, 'noc', ticket, card);
  };
  const staffHear = async (words: string) => {
    for (const each of staff.all) await isTold(each, 'noc', ticket, words);
  };
  const ritaHears = (words: string) =>
    eventually(rita, async () => expect((await rita.thread(asked)).map(({ text }) => text).join('\n')).toMatch(words));

  await shown({ subject: 'The line is down', status: 'new', queue: 'noc' });
  await press(staff.takes, 'noc', ticket, 'Take');
  await shown({ status: 'open', facts: expect.objectContaining({ Owner: names[staff.takes.name] }) });

  await staff.replies.say('noc', `#${ticket} !reply Which line is it?`);
  await ritaHears('Which line is it?');
  await staffHear('Which line is it?');
  const said = await rita.say('helpdesk', 'The red one', { thread: asked });
  await staffHear('The red one');
  await rita.edit(said, 'The blue one');
  await staffHear('The blue one');
  await staff.comment(ticket);
  await staffHear('is-hard-to-please');
  await rita.say('helpdesk', 'A picture of it', { thread: asked, files: [{ name: 'line.txt', content: 'snapped' }] });
  await staffHear('A picture of it');
  await command(staff.resolves, `resolve ${ticket}`, 'noc');
  await shown({ status: 'resolved' });
  await ritaHears('resolved');

  await world.quiet();
  await rita.slash('helpdesk', `history ${ticket}`);
  await world.quiet();
  expect(rita.received()).toContain('The line is down');
  expect(rita.received()).not.toContain('is-hard-to-please');
  for (const each of staff.all) {
    expect((await each.cards('noc')).filter(({ card }) => card?.ticket === ticket)).toHaveLength(1);
    const told = (await linesUnder(each, 'noc', ticket)).join('\n');
    for (const words of ['Which line is it?', 'The blue one', 'A picture of it', 'is-hard-to-please']) {
      expect(told.split(words)).toHaveLength(2);
    }
  }
}

const names: Readonly<Record<string, string>> = { ada: 'Ada Okafor', sue: 'Sue Tanaka' };

import { describe, expect, it } from 'vitest';
import { type World as Around, asHeard, audience, staffOnly, type Target } from '../../src/ticket/audience.ts';
import type { Change, Transaction } from '../../src/ticket/change.ts';
import type { Command } from '../../src/ticket/command.ts';
import { defaultLifecycle } from '../../src/ticket/lifecycle.ts';
import { paragraph, type Text, text } from '../../src/ticket/text.ts';
import type { PersonId, TicketId } from '../../src/ticket/ticket.ts';
import { actors, ada, bo, comment, cy, docket, policy, rae, reply, set, sue, to, World } from './world.ts';

const noc = 100;
const nocThread = 101;
const raesChat = 102;

/** A ticket of Rae's: Ada owns it, Bo is admincc and Cy is cc. */
function ticket(): { world: World; id: TicketId } {
  const world = new World();
  const id = world.open(rae, { queue: 'noc' });
  world.do(ada, id, { verb: 'take' });
  world.do(ada, id, { verb: 'watcher', role: 'admincc', person: bo, add: true });
  world.do(ada, id, { verb: 'watcher', role: 'cc', person: cy, add: true });
  world.do(ada, id, set({ cause: 'fibre cut' }));
  return { world, id };
}

/** Who hears of a command, in the given surroundings: `bo line staff`, `100 card staff`. */
function heard(
  { world, id }: { world: World; id: TicketId },
  by: PersonId,
  command: Command,
  around: Partial<Around> = {},
): string[] {
  const before = world.history(id).length;
  world.do(by, id, command);
  return told(world, id, world.history(id).slice(before), around);
}

function told(world: World, id: TicketId, made: readonly Transaction[], around: Partial<Around>): string[] {
  const subject = world.ticket(id);
  const queue = policy.queues.get(subject.queue);
  if (queue === undefined) throw new Error(`There is no queue ${subject.queue}`);
  const targets = audience(subject, made, {
    queue,
    lifecycle: defaultLifecycle,
    feeds: [],
    conversations: [],
    cards: [],
    readers: actors,
    inConversation: () => false,
    spokenIn: null,
    mentionReached: new Set(),
    mentionReaches: () => true,
    closed: new Set(),
    ...around,
  });
  return targets.map(words).toSorted();
}

function words(target: Target): string {
  const who = target.to === 'place' ? `${target.place}` : (actors.get(target.person)?.name ?? 'somebody');
  return `${who} ${target.part} ${target.audience}`;
}

const staffFeed = { place: noc, queue: 'noc', audience: 'staff', matches: true } as const;

describe('who is told directly', () => {
  it.each([
    ['a reply of the owner', ada, reply('Hello'), ['bo line staff', 'cy line requestor', 'rae line requestor']],
    ["a requestor's reply", rae, reply('Hello'), ['ada line staff', 'bo line staff', 'cy line requestor']],
    ['a comment', ada, comment('Hm'), ['bo line staff']],
    ['resolving', bo, to('resolve', 'Done'), ['ada line staff', 'cy line requestor', 'rae line requestor']],
    ['rejecting', ada, to('reject'), ['bo line staff', 'cy line requestor', 'rae line requestor']],
    ['stalling', ada, to('stall'), ['bo line staff']],
    ['deleting', sue, to('delete'), ['ada line staff', 'bo line staff']],
    ['a priority', bo, set({ priority: '90' }), []],
    ['time worked', bo, { verb: 'time', minutes: 5, text: '' }, []],
    ['somebody who watches', sue, { verb: 'watch' }, []],
    ['a ticket that is given away', sue, { verb: 'give', to: bo }, ['ada line staff', 'bo line staff']],
    ['a ticket that is stolen', bo, { verb: 'steal' }, ['ada line staff']],
  ] as readonly (readonly [string, PersonId, Command, readonly string[]])[])(
    'hears of %s',
    (_what, by, command, expected) => {
      expect(heard(ticket(), by, command)).toEqual(expected);
    },
  );

  it('whoever heard that a ticket ended hears that it goes on', () => {
    const given = ticket();
    given.world.do(ada, given.id, to('resolve'));
    expect(heard(given, ada, to('reopen'))).toEqual(['bo line staff', 'cy line requestor', 'rae line requestor']);
  });

  it('who opens a ticket for somebody tells them', () => {
    const world = new World();
    const id = world.open(ada, { requestor: rae });
    expect(told(world, id, world.history(id), {})).toEqual(['rae line requestor']);
  });

  it('one who has several roles hears once', () => {
    const given = ticket();
    given.world.do(ada, given.id, { verb: 'watcher', role: 'cc', person: bo, add: true });
    expect(heard(given, ada, reply('Hello'))).toEqual(['bo line staff', 'cy line requestor', 'rae line requestor']);
  });

  it('an admincc who may not see comments hears replies, and none of what staff say', () => {
    const given = ticket();
    given.world.do(ada, given.id, { verb: 'watcher', role: 'admincc', person: cy, add: true });
    expect(heard(given, ada, comment('Hm'))).toEqual(['bo line staff']);
    expect(heard(given, ada, reply('Hello'))).toContain('cy line requestor');
  });

  it('who may not see the ticket any more hears nothing', () => {
    const given = ticket();
    expect(heard(given, sue, set({ queue: 'security' }))).toEqual([]);
    expect(heard(given, sue, reply('Hello'))).toEqual([]);
  });
});

describe('who is mentioned', () => {
  const named = (person: PersonId): Text => [paragraph({ inline: 'person', person, name: 'somebody' }, ' please look')];
  const saying = (verb: 'reply' | 'comment', person: PersonId): Command => ({
    ...{ verb, text: named(person), attachments: [] },
  });

  it('hears of it directly, once', () => {
    expect(heard(ticket(), ada, saying('comment', sue))).toEqual(['bo line staff', 'sue line staff']);
    expect(heard(ticket(), ada, saying('comment', bo))).toEqual(['bo line staff']);
  });

  it('does not hear of their own words, nor of what they may not see', () => {
    expect(heard(ticket(), ada, saying('comment', ada))).toEqual(['bo line staff']);
    expect(heard(ticket(), ada, saying('comment', rae))).toEqual(['bo line staff']);
  });

  it('does not hear twice where their platform notified them, or will in a conversation of theirs', () => {
    const reached = { mentionReached: new Set([sue]) };
    expect(heard(ticket(), ada, saying('comment', sue), reached)).toEqual(['bo line staff']);
    const chat = {
      conversations: [{ place: raesChat, audience: 'requestor' }],
      inConversation: (person: PersonId, place: number) => person === rae && place === raesChat,
    } as const;
    expect(heard(ticket(), ada, saying('reply', rae), chat)).not.toContain('rae line requestor');
    expect(heard(ticket(), ada, saying('reply', rae), { ...chat, mentionReaches: () => false })).toContain(
      'rae line requestor',
    );
  });
});

describe('conversations', () => {
  const around: Partial<Around> = {
    conversations: [
      { place: nocThread, audience: 'staff' },
      { place: raesChat, audience: 'requestor' },
    ],
    inConversation: (person, place) => (place === raesChat ? person === rae : person === bo),
  };

  it('are told of a reply, and so is nobody who reads them once more', () => {
    expect(heard(ticket(), ada, reply('Hello'), around)).toEqual([
      `${nocThread} line staff`,
      `${raesChat} line requestor`,
      'cy line requestor',
    ]);
  });

  it('of requestors are not told of comments, nor that there was one', () => {
    expect(heard(ticket(), ada, comment('Hm'), { ...around, cards: [raesChat, nocThread] })).toEqual([
      `${nocThread} card staff`,
      `${nocThread} line staff`,
    ]);
  });

  it('do not hear again what was said in them', () => {
    expect(heard(ticket(), rae, reply('Hello'), { ...around, spokenIn: raesChat })).toEqual([
      `${nocThread} line staff`,
      'ada line staff',
      'cy line requestor',
    ]);
  });

  it.each([
    ['resolving', to('resolve', 'wrong driver'), [`${raesChat} line requestor`]],
    ['stalling', to('stall', 'waits for the part'), [`${raesChat} line requestor`]],
    ['rejecting', to('reject'), [`${raesChat} line requestor`]],
    ['a reply that opens the ticket', reply('On it'), []],
    ['taking', { verb: 'release' }, []],
    ['a comment', comment('Hm'), []],
  ] as readonly (readonly [string, Command, readonly string[]])[])(
    'of requestors in which a command was typed are told in words of %s, as far as they are concerned',
    (_what, command, expected) => {
      const there = heard(ticket(), ada, command, { ...around, spokenIn: raesChat });
      expect(there.filter((target) => target.startsWith(`${raesChat}`))).toEqual(expected);
    },
  );

  it('of staff in which a command was typed are not told of it again', () => {
    const there = heard(ticket(), ada, to('resolve', 'done'), { ...around, spokenIn: nocThread });
    expect(there).not.toContain(`${nocThread} line staff`);
  });

  it('are given the card of a new ticket, which is its acknowledgement', () => {
    const world = new World();
    const id = world.open(ada, { requestor: rae });
    expect(told(world, id, world.history(id), around)).toEqual([
      `${nocThread} card staff`,
      `${raesChat} card requestor`,
    ]);
  });

  it('of requestors end when none of them may see the ticket any more', () => {
    const given = ticket();
    given.world.do(sue, given.id, set({ queue: 'security' }));
    const alone = {
      ...around,
      conversations: [{ place: raesChat, audience: 'requestor' }] as const,
      cards: [raesChat],
    };
    expect(heard(given, sue, reply('Hello'), alone)).toEqual([`${raesChat} withdrawal requestor`]);
  });
});

describe('feeds', () => {
  it('get the card of a ticket that they look for, and lines beneath it', () => {
    expect(heard(ticket(), ada, reply('Hello'), { feeds: [staffFeed] })).toContain(`${noc} card staff`);
    expect(heard(ticket(), ada, reply('Hello'), { feeds: [staffFeed] })).toContain(`${noc} line staff`);
    expect(heard(ticket(), ada, set({ priority: '90' }), { feeds: [staffFeed] })).toEqual([`${noc} card staff`]);
  });

  it('keep a card up to date that they no longer look for, and get no new one', () => {
    const feeds = [{ ...staffFeed, matches: false }];
    expect(heard(ticket(), ada, set({ priority: '90' }), { feeds, cards: [noc] })).toEqual([`${noc} card staff`]);
    expect(heard(ticket(), ada, set({ priority: '90' }), { feeds })).toEqual([]);
  });

  it('lose the card of a ticket that moved to another queue', () => {
    const around = { feeds: [staffFeed], cards: [noc] };
    expect(heard(ticket(), sue, set({ queue: 'security' }), around)).toEqual([`${noc} withdrawal requestor`]);
  });

  it('count as read by requestors where a conversation of theirs is', () => {
    const around = {
      feeds: [staffFeed],
      conversations: [{ place: noc, audience: 'requestor' }] as const,
      cards: [noc],
    };
    expect(heard(ticket(), ada, comment('Hm'), around)).toEqual(['bo line staff']);
  });
});

describe('reminders', () => {
  function rings(given: { world: World; id: TicketId }, around: Partial<Around> = {}): string[] {
    given.world.pass(120);
    return heard(given, docket, { verb: 'ring', reminder: 1 }, around);
  }

  function remind(given: { world: World; id: TicketId }, target: Extract<Command, { verb: 'remind' }>['target']): void {
    given.world.do(sue, given.id, { verb: 'remind', target, at: given.world.in(60), text: 'call' });
  }

  it('ring for their person and nobody else', () => {
    const given = ticket();
    remind(given, { to: 'person', person: bo });
    expect(rings(given)).toEqual(['bo reminder staff']);
  });

  it('ring for everybody in a group', () => {
    const given = ticket();
    remind(given, { to: 'group', group: 'operators' });
    expect(rings(given)).toEqual(['ada reminder staff', 'bo reminder staff', 'sue reminder staff']);
  });

  it('ring in a place while who set them may see the ticket', () => {
    const given = ticket();
    remind(given, { to: 'place', place: noc });
    expect(rings(given, { feeds: [{ ...staffFeed, matches: false }] })).toEqual([`${noc} reminder staff`]);
    const other = ticket();
    remind(other, { to: 'place', place: noc });
    expect(rings(other, { readers: new Map([...actors].filter(([person]) => person !== sue)) })).toEqual([]);
  });

  it('do not ring for who may not see the ticket any more', () => {
    const given = ticket();
    remind(given, { to: 'person', person: bo });
    given.world.do(sue, given.id, set({ queue: 'security' }));
    expect(rings(given)).toEqual([]);
  });

  it('the alarm of a stalled ticket tells its owner once, and the others that it is open again', () => {
    const given = ticket();
    given.world.do(ada, given.id, to('stall', '', given.world.in(60)));
    expect(rings(given)).toEqual(['ada reminder staff', 'bo line staff']);
  });
});

describe('what only staff may see', () => {
  const one: Change = { type: 'comment', text: text('Hm'), attachments: [] };
  const open: Change = {
    type: 'status',
    from: 'open',
    to: 'resolved',
    kind: 'inactive',
    resolution: 'a comment',
    started: null,
    resolved: null,
    was: { resolution: '', started: null, resolved: null },
  };

  it.each([
    [one, true],
    [{ type: 'link', kind: 'refers to', ticket: 7, added: true }, true],
    [{ type: 'time', minutes: 5 }, true],
    [{ type: 'set', field: 'next', from: '', to: 'call' }, true],
    [{ type: 'set', field: 'subject', from: 'a', to: 'b' }, false],
    [{ type: 'watcher', role: 'admincc', person: bo, added: true }, true],
    [{ type: 'watcher', role: 'cc', person: bo, added: true }, false],
    [{ type: 'owner', from: null, to: bo }, false],
    [open, false],
  ] as readonly (readonly [Change, boolean])[])('%o: %s', (change, secret) => {
    expect(staffOnly(change)).toBe(secret);
    expect(asHeard(change, 'staff')).toBe(change);
    expect(asHeard(change, 'requestor') === null).toBe(secret);
  });

  it('the resolution is the text of a comment, so requestors hear of the status without it', () => {
    expect(JSON.stringify(asHeard(open, 'requestor'))).not.toContain('a comment');
  });
});

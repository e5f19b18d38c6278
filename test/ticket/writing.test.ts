import { describe, expect, it } from 'vitest';
import { limits } from '../../src/ticket/limits.ts';
import { text } from '../../src/ticket/text.ts';
import { ada, bo, comment, cy, docket, rae, reply, set, sue, to, World } from './world.ts';

describe('replies', () => {
  it.each([
    ['stalled', 'stall'],
    ['resolved', 'resolve'],
    ['rejected', 'reject'],
  ] as const)("a requestor's reply reopens a %s ticket", (_status, verb) => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to(verb));
    expect(world.do(rae, id, reply('It burns again')).status).toBe('open');
  });

  it('so does that of a cc, who waits for the same answer', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'watcher', role: 'cc', person: cy, add: true });
    world.do(ada, id, to('resolve'));
    expect(world.do(cy, id, reply('Not here')).status).toBe('open');
  });

  it('a reply of staff opens a new ticket, and leaves a stalled or resolved one as it is', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(ada, id, reply('We are on it')).status).toBe('open');
    for (const verb of ['stall', 'resolve'] as const) {
      const { status } = world.do(ada, id, to(verb));
      expect(world.do(ada, id, reply('By the way')).status).toBe(status);
    }
  });

  it("a requestor's reply leaves a new ticket new", () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(rae, id, reply('Please hurry')).status).toBe('new');
  });

  it('the requestor was told something when anybody else replied', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(rae, id, reply('Hello?')).told).toBeNull();
    const told = world.do(ada, id, reply('Hello'));
    expect(told.told).toBe(told.updated);
  });

  it('a comment changes nothing but the history, and is not for requestors to write', () => {
    const world = new World();
    const id = world.open(rae);
    const before = world.ticket(id);
    const { version, updated, ...rest } = world.do(ada, id, comment('Fire brigade?'));
    expect({ ...rest, version: 1, updated: before.updated }).toEqual(before);
    expect(version).toBe(2);
    expect(updated > before.updated).toBe(true);
    expect(world.refused(rae, id, comment('Hi'))).toContain('CommentOnTicket');
  });

  it.each([
    ['nothing', '  \n ', 'nothing to write down'],
    ['too much', 'x'.repeat(limits.body + 1), 'Send the rest as a file'],
  ])('%s cannot be written', (_what, words, refusal) => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, reply(words))).toContain(refusal);
    expect(world.refused(ada, id, comment(words))).toContain(refusal);
  });

  it('a file is enough for a reply', () => {
    const world = new World();
    const id = world.open(rae);
    const file = { id: 'a', name: 'fire.png', type: 'image/png', size: 1 };
    expect(world.do(rae, id, { verb: 'reply', text: [], attachments: [file] }).version).toBe(2);
  });
});

describe('edits of messages', () => {
  it('follow their message for its author, and for nobody else', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, comment('Fier brigade?'));
    const of = world.history(id).at(-1);
    if (of === undefined) throw new Error('no comment');
    const amend = { verb: 'amend', of, author: ada, text: text('Fire brigade?'), subject: 'Fire brigade?' } as const;
    for (const other of [bo, sue, docket]) {
      expect(world.refused(other, id, amend)).toContain('Only who wrote it can change it');
    }
    world.do(ada, id, amend);
    expect(world.history(id).at(-1)?.change).toEqual({ type: 'amend', of: of.id, text: text('Fire brigade?') });
    world.do(ada, id, { ...amend, text: null });
    expect(world.history(id).at(-1)?.change).toEqual({ type: 'amend', of: of.id, text: null });
  });

  it('are followed by the subject of a ticket that the message opened, until a person sets it', () => {
    const world = new World();
    const id = world.open(rae, { subject: 'Fier!', subjectSource: 'message' });
    const [of] = world.history(id);
    if (of === undefined) throw new Error('no ticket');
    const amend = (subject: string) => ({ verb: 'amend', of, author: rae, text: text(subject), subject }) as const;
    expect(world.do(rae, id, amend('Fire!'))).toMatchObject({ subject: 'Fire!', subjectSource: 'message' });
    world.do(ada, id, { verb: 'set', settings: [{ field: 'subject', value: 'Printer on fire' }] });
    expect(world.do(rae, id, amend('Help!'))).toMatchObject({ subject: 'Printer on fire', subjectSource: 'person' });
    const byHand = world.open(rae, { subject: 'Fier!' });
    const [opened] = world.history(byHand);
    if (opened === undefined) throw new Error('no ticket');
    expect(world.do(rae, byHand, { ...amend('Fire!'), of: opened }).subject).toBe('Fier!');
  });

  it('follow it for its author where somebody else made a ticket of it, while they may see that', () => {
    const world = new World();
    const id = world.open(ada, { requestor: rae });
    const [of] = world.history(id);
    if (of === undefined) throw new Error('no ticket');
    const amend = { verb: 'amend', of, author: rae, text: text('It smokes.'), subject: 'It smokes.' } as const;
    world.do(rae, id, amend);
    world.do(sue, id, set({ queue: 'security' }));
    expect(world.refused(rae, id, amend)).toContain('There is no ticket');
    expect(world.refused(rae, id, { ...amend, text: null })).toContain('There is no ticket');
  });

  it('have nothing to follow where there was no text', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'take' });
    const of = world.history(id).at(-1);
    if (of === undefined) throw new Error('no change');
    expect(world.refused(ada, id, { verb: 'amend', of, author: ada, text: null, subject: '' })).toContain(
      'no text in that change',
    );
  });
});

describe('time worked', () => {
  it('adds up, with a comment on what it went into', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'time', minutes: 30, text: '' });
    expect(world.do(bo, id, { verb: 'time', minutes: 15, text: 'extinguished it' }).timeWorked).toBe(45);
    expect(world.history(id).at(-1)?.change.type).toBe('comment');
  });

  it.each([0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, limits.minutes + 1])('is not %d minutes', (minutes) => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, { verb: 'time', minutes, text: '' })).toContain('time 1 1h30m');
  });
});

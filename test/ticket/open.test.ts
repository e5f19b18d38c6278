import { describe, expect, it } from 'vitest';
import { open } from '../../src/ticket/decide.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { plainInlines, text } from '../../src/ticket/text.ts';
import { ada, cy, newTicket, rae, sue, World } from './world.ts';

function refusal(by: number, wish: Parameters<typeof newTicket>[0]): string {
  const result = open(newTicket(wish), new World().context(by));
  return isRefusal(result) ? plainInlines(result.text) : 'not refused';
}

describe('a new ticket', () => {
  it('has what its queue gives it', () => {
    const world = new World();
    const now = Date.parse(world.now);
    const id = world.open(rae, { subject: ' Printer\non  fire ' });
    expect(world.ticket(id)).toMatchObject({
      version: 1,
      queue: 'helpdesk',
      subject: 'Printer on fire',
      status: 'new',
      priority: 50,
      owner: null,
      requestors: [rae],
      due: new Date(now + 60 * 60_000).toISOString(),
    });
  });

  it('begins in the first status of its lifecycle, with the priority that was asked for', () => {
    const world = new World();
    const id = world.open(ada, { queue: 'changes', priority: 80 });
    expect(world.ticket(id)).toMatchObject({ status: 'draft', priority: 80, due: null });
  });

  it('for somebody else is theirs, and still seen by who opened it', () => {
    const world = new World();
    expect(world.ticket(world.open(ada, { requestor: cy })).requestors).toEqual([cy]);
    expect(world.ticket(world.open(rae, { requestor: cy })).requestors).toEqual([cy, rae]);
  });

  it.each([
    ['an empty subject', { subject: '\t ' }, 'needs a subject'],
    ['a long subject', { subject: 'x'.repeat(201) }, '200 characters'],
    ['a long body', { body: text('x'.repeat(100_001)) }, '100000 characters'],
    ['a priority that is none', { priority: 101 }, 'from 0 to 100'],
    ['a queue that does not exist', { queue: 'moon' }, 'There is no queue moon that you can see.'],
    ['a private queue', { queue: 'security' }, 'There is no queue security that you can see.'],
  ])('%s is refused', (_what, wish, words) => {
    expect(refusal(rae, wish)).toContain(words);
  });

  it('goes to a private queue by those who work there', () => {
    expect(refusal(sue, { queue: 'security' })).toBe('not refused');
  });
});

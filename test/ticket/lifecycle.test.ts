import { describe, expect, it } from 'vitest';
import {
  counterpart,
  defaultLifecycle,
  isDone,
  kindOf,
  move,
  nextStatuses,
  openStatus,
  reopenStatus,
} from '../../src/ticket/lifecycle.ts';
import { approval } from './world.ts';

describe('the default lifecycle', () => {
  it('lets any status follow any other, and has a right of its own for deleting and bringing back', () => {
    const names = defaultLifecycle.statuses.map(({ name }) => name);
    for (const from of names) {
      expect(nextStatuses(defaultLifecycle, from)).toEqual(names.filter((name) => name !== from));
      for (const to of names.filter((name) => name !== from)) {
        const deletion = from === 'deleted' || to === 'deleted';
        expect(move(defaultLifecycle, from, to)?.right).toBe(deletion ? 'DeleteTicket' : 'ModifyTicket');
      }
    }
  });

  it('has no move to a status that there is not, nor from one to itself', () => {
    expect(move(defaultLifecycle, 'new', 'asleep')).toBeNull();
    expect(move(defaultLifecycle, 'new', 'new')).toBeNull();
  });

  it.each([
    ['resolved', true],
    ['rejected', false],
    ['deleted', false],
    ['stalled', false],
  ])('%s says that the work is done: %s', (status, done) => {
    expect(isDone(defaultLifecycle, status)).toBe(done);
  });
});

describe('a lifecycle of its own', () => {
  it('is opened and reopened by its verbs, else to its first active status', () => {
    expect(openStatus(approval)).toBe('review');
    expect(reopenStatus(approval)).toBe('review');
    expect(openStatus({ ...approval, verbs: {} })).toBe('review');
    expect(openStatus({ ...approval, verbs: {}, statuses: [{ name: 'draft', kind: 'initial' }] })).toBeNull();
  });

  it('a status that the configuration dropped counts as active, and can be left', () => {
    expect(kindOf(defaultLifecycle, 'waiting')).toBe('active');
    expect(nextStatuses(defaultLifecycle, 'waiting')).toContain('resolved');
  });

  it.each([
    ['closed', 'resolved'],
    ['approved', 'open'],
    ['draft', 'new'],
  ])('%s becomes %s elsewhere', (status, other) => {
    expect(counterpart(approval, status, defaultLifecycle)).toBe(other);
  });

  it('a status of the same name and kind stays', () => {
    expect(counterpart(defaultLifecycle, 'rejected', { ...defaultLifecycle, name: 'other' })).toBe('rejected');
  });
});

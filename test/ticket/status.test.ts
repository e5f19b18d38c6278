import { describe, expect, it } from 'vitest';
import { ada, bo, comment, cy, docket, rae, reply, set, sue, to, World } from './world.ts';

describe('status', () => {
  it.each([
    ['open', 'open'],
    ['stall', 'stalled'],
    ['resolve', 'resolved'],
    ['reject', 'rejected'],
    ['reopen', 'open'],
  ] as const)('%s makes a new ticket %s', (verb, status) => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(ada, id, to(verb)).status).toBe(status);
    expect(world.refused(ada, id, to(verb))).toBe(`#1 is ${status} already.`);
  });

  it('deleting takes a right of its own, and so does bringing a deleted ticket back', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, to('delete'))).toContain('DeleteTicket');
    expect(world.do(sue, id, to('delete')).status).toBe('deleted');
    expect(world.refused(ada, id, to('reopen'))).toContain('DeleteTicket');
    expect(world.do(sue, id, to('reopen')).status).toBe('open');
  });

  it('a deleted ticket refuses everything else, and says how to go on', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(sue, id, to('delete'));
    expect(world.refused(rae, id, reply('And now?'))).toBe(
      '#1 is deleted. Open a new ticket with /ticket new SUBJECT.',
    );
    expect(world.refused(ada, id, comment('Hm'))).toContain('new SUBJECT');
    expect(world.refused(sue, id, { verb: 'take' })).toBe('#1 is deleted. Bring it back with /ticket reopen 1.');
    expect(world.refused(sue, id, set({ priority: '1' }))).toContain('reopen 1');
  });

  it('the text becomes a comment, and for resolve also the resolution, until the ticket goes on', () => {
    const world = new World();
    const id = world.open(rae);
    const resolved = world.do(ada, id, to('resolve', 'replaced the SFP'));
    expect(resolved).toMatchObject({ resolution: 'replaced the SFP', resolved: resolved.updated });
    expect(world.history(id).at(-1)?.change).toMatchObject({ type: 'comment' });
    expect(world.do(ada, id, to('reopen'))).toMatchObject({ resolution: '', resolved: null });
    expect(world.do(ada, id, to('reject', 'spam')).resolution).toBe('');
  });

  it('work begins when the ticket first becomes active, and that moment stays', () => {
    const world = new World();
    const id = world.open(rae);
    const { started, updated } = world.do(ada, id, to('open'));
    expect(started).toBe(updated);
    expect(world.do(ada, id, to('resolve')).started).toBe(started);
    expect(world.do(ada, id, to('reopen')).started).toBe(started);
  });

  it('an unresolved dependency keeps a ticket from being resolved, and is named', () => {
    const world = new World();
    const [id, other] = [world.open(rae), world.open(rae)];
    world.do(ada, id, { verb: 'link', kind: 'depends on', ticket: other, add: true });
    expect(world.refused(ada, id, to('resolve'))).toContain('#1 depends on #2, which has to be done first');
    expect(world.refused(ada, id, set({ status: 'resolved' }))).toContain('#2');
    expect(world.do(ada, id, to('reject')).status).toBe('rejected');
    world.do(ada, id, to('reopen'));
    world.do(ada, other, to('reject'));
    expect(world.do(ada, id, to('resolve')).status).toBe('resolved');
  });

  it('a dependency that the actor may not see is not named, not even by its number', () => {
    const world = new World();
    world.open(rae);
    const secret = world.open(sue, { queue: 'security', subject: 'Breach' });
    const seen = world.open(rae);
    const id = 1;
    world.do(sue, id, { verb: 'link', kind: 'depends on', ticket: secret, add: true });
    const alone = world.refused(ada, id, to('resolve'));
    expect(alone).toContain('#1 depends on another ticket');
    expect(alone).not.toContain('2');
    world.do(ada, id, { verb: 'link', kind: 'depends on', ticket: seen, add: true });
    expect(world.refused(ada, id, to('resolve'))).toContain('depends on #3, another ticket');
  });

  it('an empty field that is required keeps a ticket from being resolved', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'noc' });
    expect(world.refused(ada, id, to('resolve'))).toContain('before these are filled in: cause');
    world.do(ada, id, set({ cause: 'fibre cut' }));
    expect(world.do(ada, id, to('resolve')).status).toBe('resolved');
  });

  it('a requestor may not change the status', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(rae, id, to('resolve'))).toContain('ModifyTicket');
  });
});

describe('the alarm of stall until', () => {
  it('rings for the owner, and opens the ticket when it is still stalled', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(bo, id, { verb: 'take' });
    const at = world.in(120);
    const stalled = world.do(ada, id, to('stall', 'waiting for the telco', at));
    expect(stalled.reminders).toEqual([
      {
        id: 1,
        at,
        text: 'waiting for the telco',
        target: { to: 'person', person: bo },
        by: ada,
        wakes: true,
        state: 'waiting',
      },
    ]);
    expect(world.refused(docket, id, { verb: 'ring', reminder: 1 })).toContain('no reminder 1');
    world.pass(120);
    expect(world.do(docket, id, { verb: 'ring', reminder: 1 })).toMatchObject({
      status: 'open',
      reminders: [{ state: 'rung' }],
    });
  });

  it('rings for who stalled the ticket when nobody owns it', () => {
    const world = new World();
    const id = world.open(rae);
    const { reminders } = world.do(ada, id, to('stall', '', world.in(60)));
    expect(reminders[0]?.target).toEqual({ to: 'person', person: ada });
  });

  it('ends when the ticket is opened by hand', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('stall', '', world.in(60)));
    expect(world.do(ada, id, to('open')).reminders).toMatchObject([{ state: 'done' }]);
    world.pass(60);
    expect(world.refused(docket, id, { verb: 'ring', reminder: 1 })).toContain('no reminder 1');
  });

  it('put off once it rang, opens no ticket that is stalled no longer', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('stall', '', world.in(60)));
    world.pass(60);
    world.do(docket, id, { verb: 'ring', reminder: 1 });
    world.do(ada, id, to('resolve'));
    world.do(ada, id, { verb: 'snooze', reminder: 1, at: world.in(60) });
    world.pass(60);
    expect(world.do(docket, id, { verb: 'ring', reminder: 1 }).status).toBe('resolved');
  });

  it('is set anew by stalling again until another time', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('stall', '', world.in(60)));
    const again = world.do(ada, id, to('stall', '', world.in(600)));
    expect(again.status).toBe('stalled');
    expect(again.reminders).toMatchObject([{ state: 'done' }, { id: 2, state: 'waiting' }]);
    expect(world.refused(cy, id, to('stall', '', world.in(60)))).toContain('There is no ticket #1');
    expect(world.refused(rae, id, to('stall', '', world.in(60)))).toContain('ModifyTicket');
  });

  it.each([
    ['stall', '2020-01-01T00:00:00.000Z'],
    ['stall', 'soon'],
    ['resolve', '2099-01-01T00:00:00.000Z'],
  ] as const)('%s until %s is refused with an example', (verb, until) => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, to(verb, '', until))).toContain('stall 1 until tomorrow 9am');
  });
});

describe('a lifecycle of its own', () => {
  it('makes only its own moves, each by its own right, and names those that there are', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'changes' });
    expect(world.ticket(id).status).toBe('draft');
    expect(world.refused(ada, id, to('resolve'))).toBe(
      '#1 is draft and cannot become closed from there. It can become: review.',
    );
    expect(world.refused(ada, id, to('stall'))).toContain('are not handled with “stall”');
    expect(world.do(ada, id, { verb: 'take' }).status).toBe('review');
    expect(world.refused(ada, id, set({ status: 'approved' }))).toContain('ReassignTicket');
    expect(world.do(sue, id, set({ status: 'approved' })).status).toBe('approved');
    expect(world.do(ada, id, to('resolve')).status).toBe('closed');
    expect(world.refused(sue, id, set({ status: 'review' }))).toContain('It stays as it is.');
    expect(world.refused(sue, id, set({ status: 'nonsense' }))).toContain('nonsense is no status of changes');
  });

  it('a reply to a ticket that cannot come back is kept, and changes no status', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'changes' });
    world.do(ada, id, { verb: 'take' });
    world.do(sue, id, set({ status: 'approved' }));
    world.do(sue, id, to('resolve'));
    expect(world.do(rae, id, reply('Thanks')).status).toBe('closed');
  });
});

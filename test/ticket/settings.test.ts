import { describe, expect, it } from 'vitest';
import { limits } from '../../src/ticket/limits.ts';
import { ada, bo, cy, rae, set, sue, to, World } from './world.ts';

describe('set', () => {
  it('changes several fields at once', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'noc' });
    const due = world.in(600);
    const changed = world.do(
      ada,
      id,
      set({ subject: ' BGP \n down ', priority: '80', due, next: 'call', Site: 'lax' }),
    );
    expect(changed).toMatchObject({ subject: 'BGP down', priority: 80, due, next: 'call', fields: { site: 'LAX' } });
    expect(world.do(ada, id, set({ due: '', next: '', site: '' }))).toMatchObject({ due: null, next: '', fields: {} });
  });

  it('changes all of them or none', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'noc' });
    expect(world.refused(ada, id, set({ priority: '80', site: 'Mars' }))).toContain('site cannot be Mars');
    expect(world.ticket(id)).toMatchObject({ priority: 50, version: 1 });
  });

  it.each([
    [{ priority: '101' }, 'from 0 to 100'],
    [{ priority: '-1' }, 'from 0 to 100'],
    [{ priority: '1.5' }, 'from 0 to 100'],
    [{ priority: '' }, 'from 0 to 100'],
    [{ subject: ' \n ' }, 'needs a subject'],
    [{ subject: 'x'.repeat(limits.subject + 1) }, '200 characters'],
    [{ next: 'x'.repeat(limits.note + 1) }, '500 characters'],
    [{ due: 'whenever' }, 'due 1 fri 17:00'],
    [{ owner: '3' }, 'give 1 @PERSON'],
    [{ colour: 'red' }, 'There is no field colour'],
    [{ priorty: '5' }, 'Did you mean priority?'],
    [{ __proto__x: '5' }, 'There is no field'],
    [{ constructor: '5' }, 'There is no field constructor'],
    [{ status: 'sleeping' }, 'sleeping is no status of helpdesk'],
    [{ queue: 'moon' }, 'There is no queue moon that you can see'],
    [{}, 'set 1 priority=80'],
    [{ priority: '50' }, 'has that already'],
  ] as const)('refuses %j and says what is possible', (settings, refusal) => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, set(settings))).toContain(refusal);
    expect(world.history(id)).toHaveLength(1);
  });

  it('refuses a field that is named twice', () => {
    const world = new World();
    const id = world.open(rae);
    const settings = ['1', '2'].map((value) => ({ field: 'priority', value }));
    expect(world.refused(ada, id, { verb: 'set', settings })).toContain('priority is named twice');
  });

  it('passes over what the ticket has already, unless that is all', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, set({ priority: '50', next: 'call' }));
    expect(world.history(id).map(({ change }) => change.type)).toEqual(['create', 'set']);
  });

  it('is for those who may modify the ticket', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(rae, id, set({ priority: '99' }))).toContain('ModifyTicket');
    expect(world.refused(cy, id, set({ priority: '99' }))).toContain('There is no ticket #1 that you can see');
  });
});

describe('moving to another queue', () => {
  it('brings the ticket there, with its owner', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'take' });
    expect(world.do(ada, id, set({ queue: 'noc' }))).toMatchObject({ queue: 'noc', owner: ada, status: 'open' });
  });

  it('leaves behind an owner who may own nothing there', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(bo, id, { verb: 'take' });
    expect(world.do(sue, id, set({ queue: 'security' }))).toMatchObject({ queue: 'security', owner: null });
  });

  it('a private queue reads like one that does not exist', () => {
    const world = new World();
    const id = world.open(rae);
    const refusal = world.refused(ada, id, set({ queue: 'security' }));
    expect(refusal).toBe(world.refused(ada, id, set({ queue: 'segurity' })).replace('segurity', 'security'));
  });

  it('a queue that one sees and may not open tickets in says so', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, set({ queue: 'facilities' }))).toContain('You may not bring tickets to facilities');
  });

  it.each([
    ['new', [], 'draft'],
    ['open', [to('open')], 'review'],
    ['stalled', [to('stall')], 'review'],
    ['resolved', [to('resolve')], 'closed'],
    ['rejected', [to('reject')], 'closed'],
  ] as const)('a %s ticket gets the counterpart of its status there', (_status, before, status) => {
    const world = new World();
    const id = world.open(rae);
    for (const command of before) world.do(ada, id, command);
    const { resolved } = world.ticket(id);
    expect(world.do(ada, id, set({ queue: 'changes' }))).toMatchObject({ status, resolved });
  });

  it('keeps the values of fields that the other queue does not have, for the way back', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'noc' });
    world.do(ada, id, set({ site: 'LAX' }));
    world.do(ada, id, set({ queue: 'helpdesk' }));
    expect(world.refused(ada, id, set({ site: 'AMS' }))).toContain('There is no field site');
    expect(world.do(ada, id, set({ queue: 'noc' })).fields).toEqual({ site: 'LAX' });
  });

  it('the other settings are those of the queue that it goes to', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(ada, id, set({ site: 'AMS', queue: 'noc' }))).toMatchObject({ fields: { site: 'AMS' } });
  });
});

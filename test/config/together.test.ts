import { describe, expect, test } from 'vitest';
import { good, mistakes, withInstead } from './good.ts';

describe('a channel of the console is refused what its members may not see', () => {
  test('comments of a queue, where one member may not see them', () => {
    expect(mistakes(withInstead('noc: { members: [noc] }', 'noc: { members: [noc, staff] }'))).toEqual([]);
    expect(mistakes(withInstead('noc: { members: [noc] }', 'noc: { members: [noc, everyone] }'))).toEqual([
      'docket.yaml:20:22 queues.noc.feeds[0].place: not all of `everyone`, who are in `console:#noc`, have ShowTicket in ' +
        '`noc`: they would be shown what they may not see. Give it to them in the rights of the queue, or take them out ' +
        'of the channel.',
    ]);
  });

  test('comments of a queue, where all may see its tickets, but not the comments', () => {
    const open = good.replace('[SeeQueue, CreateTicket]', '[SeeQueue, CreateTicket, ShowTicket]');
    const [told] = mistakes(open.replace('noc: { members: [noc] }', 'noc: { members: [everyone] }'));
    expect(told).toContain('have ShowTicketComments in `noc`');
    const asRequestor = open.replace('audience: staff, ', '');
    expect(mistakes(asRequestor.replace('noc: { members: [noc] }', 'noc: { members: [everyone] }'))).toEqual([]);
  });

  test('an intake, where one member may not open tickets', () => {
    const [told] = mistakes(withInstead('[SeeQueue, CreateTicket]', '[SeeQueue]'));
    expect(told).toContain('queues.noc.intake[0]: not all of `everyone`, who are in `console:#ask`, have CreateTicket');
  });

  test('a group of a platform, of which nobody knows here who is in it', () => {
    const crew = good.replace('noc: [bo]', 'noc: [bo]\n  crew: [slack:T1/S1]');
    const [told] = mistakes(crew.replace('noc: { members: [noc] }', 'noc: { members: [crew] }'));
    expect(told).toContain('not all of `crew`, who are in `console:#noc`, have ShowTicket');
    const inNoc = crew.replace('noc: [bo]', 'noc: [bo, slack:T1/S1]');
    expect(mistakes(inNoc.replace('noc: { members: [noc] }', 'noc: { members: [crew] }'))).toEqual([]);
  });

  test('an administrator may see everything, in no matter which group', () => {
    // `staff` is the group noc, and ada, who is in no group that has the right, but is the administrator.
    expect(mistakes(withInstead('noc: { members: [noc] }', 'noc: { members: [staff] }'))).toEqual([]);
  });
});

describe('mistakes of all kinds are told at once', () => {
  test('wrong types and wrong names, in the order of the file', () => {
    const text = good
      .replace('zone: UTC', 'zone: 3')
      .replace('name: Bo }', 'name: Bo, zone: Mars }')
      .replace('lifecycle: change', 'lifecycle: chnge\n    priority: high')
      .replace('default queue: noc', 'default queue: nox');
    expect(mistakes(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'docket.yaml:1:7 zone:',
      'docket.yaml:4:25 people.bo.zone:',
      'docket.yaml:17:16 queues.noc.lifecycle:',
      'docket.yaml:18:15 queues.noc.priority:',
      'docket.yaml:24:16 default',
    ]);
  });

  test('names that are defined by something mistaken are not told to be unknown', () => {
    expect(mistakes(withInstead('  bo: { name: Bo }', '  bo: 3'))).toEqual([
      'docket.yaml:4:7 people.bo: must be keys with values, and is the number `3`.',
    ]);
    expect(mistakes(withInstead('  noc:\n    lifecycle: change', '  noc:\n    lifecycle: 7'))).toEqual([
      'docket.yaml:17:16 queues.noc.lifecycle: must be text. Put it in quotes: `"7"`',
    ]);
  });
});

describe('what is no YAML', () => {
  test.each([
    ['a key twice', `${good}zone: UTC\n`, '28:1 `zone` is here for the second time. Keep one of them.'],
    ['a tab', 'people:\n\tada: {}\n', '2:1 a tab cannot indent in YAML. Use spaces.'],
    ['a second document', `${good}---\nzone: UTC\n`, '28:1 the file ends at this `---`. Everything belongs before it.'],
  ])('%s', (_, text, told) => {
    expect(mistakes(text)).toContain(`docket.yaml:${told}`);
  });

  test.each([
    ['an open bracket', 'people: [\n'],
    ['an open quote', 'zone: "UTC\n'],
    ['a key that is no text', '? [1, 2]\n: 3\n'],
    ['a tag', 'zone: !!js/function UTC\n'],
    ['an alias without its anchor', 'zone: *nowhere\n'],
  ])('%s', (_, text) => {
    const told = mistakes(text);
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/^docket\.yaml:\d+:\d+ /);
  });

  test('an empty file has no queue and no administrator', () => {
    expect(mistakes('')).toEqual([
      'docket.yaml:1:1 people: nobody is an administrator, who would sign in first. Give somebody `administrator: true`.',
      'docket.yaml:1:1 there is no queue. Tickets live in queues: add one under `queues`.',
    ]);
  });
});

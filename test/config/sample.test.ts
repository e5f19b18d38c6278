import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { isMistaken, loadConfig, parseConfig } from '../../src/config/load.ts';
import { describeMistakes } from '../../src/config/mistake.ts';
import { editorSchema } from '../../src/config/schema.ts';
import type { Actor } from '../../src/ticket/actor.ts';
import { defaultLifecycle, nextStatuses } from '../../src/ticket/lifecycle.ts';
import { rights } from '../../src/ticket/policy.ts';
import { may } from '../../src/ticket/rights.ts';

const text = readFileSync('docket.yaml', 'utf8');

function fine(result: ReturnType<typeof loadConfig>): Config {
  if (isMistaken(result)) expect.fail(describeMistakes(result.mistakes));
  return result;
}

/** Someone of the sample, as the store would find them. */
function actor({ people, groups }: Config, handle: string): Actor {
  const within = new Set<string>();
  const join = (member: string, of: 'people' | 'groups'): void => {
    for (const group of groups) {
      if (!group[of].includes(member) || within.has(group.name)) continue;
      within.add(group.name);
      join(group.name, 'groups');
    }
  };
  join(handle, 'people');
  const person = people.find(({ name }) => name === handle);
  if (person === undefined) expect.fail(`There is no ${handle} in the sample.`);
  return { person: 1, name: person.displayName, groups: within, superuser: person.superuser, zone: 'UTC' };
}

describe('the sample configuration', () => {
  const config = fine(loadConfig('docket.yaml'));

  test('has two operators, a supervisor, a requestor and an administrator to sit in as', () => {
    expect(config.sample).toBe(true);
    expect(config.people.map(({ name, about }) => [name, about])).toEqual([
      ['admin', 'administrator'],
      ['ada', 'operator'],
      ['bo', 'operator'],
      ['sue', 'supervisor'],
      ['rita', 'requestor'],
    ]);
    expect(config.people.filter(({ superuser }) => superuser).map(({ name }) => name)).toEqual(['admin']);
  });

  test('makes a ticket of each message in #helpdesk, and tells #noc and #security of their queues', () => {
    expect(config.intakes).toEqual([
      { platform: 'console', workspace: 'docket', channel: 'helpdesk', queue: 'helpdesk' },
    ]);
    const feeds = config.feeds.map(({ queue, audience, search, key }) => [queue, key.channel, audience, search]);
    expect(feeds).toEqual([
      ['helpdesk', 'noc', 'staff', 'priority>=80'],
      ['noc', 'noc', 'staff', ''],
      ['security', 'security', 'staff', ''],
    ]);
    expect(config.channels.map(({ name, members, intake }) => [name, members, intake])).toEqual([
      ['helpdesk', ['everyone'], 'helpdesk'],
      ['noc', ['staff'], null],
      ['security', ['security'], null],
    ]);
  });

  test.each([
    ['rita', 'helpdesk', { SeeQueue: true, CreateTicket: true, ShowTicket: false, OwnTicket: false }],
    ['ada', 'noc', { SeeQueue: true, ShowTicketComments: true, OwnTicket: true, DeleteTicket: false }],
    ['ada', 'security', { SeeQueue: false, CreateTicket: false, ShowTicket: false }],
    ['sue', 'security', { SeeQueue: true, ShowTicketComments: true, DeleteTicket: true, AdminQueue: true }],
    ['sue', 'noc', { OwnTicket: true, ReassignTicket: true, DeleteTicket: true }],
    ['admin', 'security', { SeeQueue: true, ShowTicketComments: true, AdminQueue: true }],
  ] as const)('gives %s in %s what they need and no more', (handle, name, expected) => {
    const queue = config.policy.queues.get(name);
    if (queue === undefined) expect.fail(`There is no queue ${name} in the sample.`);
    const who = actor(config, handle);
    const had = Object.keys(expected).map((right) => [right, may(who, right as keyof typeof rights, queue, null)]);
    expect(Object.fromEntries(had)).toEqual(expected);
  });

  test('reads lengths of time as minutes, and takes a queue that nobody names for the default', () => {
    expect(config.policy.queues.get('helpdesk')?.dueIn).toBe(3 * 24 * 60);
    expect(config.policy.queues.get('noc')?.dueIn).toBeNull();
    expect(config.policy.defaultQueue).toBe('helpdesk');
    expect(config.policy.lifecycles.get('default')).toEqual(defaultLifecycle);
  });

  test('explains each right in the words of the table of rights', () => {
    for (const [right, allows] of Object.entries(rights)) {
      expect(text).toMatch(new RegExp(`^#   ${right} +${allows.replace(/[.*+?()]/g, '\\$&')}$`, 'm'));
    }
  });

  test('is right also with the lifecycle that it shows as an example', () => {
    const begins = text.indexOf('# lifecycles:');
    const example = text.slice(begins).replace(/^# ?/gm, '');
    const { policy } = fine(parseConfig(`${text.slice(0, begins)}${example}`, 'docket.yaml'));
    const change = policy.lifecycles.get('change');
    if (change === undefined) expect.fail('There is no such lifecycle.');
    expect(change.initial).toBe('proposed');
    expect(nextStatuses(change, 'proposed')).toEqual(['approved', 'withdrawn']);
    expect(change.verbs.resolve).toBe('done');
  });

  test('is right also with the keys that it shows as examples', () => {
    const shown = text.replace(/^( *)# (web: |cause: )/gm, '$1$2');
    const config = fine(parseConfig(shown, 'docket.yaml'));
    expect(config.web.url).toBe('https://desk.example.org');
    const cause = config.policy.queues.get('noc')?.fields.find(({ name }) => name === 'cause');
    expect(cause?.requiredToResolve).toBe(true);
  });
});

describe('the JSON Schema for editors', () => {
  test('is the one that the sample names, and up to date (`npx docket config schema > docket.schema.json`)', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/docket\.schema\.json$/m);
    expect(JSON.parse(readFileSync('docket.schema.json', 'utf8'))).toEqual(editorSchema());
  });
});

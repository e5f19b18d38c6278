import { describe, expect, test } from 'vitest';
import { good, mistakes, withInstead } from './good.ts';

test('a configuration without mistakes has none', () => {
  expect(mistakes(good)).toEqual([]);
});

describe('each mistake is told with its place and what to write instead', () => {
  // What is written, what is written instead, with ¦ where the mistake is to be shown, and what is told.
  const table: readonly (readonly [string, string, string, string])[] = [
    ['a mistyped key', 'zone: UTC', '¦zonne: UTC', 'zonne: unknown key `zonne`: did you mean `zone`?'],
    [
      'a key that resembles none',
      'zone: UTC',
      '¦colour: red',
      'colour: unknown key `colour`: there are `sample`, `zone`, `web`, `people`, `groups`, `rights`, `lifecycles`, `queues`, `default queue`, `limits`, `console`.',
    ],
    [
      'a mistyped key further in',
      'name: Bo }',
      'name: Bo, ¦mial: bo@example.org }',
      'people.bo.mial: unknown key `mial`: did you mean `mail`?',
    ],
    [
      'a secret',
      'zone: UTC',
      '¦slack_token: xoxb-1234',
      'slack_token: `slack_token` looks like a secret. Secrets do not belong in this file: give them in the environment or in .env.',
    ],
    [
      'an address with a password in it',
      'zone: UTC',
      'web: { url: ¦https://ada:pass@example.org }',
      'web.url: has a password in it. Secrets do not belong in this file.',
    ],
    ['a zone', 'zone: UTC', 'zone: ¦Europe/Berln', 'zone: unknown zone `Europe/Berln`: did you mean `Europe/Berlin`?'],
    [
      'an offset for a zone',
      'zone: UTC',
      'zone: ¦"+02:00"',
      'zone: unknown zone `+02:00`: write an IANA zone, such as `Europe/Berlin`.',
    ],
    [
      'the zone of a person',
      'name: Bo }',
      'name: Bo, zone: ¦Mars }',
      'people.bo.zone: unknown zone `Mars`: write an IANA zone, such as `Europe/Berlin`.',
    ],
    ['a mail address', 'name: Bo }', 'name: Bo, mail: ¦bo }', 'people.bo.mail: `bo` is no mail address.'],
    [
      'a web address',
      'zone: UTC',
      'web: { url: ¦desk }',
      'web.url: `desk` is no web address: https://desk.example.org.',
    ],
    ['a number for a text', 'name: Bo }', 'name: ¦5 }', 'people.bo.name: must be text. Put it in quotes: `"5"`'],
    [
      'an id with more digits than a number keeps',
      'name: Bo }',
      'name: ¦1234567890123456789 }',
      'people.bo.name: must be text. Put it in quotes: `"1234567890123456789"`',
    ],
    [
      'a number that begins with zero',
      'name: Bo }',
      'name: ¦007 }',
      'people.bo.name: must be text. Put it in quotes: `"007"`',
    ],
    [
      'a text for a switch',
      'administrator: true',
      'administrator: ¦yes',
      'people.ada.administrator: must be `true` or `false`, and is the text `yes`.',
    ],
    ['a list for a section', 'zone: UTC', 'web: ¦[]', 'web: must be keys with values, and is a list.'],
    ['a section without content', 'zone: UTC', 'web:¦', 'web: has no value. Write one, or take the key out.'],
    ['what has to be there', '{ name: Bo }', '¦{ about: operator }', 'people.bo.name: is missing.'],
    [
      'a name with capitals',
      '  bo: {',
      '  ¦Cy: { name: Cy }\n  bo: {',
      'people.Cy: `Cy` is no name for a person: small letters, digits, `.`, `-` and `_`, 40 at most.',
    ],
    [
      'a person who is called like a word of commands',
      '  bo: {',
      '  ¦nobody: { name: No }\n  bo: {',
      'people.nobody: `nobody` is a word of commands. Take another name.',
    ],
    [
      'no administrator',
      'people:\n  ada: { name: Ada, administrator: true }',
      '¦people:\n  ada: { name: Ada }',
      'people: nobody is an administrator, who would sign in first. Give somebody `administrator: true`.',
    ],
    [
      'a group that is called like a role',
      '  noc: [bo]',
      '  ¦owner: []\n  noc: [bo]',
      'groups.owner: `owner` has a meaning of its own. Take another name.',
    ],
    [
      'a group that is called like a person',
      '  noc: [bo]',
      '  ¦ada: []\n  noc: [bo]',
      'groups.ada: `ada` is a person already. Take another name.',
    ],
    [
      'an unknown member',
      'staff: [noc, ada]',
      'staff: [noc, ¦adda]',
      'groups.staff[1]: unknown person or group `adda`: did you mean `ada`?',
    ],
    [
      'a group of a platform that is none',
      'staff: [noc, ada]',
      'staff: [noc, ¦slack:S0456]',
      'groups.staff[1]: `slack:S0456` is no group of a platform. Write it like `slack:T0123/S0456`.',
    ],
    [
      'rights of a workspace that is none',
      'rights: { everyone: [SeeQueue, CreateTicket]',
      "rights: { ¦'slack:T1/C1': [SeeQueue], everyone: [SeeQueue, CreateTicket]",
      'queues.noc.rights.slack:T1/C1: `slack:T1/C1` is no workspace. Write it like `slack:T0123`.',
    ],
    [
      'comments for all of a workspace',
      'rights: { everyone: [SeeQueue, CreateTicket]',
      "rights: { ¦'slack:T1': [work], everyone: [SeeQueue, CreateTicket]",
      'queues.noc.rights.slack:T1: `slack:T1` cannot have ShowTicketComments: requestors would read what only staff see.',
    ],
    [
      'an account without its workspace',
      'bo: { name: Bo }',
      'bo: { name: Bo, accounts: [¦slack:U0456] }',
      'people.bo.accounts[0]: `slack:U0456` is no account. Write it like `slack:T0123/U0456`.',
    ],
    [
      'an account on no platform that there is',
      'bo: { name: Bo }',
      'bo: { name: Bo, accounts: [¦irc:bo] }',
      'people.bo.accounts[0]: `irc:bo` is no account. Write it such as `slack:T0123/U0456`.',
    ],
    [
      'an account of two people',
      'ada: { name: Ada, administrator: true }\n  bo: { name: Bo }',
      'ada: { name: Ada, administrator: true, accounts: [slack:T1/U1] }\n  bo: { name: Bo, accounts: [¦slack:T1/U1] }',
      'people.bo.accounts[0]: `slack:T1/U1` is `ada` already. Keep one of them.',
    ],
    [
      'a group in itself',
      'noc: [bo]',
      '¦noc: [staff]',
      'groups.noc: the group is in itself: `noc` in `staff` in `noc`. Take one of them out of another.',
    ],
    [
      'an unknown right in a set',
      'work: [SeeQueue',
      'work: [¦SeeQueu',
      'rights.work[0]: unknown right `SeeQueu`: did you mean `SeeQueue`?',
    ],
    [
      'an unknown right in a queue',
      '[SeeQueue, CreateTicket]',
      '[SeeQueue, ¦CreateTickets]',
      'queues.noc.rights.everyone[1]: unknown right `CreateTickets`: did you mean `CreateTicket`?',
    ],
    [
      'an unknown set of rights',
      'noc: [work]',
      'noc: [¦wrok]',
      'queues.noc.rights.noc[0]: unknown right `wrok`: did you mean `work`?',
    ],
    [
      'an unknown holder of rights',
      'noc: [work] }',
      'noc: [work], ¦staf: [work] }',
      'queues.noc.rights.staf: unknown group or role `staf`: did you mean `staff`?',
    ],
    [
      'rights for a person',
      'noc: [work] }',
      'noc: [work], ¦bo: [work] }',
      'queues.noc.rights.bo: `bo` is a person. Rights go to groups: put them in one.',
    ],
    [
      'comments for requestors',
      'noc: [work] }',
      'noc: [work], ¦requestor: [work] }',
      'queues.noc.rights.requestor: `requestor` cannot have ShowTicketComments: requestors would read what only staff see.',
    ],
    [
      'an unknown kind of status',
      'done: inactive',
      'done: ¦closed',
      'lifecycles.change.statuses.done: unknown kind of status `closed`: there are `initial`, `active`, `inactive`.',
    ],
    [
      'a move to an unknown status',
      '{ done: ModifyTicket }',
      '{ ¦doen: ModifyTicket }',
      'lifecycles.change.moves.open.doen: unknown status `doen`: did you mean `done`?',
    ],
    [
      'a move from an unknown status',
      'open: { done',
      '¦opne: { done',
      'lifecycles.change.moves.opne: unknown status `opne`: did you mean `open`?',
    ],
    [
      'the right of a move',
      '{ done: ModifyTicket }',
      '{ done: ¦ModifyTickt }',
      'lifecycles.change.moves.open.done: unknown right `ModifyTickt`: did you mean `ModifyTicket`?',
    ],
    [
      'a status out of reach',
      'done: inactive }\n    moves: { new: { open: ModifyTicket }, open: { done: ModifyTicket } }',
      '¦done: inactive }\n    moves: { new: { open: ModifyTicket } }',
      'lifecycles.change.statuses.done: no move leads from `new` to `done`. Add one, or take the status out.',
    ],
    [
      'a lifecycle without a beginning',
      'statuses: { new: initial',
      'statuses: ¦{ new: active',
      'lifecycles.change.statuses: there is no status of the kind initial, so a new ticket has no status. Add one.',
    ],
    [
      'a verb that leads nowhere',
      'resolve: done',
      'resolve: ¦dne',
      'lifecycles.change.verbs.resolve: unknown status `dne`: did you mean `done`?',
    ],
    [
      'a verb that leads to the wrong kind',
      'resolve: done',
      'resolve: ¦open',
      'lifecycles.change.verbs.resolve: `resolve` must lead to a status of the kind inactive; `open` is active.',
    ],
    [
      'an unknown verb',
      'resolve: done',
      '¦resolv: done',
      'lifecycles.change.verbs.resolv: unknown key `resolv`: did you mean `resolve`?',
    ],
    [
      'an unknown lifecycle',
      'lifecycle: change',
      'lifecycle: ¦chnage',
      'queues.noc.lifecycle: unknown lifecycle `chnage`: did you mean `change`?',
    ],
    ['a priority', 'lifecycle: change', 'priority: ¦101', 'queues.noc.priority: must be 100 or less.'],
    [
      'a length of time',
      'lifecycle: change',
      'due in: ¦soon',
      'queues.noc.due in: `soon` is no length of time: a number and m, h, d or w, such as 2d.',
    ],
    [
      'a place',
      "intake: ['console:#ask']",
      'intake: [¦ask]',
      'queues.noc.intake[0]: `ask` is no place. Write `console:#noc`, or such as `slack:T0123/C0456`.',
    ],
    [
      'a place on a platform',
      "intake: ['console:#ask']",
      "intake: [¦'slack:C1']",
      'queues.noc.intake[0]: `slack:C1` is no place. Write it like `slack:T0123/C0456`.',
    ],
    [
      'an unknown channel',
      "['console:#ask']",
      "[¦'console:#aks']",
      'queues.noc.intake[0]: unknown channel `console:#aks`: did you mean `console:#ask`?',
    ],
    [
      'the same intake twice',
      "['console:#ask']",
      "['console:#ask', ¦'console:#ask']",
      'queues.noc.intake[1]: `console:#ask` is the intake of `noc` already. It can have one queue.',
    ],
    [
      'an audience',
      'audience: staff',
      'audience: ¦stuff',
      'queues.noc.feeds[0].audience: unknown audience `stuff`: did you mean `staff`?',
    ],
    [
      'a default queue',
      'default queue: noc',
      'default queue: ¦nco',
      'default queue: unknown queue `nco`: did you mean `noc`?',
    ],
    [
      'an unknown member of a channel',
      'members: [everyone]',
      'members: [¦everyon]',
      'console.channels.ask.members[0]: unknown group `everyon`: did you mean `everyone`?',
    ],
    [
      'a person as a member of a channel',
      'noc: { members: [noc] }',
      'noc: { members: [¦bo] }',
      'console.channels.noc.members[0]: `bo` is a person. Put them in a group, and name that.',
    ],
    [
      'a custom field that is called like one that every ticket has',
      '      site:',
      '      ¦due:',
      'queues.noc.fields.due: every ticket has a field `due` of its own. Take another name.',
    ],
    [
      'a choice without values',
      'site: { type: choice, values: [LAX, FRA]',
      'site: ¦{ type: choice',
      'queues.noc.fields.site: has nothing to choose from. Add `values: [...]`.',
    ],
    [
      'a value twice',
      '[LAX, FRA]',
      '[LAX, ¦lax]',
      'queues.noc.fields.site.values[1]: `lax` is here for the second time. Keep one of them.',
    ],
    [
      'a key that only another type of field has',
      'values: [LAX, FRA]',
      'values: [LAX], ¦min: 3',
      'queues.noc.fields.site.min: only a field of the type number has `min`; this is a choice.',
    ],
    [
      'bounds the wrong way round',
      'type: choice, values: [LAX, FRA]',
      'type: number, min: 3, max: ¦1',
      'queues.noc.fields.site.max: is less than `min`, which is 3.',
    ],
    [
      'a regular expression',
      'type: choice, values: [LAX, FRA]',
      'type: text, pattern: ¦"("',
      'queues.noc.fields.site.pattern: is not a regular expression: Unterminated group.',
    ],
    [
      'a pattern that looks ahead',
      'type: choice, values: [LAX, FRA]',
      'type: text, pattern: ¦"(?!X)[A-Z]+"',
      'queues.noc.fields.site.pattern: uses a look-ahead (`(?!…)`), which Docket does not support. Write the pattern without it.',
    ],
    [
      'a pattern that refers back',
      'type: choice, values: [LAX, FRA]',
      String.raw`type: text, pattern: ¦'(?<a>a)[(?=](\(?=)\k<a>'`,
      'queues.noc.fields.site.pattern: uses a back-reference (`\\k<`), which Docket does not support. Write the pattern without it.',
    ],
    [
      'a pattern that would take long',
      'type: choice, values: [LAX, FRA]',
      'type: text, pattern: ¦"((a?){40}){40}"',
      'queues.noc.fields.site.pattern: repeats too much: matching it would take too long. Use smaller counts in `{…}`.',
    ],
    [
      'a pattern with a class that there is not',
      'type: choice, values: [LAX, FRA]',
      String.raw`type: text, pattern: ¦'\p{Script=Greek}+'`,
      'queues.noc.fields.site.pattern: uses syntax that Docket does not support: invalid character class range: `\\p{Script=Greek}`.',
    ],
  ];

  test.each(table)('%s', (_, from, to, told) => {
    const marked = withInstead(from, to);
    const before = marked.slice(0, marked.indexOf('¦')).split('\n');
    const place = `${before.length}:${(before.at(-1) ?? '').length + 1}`;
    expect(mistakes(marked.replace('¦', ''))).toEqual([`docket.yaml:${place} ${told}`]);
  });

  test('a search that is none', () => {
    const told = mistakes(withInstead('priority>=50', 'priorty>=50'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^docket\.yaml:20:63 queues\.noc\.feeds\[0\]\.search: is no search\. .*priority/);
  });
});

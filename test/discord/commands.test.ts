import { ApplicationCommandOptionType as Type } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../connectors/discord/commands.ts';
import { groups, type Subcommand, subcommands } from '../../connectors/discord/subcommands.ts';
import { askedBy, choicesFor, lineToComplete } from '../../connectors/discord/typed-command.ts';
import { commands as grammar } from '../../src/language/commands.ts';
import { complete, type Known } from '../../src/language/complete.ts';
import { submit } from '../../src/language/form.ts';
import { parse } from '../../src/language/parse.ts';
import { plain, text } from '../../src/ticket/text.ts';
import { commandFaults, setFaults } from '../emulators/discord/command-limits.ts';
import { recordsOf } from '../emulators/discord/shapes.ts';
import { change, speaking } from '../language/speaking.ts';
import { typed } from '../support/texts.ts';

type Told = Readonly<Record<string, string | number>>;

const everySubcommand: readonly { readonly path: string; readonly subcommand: Subcommand }[] = [
  ...subcommands.map((subcommand) => ({ path: subcommand.name, subcommand })),
  ...groups.flatMap(({ name, subcommands: inner }) =>
    inner.map((subcommand) => ({ path: `${name} ${subcommand.name}`, subcommand })),
  ),
];

/** The `data` of an interaction, as Discord sends it: `people cc`, and what its options were told. */
function data(path: string, told: Told, focused: string | null = null): object {
  const names = path.split(' ');
  const { subcommand } = everySubcommand.find((each) => each.path === path) ?? {};
  const options = Object.entries(told).map(([name, value]) => {
    const type = subcommand?.options.find((option) => option.name === name)?.type;
    const known = { words: Type.String, number: Type.Integer, person: Type.User };
    return { name, type: known[type ?? 'words'], value, ...(name === focused ? { focused: true } : {}) };
  });
  const inner = { type: Type.Subcommand, name: names.at(-1), options };
  return { options: [names.length === 1 ? inner : { type: Type.SubcommandGroup, name: names[0], options: [inner] }] };
}

const kept = new Map<string, string>();
const remember = async (text: string) => {
  const key = `${kept.size}`.padStart(22, '0');
  kept.set(key, text);
  return key;
};
const asking = (given: unknown) => askedBy(given, async (key) => kept.get(key) ?? null);

/** What the house takes a slash command for. */
async function meant(path: string, told: Told): Promise<unknown> {
  const asked = await asking(data(path, told));
  if (asked === null) return null;
  return 'line' in asked ? parse(asked.line, speaking) : submit(asked.command, asked.answers, speaking);
}

const ada = { person: 'mention', id: '1' };
const body = text('13 days : no link');

describe('the commands', () => {
  const defined = recordsOf(JSON.parse(JSON.stringify(commands)));

  it('keep all of Discord’s limits', () => {
    expect(defined.flatMap((command, at) => commandFaults([at], command))).toEqual([]);
    expect(setFaults(defined)).toEqual([]);
  });

  it('have a subcommand for each verb of the grammar', () => {
    const named = new Set(everySubcommand.map(({ subcommand }) => subcommand.name));
    const elsewhere = new Map([
      ['p80', 'priority'],
      ['form', 'do'],
    ]);
    for (const { verb } of grammar) expect(named).toContain(elsewhere.get(verb) ?? verb);
  });
});

describe('a slash command', () => {
  it.each<[path: string, told: Told, request: object]>([
    ['show', { on: '12' }, { do: 'show', ticket: 12 }],
    ['show', { on: '#12' }, { do: 'show', ticket: 12 }],
    ['take', { on: '12' }, change(12, { verb: 'take' })],
    ['take', { on: '12 13' }, change([12, 13], { verb: 'take' })],
    ['steal', { on: '12' }, change(12, { verb: 'steal' })],
    ['release', { on: '12' }, change(12, { verb: 'release' })],
    ['give', { on: '12', person: '1' }, change(12, { verb: 'give', to: ada })],
    ['give', { on: '12' }, { do: 'form', form: 'give', ticket: 12, said: {} }],
    ['reply', { on: '12', text: '13 days : no link' }, change(12, { verb: 'reply', text: body, attachments: [] })],
    ['reply', { on: '12' }, { do: 'form', form: 'reply', ticket: 12, said: {} }],
    ['comment', { on: '#12', text: '13 days : no link' }, change(12, { verb: 'comment', text: body, attachments: [] })],
    ['open', { on: '12', text: '13' }, change(12, { verb: 'open', text: '13', until: null })],
    ['open', { on: '12, #13', text: '14 x' }, change([12, 13], { verb: 'open', text: '14 x', until: null })],
    ['open', { on: '12' }, change(12, { verb: 'open', text: '', until: null })],
    [
      'stall',
      { on: '12', until: '2h', text: 'until tomorrow' },
      { command: { verb: 'stall', text: 'until tomorrow' } },
    ],
    ['stall', { on: '12', text: 'until 2h' }, change(12, { verb: 'stall', text: 'until 2h', until: null })],
    ['stall', { on: '12' }, change(12, { verb: 'stall', text: '', until: null })],
    ['resolve', { on: '12', text: '#13 was the cause' }, { command: { verb: 'resolve', text: '#13 was the cause' } }],
    ['reject', { on: '12' }, change(12, { verb: 'reject', text: '', until: null })],
    ['reopen', { on: '12', text: '#13 again' }, change(12, { verb: 'reopen', text: '#13 again', until: null })],
    ['change delete', { on: '12', text: '13 until 14' }, { tickets: [12], command: { verb: 'delete' } }],
    ['change priority', { on: '12', priority: 0 }, { command: { settings: [{ field: 'priority', value: '0' }] } }],
    ['change move', { on: '12', queue: 'noc' }, { command: { settings: [{ field: 'queue', value: 'noc' }] } }],
    ['change due', { on: '12', when: '2h' }, { tickets: [12], command: { verb: 'set' } }],
    ['change next', { on: '12', text: 'none' }, { tickets: [12], command: { verb: 'set' } }],
    ['change time', { on: '12', duration: '90', text: '5 cables' }, { command: { minutes: 90, text: '5 cables' } }],
    ['change undo', { on: '12' }, change(12, { verb: 'undo' })],
    ['set', { on: '12', field: 'rack unit', value: '7 x=y' }, { command: { settings: [{ value: '7 x=y' }] } }],
    ['remind', { on: '12', when: '2h', text: 'tomorrow' }, { command: { verb: 'remind', text: 'tomorrow' } }],
    ['remind', { on: '12', when: '2h', person: '1' }, { command: { target: { to: 'person', person: ada } } }],
    ['people cc', { on: '12', person: '1' }, { command: { verb: 'watcher', role: 'cc', person: ada, add: true } }],
    ['people admincc', { on: '12', person: '1' }, { command: { role: 'admincc' } }],
    ['people requestor', { on: '12', person: '1' }, { command: { role: 'requestor' } }],
    ['people watch', { on: '12' }, change(12, { verb: 'watch' })],
    ['people unwatch', { on: '12' }, change(12, { verb: 'unwatch' })],
    ['links link', { on: '12', kind: 'depends on', ticket: '#13' }, { command: { ticket: 13, add: true } }],
    ['links unlink', { on: '12', kind: 'depends on', ticket: '#13' }, { command: { ticket: 13, add: false } }],
    ['links merge', { on: '12', ticket: '13' }, change(12, { verb: 'merge', into: 13 })],
    ['more history', { on: '12' }, { do: 'history', ticket: 12 }],
    ['more snooze', { on: '12', when: '2h' }, { command: { verb: 'snooze', reminder: null } }],
    ['more snooze', { on: '12' }, { command: { verb: 'snooze', reminder: null } }],
    ['more done', { on: '12' }, change(12, { verb: 'done', reminder: null })],
    ['more feed', { queue: 'noc', search: 'priority>=50' }, { do: 'feed', queue: 'noc', line: 'priority>=50' }],
    ['more unfeed', { queue: 'noc' }, { do: 'unfeed', queue: 'noc' }],
    ['more report', { report: 'Load' }, { do: 'report', name: 'load' }],
    ['more reminders', {}, { do: 'reminders' }],
    ['list', { search: 'queue:noc by due' }, { do: 'list', order: 'due' }],
    ['list', {}, { do: 'list', title: 'Open tickets' }],
    ['mine', {}, { do: 'list', line: 'mine' }],
    ['unowned', { search: 'queue:noc' }, { do: 'list', line: 'unowned queue:noc' }],
    ['find', { words: 'link down' }, { do: 'list', search: { all: [{ words: 'link' }, { words: 'down' }] } }],
    ['do', { line: 'take 12' }, change(12, { verb: 'take' })],
    ['help', { topic: 'reminders' }, { do: 'help', topic: 'reminders' }],
    ['help', {}, { do: 'help', topic: null }],
    ['new', {}, { do: 'form', form: 'new', ticket: null, said: {} }],
    [
      'new',
      { subject: 'in noc : for me', body: '#13', queue: 'noc', priority: 80, requestor: '1' },
      {
        do: 'new',
        ticket: { queue: 'noc', subject: 'in noc : for me', body: text('#13'), priority: 80, requestor: ada },
      },
    ],
  ])('%s %j is what it says', async (path, told, request) => {
    expect(await meant(path, told)).toMatchObject(request);
  });

  it('every subcommand is among those', async () => {
    // What each of them means stands in the table above; here, that none is left out of it.
    for (const { path, subcommand } of everySubcommand) {
      const told = Object.fromEntries(
        subcommand.options.map(({ name, type }) => [name, type === 'number' ? 5 : (samples[name] ?? '1')]),
      );
      expect(await meant(path, told), path).toHaveProperty('do');
    }
  });

  it.each(['reply', 'comment', 'resolve', 'reject', 'stall', 'open', 'reopen', 'change delete'])(
    '%s takes a text as it stands, also where it looks like grammar',
    async (path) => {
      const tricky = fc.constantFrom(
        '13',
        '#13',
        '13 14',
        '#13, #14: x',
        'until 2h',
        'page 2',
        '-',
        ':',
        '!take',
        'none',
      );
      await fc.assert(
        fc.asyncProperty(fc.oneof(tricky, typed), async (words) => {
          const wanted = words.trim();
          // People who are mentioned in a text are people there too.
          if (wanted === '' || wanted.includes('<@')) return;
          const request = await meant(path, { on: '12', text: words });
          expect(request).toMatchObject({ do: 'change', tickets: [12] });
          const { command } = request as { command: { text: string | ReturnType<typeof text> } };
          const said = typeof command.text === 'string' ? command.text : plain(command.text);
          expect(said.trim()).toBe(wanted);
        }),
      );
    },
  );

  it('asks for what is missing with what was told, by a form that is likely to come', async () => {
    expect(await asking(data('reply', { on: '12' }))).toEqual({ line: 'reply 12', asks: true });
    expect(await asking(data('remind', { on: '12', text: 'call' }))).toMatchObject({
      answers: { text: 'call' },
      asks: true,
    });
    expect(await asking(data('new', { queue: 'noc' }))).toMatchObject({ answers: { queue: 'noc' }, asks: true });
    expect(await asking(data('reply', { on: '12', text: 'x' }))).toMatchObject({ asks: false });
  });

  it('words where a ticket was to be named find it, and do nothing', async () => {
    expect(await meant('take', { on: 'printer fire' })).toMatchObject({ do: 'list', line: 'find printer fire' });
    expect(await meant('open', { on: 'printer', text: 'x' })).toMatchObject({ do: 'list', line: 'find printer' });
    expect(await meant('reply', { on: 'printer', text: 'x' })).toMatchObject({ do: 'list', line: 'find printer' });
  });

  it.each([
    {},
    { options: [] },
    { options: [{ type: 1, name: 'gone' }] },
    { options: [{ type: 2, name: 'more' }] },
    null,
  ])('of %j nothing is known', async (unknown) => {
    expect(await asking(unknown)).toBeNull();
    expect(lineToComplete(unknown)).toBeNull();
    expect(await choicesFor(unknown, [], remember)).toEqual([]);
  });
});

const samples: Readonly<Record<string, string>> = {
  ...{
    on: '12',
    queue: 'noc',
    when: '2h',
    until: '2h',
    duration: '30m',
    field: 'site',
    kind: 'refers to',
    ticket: '13',
  },
  ...{ search: 'router', line: 'mine', words: 'router', topic: 'fields', report: 'load', code: 'abc', subject: 'Down' },
};

const there: Known = {
  queues: ['noc', 'helpdesk'],
  statuses: ['open', 'stalled'],
  groups: [],
  fields: ['site', 'rack unit'],
  people: [],
  tickets: [
    { id: 12, subject: 'Printer on fire' },
    { id: 7, subject: 'No link' },
  ],
  texts: [{ name: 'thanks', text: 'Thank you, we are on it.\nThe NOC' }],
};

/** What is offered for an option while it is being typed. */
async function offered(path: string, told: Told, focused: string) {
  const interaction = data(path, told, focused);
  const line = lineToComplete(interaction);
  return line === null ? [] : choicesFor(interaction, complete(line, there), remember);
}

describe('what is offered while somebody types', () => {
  it.each<[path: string, told: Told, focused: string, values: readonly string[]]>([
    ['take', { on: '' }, 'on', ['12', '7']],
    ['take', { on: '1' }, 'on', ['12']],
    ['take', { on: '#1' }, 'on', ['12']],
    ['take', { on: 'fire' }, 'on', ['12']],
    ['links merge', { on: '12', ticket: 'link' }, 'ticket', ['7']],
    ['new', { queue: 'n' }, 'queue', ['noc']],
    ['change move', { on: '12', queue: '' }, 'queue', ['noc', 'helpdesk']],
    ['set', { on: '12', field: 'rack' }, 'field', ['rack unit']],
    ['set', { on: '12', field: 'status', value: '' }, 'value', ['open', 'stalled']],
    ['set', { on: '12', field: 'queue', value: 'h' }, 'value', ['helpdesk']],
    ['links link', { on: '12', kind: 'dep' }, 'kind', ['depends on', 'depended on by']],
    ['reply', { on: '12', text: 'th' }, 'text', ['Thank you, we are on it.\nThe NOC']],
    ['list', { search: 'queue:n' }, 'search', ['queue:noc']],
    ['list', { search: 'status:s' }, 'search', ['status:stalled']],
    ['do', { line: 'tak' }, 'line', ['take']],
    ['reply', { on: '12', text: 'xyz' }, 'text', []],
  ])('%s %j offers, for %s, %j', async (path, told, focused, values) => {
    expect((await offered(path, told, focused)).map(({ value }) => value)).toEqual(values);
  });

  it('a ticket is shown by its number and subject', async () => {
    expect(await offered('take', { on: 'fire' }, 'on')).toEqual([{ name: '#12 Printer on fire', value: '12' }]);
  });

  it('a text that is too long for a choice is the answer all the same', async () => {
    const long = `“We are on it.”\n${'Thank you for your patience. '.repeat(20)}=`;
    const interaction = data('reply', { on: '12', text: 'sor' }, 'text');
    const suggestion = { text: `reply 12 ${long}`, label: 'sorry', detail: 'We are on it.' };
    const [choice] = await choicesFor(interaction, [suggestion], remember);
    expect(choice?.value.length).toBeLessThanOrEqual(100);
    expect(await asking(data('reply', { on: '12', text: choice?.value ?? '' }))).toMatchObject({
      answers: { text: long },
    });
    kept.clear();
    expect(await asking(data('reply', { on: '12', text: choice?.value ?? '' }))).toBeNull();
  });

  it('keeps Discord’s limits', async () => {
    const suggestions = Array.from({ length: 60 }, (_, nth) => ({
      text: `show ${nth} `,
      label: `#${nth}`,
      detail: '🎫'.repeat(80),
    }));
    const choices = await choicesFor(data('take', { on: '' }, 'on'), suggestions, remember);
    expect(choices).toHaveLength(25);
    for (const { name, value } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
    }
  });
});

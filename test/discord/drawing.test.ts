import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Button, CardView, FormView, LineView, ListView } from '../../connectors/connector.ts';
import { drawMessage } from '../../connectors/discord/blocks/message.ts';
import { formMessage } from '../../connectors/discord/blocks/notice.ts';
import { customIdOf, longCommands, readCustomId } from '../../connectors/discord/custom-ids.ts';
import { type Inline, paragraph, text } from '../../src/ticket/text.ts';
import { placed } from '../emulators/discord/component-limits.ts';
import { type Json, recordsOf, textOf } from '../emulators/discord/shapes.ts';
import { typed } from '../support/texts.ts';
import { shown } from './shown.ts';
import { drawing } from './texts.ts';

const ada: Inline = { inline: 'person', person: 1, name: 'Ada' };

function button(label: string, command: string, opensForm = false): Button {
  return { label, command, style: 'plain', opensForm, right: null };
}

const card: CardView = {
  view: 'card',
  ticket: 12,
  subject: 'Printer @everyone *on* fire',
  queue: 'General',
  status: 'open',
  kind: 'active',
  priority: 50,
  facts: [
    { label: 'Owner', value: [ada] },
    { label: 'Due', value: [{ inline: 'time', at: '2026-12-01T14:00:00.000Z' }] },
  ],
  excerpt: text('It burns.\n# Really'),
  buttons: [button('Take', 'take 12'), button('Reply', 'reply 12', true)],
  more: Array.from({ length: 17 }, (_, index) => button(`More ${index}`, `more${index} 12`, index % 2 === 0)),
  url: 'https://desk.example/tickets/12',
};

const line: LineView = {
  view: 'line',
  ticket: 12,
  head: [{ inline: 'strong', inlines: [ada] }, ' commented'],
  body: [paragraph('Ask ', ada)],
  attachments: [],
  staffOnly: true,
  at: '2026-12-01T14:00:00.000Z',
  buttons: [],
};

type Drawn = ReturnType<typeof drawMessage>;

function componentsOf({ components }: Drawn): readonly Json[] {
  return recordsOf(JSON.parse(JSON.stringify(components)))
    .flatMap((each) => placed([], each))
    .map(({ component }) => component);
}

/** The markdown that a message shows. */
function contentOf(drawn: Drawn): string {
  return componentsOf(drawn)
    .filter(({ type }) => type === ComponentType.TextDisplay)
    .map(({ content }) => textOf(content))
    .join('\n');
}

/** Everything that can be pressed, by its label. */
function pressable(drawn: Drawn): readonly (readonly [label: string, id: string])[] {
  return componentsOf(drawn).flatMap(({ type, label, custom_id: id, options }) => {
    if (type === ComponentType.Button) return [[textOf(label), textOf(id)] as const];
    return recordsOf(options).map((option) => [textOf(option['label']), textOf(option['value'])] as const);
  });
}

describe('a card', () => {
  const drawn = drawMessage(card, drawing);

  it('shows its subject as it was typed, and everything else on a line of its own', () => {
    expect(contentOf(drawn)).toBe(
      [
        '[#12](<https://desk.example/tickets/12>) **Printer \\@everyone \\*on\\* fire**',
        '🟢 open · General · P50',
        '> It burns.',
        '> \\# Really',
        '**Owner\\:** Ada',
        '**Due\\:** <t:1796133600:f>',
      ].join('\n'),
    );
  });

  it('has the colour of its status, its buttons in a row, and the others in one menu', () => {
    const rows = componentsOf(drawn).filter(({ type }) => type === ComponentType.ActionRow);
    expect(rows.map(({ components }) => recordsOf(components).length)).toEqual([2, 1]);
    const colours = (['initial', 'active', 'inactive'] as const).map(
      (kind) => componentsOf(drawMessage({ ...card, kind }, drawing))[0]?.['accent_color'],
    );
    expect(new Set(colours).size).toBe(3);
    expect(componentsOf(drawn).find(({ type }) => type === ComponentType.StringSelect)?.['placeholder']).toBe('More');
  });

  it('has every button and every entry of More, by its label and with its command', async () => {
    const all = [...card.buttons, ...card.more];
    expect(pressable(drawn).map(([label]) => label)).toEqual(all.map(({ label }) => label));
    const read = await Promise.all(pressable(drawn).map(([, id]) => readCustomId(id, async () => null)));
    expect(read).toEqual(all.map(({ command, opensForm }) => ({ command, opensForm })));
  });

  it('says where the whole is when something had no place', () => {
    const facts = [{ label: 'Resolution', value: ['It was the toner. '.repeat(2_000)] }];
    expect(shown(contentOf(drawMessage({ ...card, facts }, drawing))).words).toMatch(/…\n… the whole ticket$/);
    const offline = { ...drawing, ticketUrl: () => null };
    expect(contentOf(drawMessage({ ...card, facts }, offline))).toMatch(/…\n… The whole: `\/ticket show 12`$/);
  });

  it('leaves out an excerpt that only says the subject again', () => {
    const drawnAgain = contentOf(drawMessage({ ...card, excerpt: text(card.subject) }, drawing));
    expect(shown(drawnAgain).words.split(card.subject)).toHaveLength(2);
  });
});

describe('a line', () => {
  it('calls whom its writer called, and nobody else', () => {
    const drawn = drawMessage(line, drawing);
    expect(contentOf(drawn)).toBe('🔒 **Ada** commented\nAsk <@1>');
    expect(drawn.allowed_mentions).toEqual({ parse: [], users: ['1'] });
    expect(drawMessage({ ...line, body: [] }, drawing).allowed_mentions).toEqual({ parse: [], users: [] });
  });

  it('calls those who are to notice it', () => {
    const bo: Inline = { inline: 'person', person: 2, name: 'Bo' };
    const drawn = drawMessage({ ...line, body: [paragraph(ada), paragraph(bo)], calls: [1, 2] }, drawing);
    expect(drawn.allowed_mentions).toEqual({ parse: [], users: ['1'] });
    expect(contentOf(drawn)).toMatch(/\n<@1>\nBo$/);
  });

  it('has no lock when everybody may see it', () => {
    expect(contentOf(drawMessage({ ...line, staffOnly: false }, drawing))).toMatch(/^\*\*Ada\*\* commented\n/);
  });

  it.each([
    ['one paragraph', 'Nobody reads all of this. '.repeat(140)],
    ['many short lines', 'Nobody reads it.\n'.repeat(220)],
  ])('has room for a text of some thousand characters, whole: %s', (_, words) => {
    expect(contentOf(drawMessage({ ...line, body: text(words) }, drawing))).not.toContain('…');
  });

  it('shows the files that one message takes, and names the others', () => {
    const file = (name: string, size: number) => ({ id: name, name, type: 'image/png', size });
    const attachments = [file('photo.png', 120_400), file('core.dump', 40_000_000)];
    const drawn = drawMessage({ ...line, attachments }, drawing);
    const files = componentsOf(drawn).filter(({ type }) => type === ComponentType.File);
    expect(files.map(({ file }) => file)).toEqual([{ url: 'attachment://photo.png' }]);
    expect(shown(contentOf(drawn)).words).toContain('📎 core.dump (40.0 MB)');
  });
});

describe('a list', () => {
  const row = { ...card, facts: [ada, ' · due soon'] };
  const list: ListView = { view: 'list', title: 'My tickets', rows: [row], total: 1, empty: ['None.'], buttons: [] };

  it('shows a ticket a line', () => {
    expect(shown(contentOf(drawMessage(list, drawing))).words).toBe(
      `My tickets (1)\n#12 ${card.subject} 🟢 open · General · P50 · Ada · due soon`,
    );
  });

  it('says so when there are none', () => {
    expect(contentOf(drawMessage({ ...list, rows: [], total: 0 }, drawing))).toBe('**My tickets (0)**\nNone.');
  });

  it('says how many had no place', () => {
    const content = contentOf(
      drawMessage({ ...list, rows: Array.from({ length: 200 }, () => row), total: 200 }, drawing),
    );
    const rows = content.split('\n').length - 2;
    expect(rows).toBeGreaterThan(9);
    expect(content).toContain(`… and ${200 - rows} more`);
  });
});

describe('a form where no modal can be shown', () => {
  const question = { type: 'line', value: '', required: true, hint: '', choices: [] } as const;
  const form: FormView = {
    view: 'form',
    title: 'Stall · #12',
    command: 'form stall 12',
    submit: 'Stall',
    inputs: [{ ...question, name: 'until', label: 'Until', error: [] }],
  };

  it('is a button that brings it up', () => {
    const drawn = formMessage(form, 'f:form stall 12', drawing);
    expect(pressable(drawn)).toEqual([['Stall · #12…', 'f:form stall 12']]);
  });

  it('says what was wrong, at which input, and offers to answer again', () => {
    const inputs = form.inputs.map((input) => ({ ...input, error: ['“soon” is no time.'] }));
    const drawn = formMessage({ ...form, inputs }, 'g:key', drawing);
    expect(contentOf(drawn)).toContain('❓ **Until\\:** “soon” is no time.');
    expect(pressable(drawn)).toEqual([['Answer again', 'g:key']]);
  });
});

describe('buttons', () => {
  const withButtons = (buttons: readonly Button[]): LineView => ({ ...line, buttons });

  it('any command comes back as it was, those that are too long by their key', async () => {
    await fc.assert(
      fc.asyncProperty(typed, fc.boolean(), fc.nat(150), async (words, opensForm, more) => {
        const command = `list ${words}${'x'.repeat(more)}`;
        const kept = new Map(
          longCommands(withButtons([button('Press', command)])).map((each, nth) => [`${nth}`, each]),
        );
        const keyOf = (wanted: string) => [...kept].find(([, each]) => each === wanted)?.[0] ?? null;
        const id = customIdOf({ command, opensForm }, keyOf);
        expect(id?.length).toBeLessThanOrEqual(100);
        expect(await readCustomId(id ?? '', async (key) => kept.get(key) ?? null)).toEqual({ command, opensForm });
      }),
    );
  });

  it('one whose command was not remembered is left out, never shortened', () => {
    const long = button('Next', `list ${'x'.repeat(100)}`);
    const forgotten = { ...drawing, keyOf: () => null };
    const drawn = drawMessage(withButtons([long, button('Previous', 'list page 1')]), forgotten);
    expect(pressable(drawn)).toEqual([['Previous', 'c:list page 1']]);
  });

  it('two that ask for the same are one', () => {
    const drawn = drawMessage(withButtons([button('Next', 'a'), button('Other', 'b'), button('Again', 'a')]), drawing);
    expect(pressable(drawn).map(([label]) => label)).toEqual(['Next', 'Other']);
  });

  it.each(['', 'more', 'take 12', 'c:', 'x:take 12', 'm:new', 'g:key', 'r:forgotten'])(
    'of %j nothing is asked',
    async (id) => {
      expect(await readCustomId(id, async () => null)).toBeNull();
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Button, CardView, LineView, ListView } from '../../connectors/connector.ts';
import { actions, readPress } from '../../connectors/slack/blocks/actions.ts';
import { drawMessage } from '../../connectors/slack/blocks/message.ts';
import { listOf, recordOf, textOf } from '../../connectors/slack/shape.ts';
import { shorten } from '../../src/ticket/shorten.ts';
import { type Inline, paragraph, text } from '../../src/ticket/text.ts';
import { typed } from '../support/texts.ts';
import { drawing } from './texts.ts';

const ada: Inline = { inline: 'person', person: 1, name: 'Ada' };

function button(label: string, command: string, opensForm = false): Button {
  return { label, command, style: 'plain', opensForm, right: null };
}

const card: CardView = {
  view: 'card',
  ticket: 12,
  subject: 'Printer <!channel> *on* fire &lt;',
  queue: 'General',
  status: 'open',
  kind: 'active',
  priority: 50,
  facts: [
    { label: 'Owner', value: [ada] },
    { label: 'Due', value: [{ inline: 'time', at: '2026-12-01T14:00:00.000Z' }] },
  ],
  excerpt: text('It burns.'),
  buttons: [button('Take', 'take 12'), button('Reply', 'reply 12', true)],
  more: Array.from({ length: 11 }, (_, index) => button(`More ${index}`, `more${index} 12`, index % 2 === 0)),
  url: 'https://desk.example/tickets/12',
};

const line: LineView = {
  view: 'line',
  ticket: 12,
  head: [{ inline: 'strong', inlines: [ada] }, ' commented'],
  body: [paragraph('Ask ', ada)],
  attachments: [{ id: 'a', name: 'photo.png', type: 'image/png', size: 120_400 }],
  staffOnly: true,
  at: '2026-12-01T14:00:00.000Z',
  buttons: [],
};

/** What a reader sees of blocks, people who are called as `@id`. */
function seen(value: unknown): string {
  if (Array.isArray(value)) return value.map(seen).join('');
  const { type, text: words, elements, url, user_id, fallback } = recordOf(value);
  const lines = /^rich_text_/.test(textOf(type)) ? '\n' : '';
  if (type === 'user') return `@${textOf(user_id)}`;
  return `${textOf(words) || textOf(fallback) || (type === 'link' ? textOf(url) : '')}${seen(listOf(elements))}${lines}`;
}

/** Everything that can be pressed, as its label and what it asks for. */
function pressable(blocks: readonly unknown[]) {
  const found = blocks.flatMap((block) => listOf(recordOf(block)['elements'])).map(recordOf);
  return found.flatMap((element) => {
    const options = listOf(element['options']).map(recordOf);
    const all = options.length > 0 ? options.map((option) => ({ ...option, action: { selected_option: option } })) : [];
    return [...all, ...(element['type'] === 'button' ? [{ ...element, action: element }] : [])].map((each) => ({
      label: textOf(recordOf(recordOf(each)['text'])['text']),
      press: readPress(each.action),
    }));
  });
}

describe('a card', () => {
  const drawn = drawMessage(card, drawing);

  it('shows its subject as it was typed, and everything else on a line of its own', () => {
    expect(seen(drawn.blocks)).toBe(
      [
        '#12 Printer <!channel> *on* fire &lt;',
        '🟢 open · General · P50',
        'It burns.',
        'Owner: Ada',
        'Due: 2026-12-01 14:00 UTC',
        '',
      ].join('\n'),
    );
    expect(drawn.text).toContain('#12 Printer &lt;!channel&gt; *on* fire &amp;lt;');
  });

  it('has every button and every entry of More, by its label and with its command', () => {
    expect(pressable(drawn.blocks)).toEqual(
      [...card.buttons, ...card.more].map((each) =>
        expect.objectContaining({
          label: each.label,
          press: { command: each.command, opensForm: each.opensForm },
        }),
      ),
    );
  });

  it('says where the whole is when something had no place', () => {
    const facts = [{ label: 'Resolution', value: ['It was the toner. '.repeat(2_000)] }];
    expect(seen(drawMessage({ ...card, facts }, drawing).blocks)).toMatch(/…\n… the whole ticket\n$/);
    const offline = { ...drawing, ticketUrl: () => null };
    expect(seen(drawMessage({ ...card, facts }, offline).blocks)).toMatch(/…\n… The whole: \/ticket show 12\n$/);
  });

  it('leaves out an excerpt that only says the subject again', () => {
    const drawnAgain = seen(drawMessage({ ...card, excerpt: text(card.subject) }, drawing).blocks);
    expect(drawnAgain.split(card.subject)).toHaveLength(2);
  });
});

describe('a line', () => {
  it('calls whom its writer called, and nobody else', () => {
    expect(seen(drawMessage(line, drawing).blocks)).toBe('🔒 Ada commented\nAsk @U1\n📎 photo.png (120 kB)\n');
  });

  it.each([[' https://example.org/'], ['https://example.org/\n'], ['https://exa\tmple.org/']])(
    'shows %j as text: Slack refuses addresses with blanks in them',
    (url) => {
      const body = [paragraph({ inline: 'link', url, label: 'here' })];
      const drawn = JSON.stringify(drawMessage({ ...line, body }, drawing));
      expect(drawn).toContain('here (');
      expect(drawn).not.toContain('"type":"link","url":" ');
    },
  );

  it('has no lock when everybody may see it', () => {
    expect(seen(drawMessage({ ...line, staffOnly: false }, drawing).blocks)).toMatch(/^Ada commented\n/);
  });

  it('has room for a text of some thousand characters, whole', () => {
    const body = text('Nobody reads all of this. '.repeat(300));
    expect(seen(drawMessage({ ...line, body }, drawing).blocks)).not.toContain('…');
  });
});

describe('a list', () => {
  const row = { ...card, facts: [ada, ' · due soon'] };
  const list: ListView = { view: 'list', title: 'My tickets', rows: [row], total: 1, empty: ['None.'], buttons: [] };

  it('shows a ticket a line', () => {
    const subject = card.subject;
    expect(seen(drawMessage(list, drawing).blocks)).toBe(
      `My tickets (1)\n#12 ${subject} 🟢 open · General · P50 · @U1 · due soon\n`,
    );
  });

  it('says so when there are none', () => {
    expect(seen(drawMessage({ ...list, rows: [], total: 0 }, drawing).blocks)).toBe('My tickets (0)\nNone.\n');
  });

  it('says how many had no place', () => {
    const many = drawMessage({ ...list, rows: Array.from({ length: 200 }, () => row), total: 200 }, drawing);
    const shown = seen(many.blocks).split('\n').length - 3;
    expect(shown).toBeGreaterThan(9);
    expect(seen(many.blocks)).toContain(`… and ${200 - shown} more`);
  });
});

describe('buttons', () => {
  it('a command that has no place is left out, never shortened', () => {
    const long = button('Next', `list ${'x'.repeat(2_000)}`);
    expect(pressable(actions([long, button('Previous', 'list page 1')]))).toEqual([
      expect.objectContaining({ label: 'Previous' }),
    ]);
  });

  it('any command comes back as it was, though Slack makes entities of some signs', () => {
    fc.assert(
      fc.property(typed, fc.boolean(), (command, opensForm) => {
        const [drawn] = pressable(actions([button('Press', command, opensForm)]));
        expect(drawn?.press).toEqual({ command, opensForm });
        expect(JSON.stringify(actions([], [button('One', command), button('Two', 'two')]))).not.toMatch(/[&<>]/);
      }),
    );
  });

  it('a command that is too long for a menu has a button beside it', () => {
    const long = button('Search', `list ${'x'.repeat(100)}`);
    const drawn = actions([], [long, button('One', 'one'), button('Two', 'two')]);
    expect(pressable(drawn).map(({ label }) => label)).toEqual(['Search', 'One', 'Two']);
  });

  it.each([null, {}, { value: 'take 12' }, { value: 'do:' }, { selected_option: null }, { value: 7 }])(
    'of %j nothing is asked',
    (action) => {
      expect(readPress(action)).toBeNull();
    },
  );
});

describe('shortening', () => {
  it.each([
    ['as it is', 8, 'as it is'],
    ['a word more', 8, 'a word…'],
    ['onelongword', 8, 'onelong…'],
    ['tickets 🎫🎫', 10, 'tickets…'],
    ['🎫🎫', 2, '…'],
    ['half \uD83C', 9, 'half \uFFFD'],
  ])('%j in %d characters is %j', (words, most, short) => {
    expect(shorten(words, most)).toBe(short);
  });
});

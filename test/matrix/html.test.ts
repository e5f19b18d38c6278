import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { drawMessage } from '../../connectors/matrix/blocks/message.ts';
import { html } from '../../connectors/matrix/html.ts';
import { limits } from '../../connectors/matrix/limits.ts';
import { readMessage } from '../../connectors/matrix/reading.ts';
import { words } from '../../connectors/matrix/words.ts';
import { type Inline, paragraph, type Text, text } from '../../src/ticket/text.ts';
import { anyText } from '../support/texts.ts';
import { anyView } from '../support/views.ts';
import { bot, drawing } from './drawing.ts';

const nasty = [
  '<script>alert(1)</script>',
  '<a href="https://matrix.to/#/@bo:example.org">Bo</a>',
  '@room',
  '@bo:example.org',
  '<mx-reply>quote</mx-reply>',
  '&lt;b&gt; &amp; "quotes" \'too\'',
  '</blockquote></pre><h1>big',
  '<!-- comment',
  '[a](https://example.org) **b** `c`',
  '<img src=x onerror=alert(1)>',
];

/** What the specification allows, as far as Docket writes it: `#mroommessage-msgtypes`. */
const allowed = new Set(['A', 'BLOCKQUOTE', 'BR', 'CODE', 'PRE', 'STRONG']);

/** Every element in a message, and what is wrong with it. */
function wrongIn(formatted: string): string[] {
  return parse(formatted, { comment: true })
    .querySelectorAll('*')
    .flatMap(({ tagName, attributes }) => {
      const href = attributes['href'] ?? '';
      const others = Object.keys(attributes).filter((name) => tagName !== 'A' || name !== 'href');
      const link = tagName !== 'A' || /^(?:https?|mailto):/i.test(href);
      return allowed.has(tagName) && others.length === 0 && link ? [] : [`${tagName} ${href} ${others}`];
    });
}

describe('what people type, in Matrix', () => {
  it.each(nasty)('%s is that text, and no markup', (typed) => {
    const drawn = html(text(typed), drawing);
    expect(parse(drawn).childNodes).toHaveLength(1);
    expect(wrongIn(drawn)).toEqual([]);
  });

  it.each(nasty.filter((typed) => !typed.includes('@bo:')))('%s reads back as it was', (typed) => {
    const content = { format: 'org.matrix.custom.html', formatted_body: html(text(typed), drawing) };
    expect(readMessage({ ...content, isReply: false, mentions: null }, bot)).toEqual({
      text: text(typed),
      mentionsBot: false,
    });
  });

  it('nothing in a view becomes an element beside the few that Docket writes, or calls somebody who is not meant', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { content } = drawMessage(view, drawing);
        expect(wrongIn(content.formatted_body)).toEqual([]);
        const { user_ids = [], ...more } = content['m.mentions'];
        expect(more).toEqual({});
        expect(user_ids.filter((user) => user !== '@ada:example.org')).toEqual([]);
        expect(content.msgtype).toBe(user_ids.length === 0 ? 'm.notice' : 'm.text');
        expect(content.body).not.toBe('');
      }),
    );
  });

  it('a message fits an event, whatever it shows', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { content, reactions } = drawMessage(view, drawing);
        expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThanOrEqual(limits.content);
        expect(reactions.length).toBeLessThanOrEqual(limits.reactions);
        expect(new Set(reactions).size).toBe(reactions.length);
      }),
      { numRuns: 60 },
    );
  });

  it('any text of Docket’s reads back by its words', () => {
    fc.assert(
      fc.property(anyText, (written) => {
        const formatted_body = html(written, { ...drawing, account: () => null, ticketUrl: () => null });
        const read = readMessage(
          { format: 'org.matrix.custom.html', formatted_body, isReply: false, mentions: null },
          { ...bot, nameOf: () => null },
        );
        expect(letters(words(read.text, drawing))).toBe(letters(words(written, drawing)));
      }),
    );
  });
});

/** What is left of a text when blanks and the marks of quotes, which are drawn otherwise, are left out. */
function letters(written: string): string {
  return written.replaceAll(/[\s>\0]/g, '');
}

describe('who is called', () => {
  const ada: Inline = { inline: 'person', person: 1, name: 'Ada' };
  const told = { ticket: 7, attachments: [], staffOnly: false, at: '2026-12-01T13:00:00Z', buttons: [] };

  it('is whoever is meant in what was written, with a message that clients ring for', () => {
    const { content } = drawMessage(
      { view: 'line', ...told, head: ['Bo replied'], body: [paragraph(ada, '?')] },
      drawing,
    );
    expect(content).toMatchObject({ msgtype: 'm.text', 'm.mentions': { user_ids: ['@ada:example.org'] } });
    expect(content.formatted_body).toContain('https://matrix.to/#/%40ada%3Aexample.org');
  });

  it('is nobody whom Docket names of its own accord', () => {
    const { content } = drawMessage({ view: 'line', ...told, head: [ada, ' took it'], body: [] }, drawing);
    expect(content).toMatchObject({ msgtype: 'm.notice', 'm.mentions': {}, formatted_body: 'Ada took it' });
  });
});

describe('what a text is in Matrix', () => {
  const cases: readonly (readonly [string, Inline, string, string])[] = [
    [
      'a person with an account',
      { inline: 'person', person: 1, name: 'Ada' },
      '<a href="https://matrix.to/#/%40ada%3Aexample.org">Ada</a>',
      'Ada',
    ],
    ['a person without one', { inline: 'person', person: 2, name: '<Bo>' }, '&lt;Bo&gt;', '<Bo>'],
    ['a mention', { inline: 'mention', id: '@bo:example.org', name: 'Bo' }, 'Bo', 'Bo'],
    ['a ticket', { inline: 'ticket', ticket: 7 }, '<a href="https://desk.example/tickets/7">#7</a>', '#7'],
    ['a command', { inline: 'command', command: 'steal 7' }, '<code>!ticket steal 7</code>', '!ticket steal 7'],
    [
      'a link',
      { inline: 'link', url: 'https://example.org/?a&b', label: 'here' },
      '<a href="https://example.org/?a&amp;b">here</a>',
      'here (https://example.org/?a&b)',
    ],
    [
      'a link that runs something',
      { inline: 'link', url: 'javascript:alert(1)', label: 'here' },
      'here (javascript:alert(1))',
      'here (javascript:alert(1))',
    ],
    [
      'a moment',
      { inline: 'time', at: '2026-12-01T13:00:00Z' },
      'Tue 1 Dec 2026, 14:00 CET (13:00 UTC)',
      'Tue 1 Dec 2026, 14:00 CET (13:00 UTC)',
    ],
    [
      'a moment past midnight',
      { inline: 'time', at: '2026-12-01T23:30:00Z' },
      'Wed 2 Dec 2026, 00:30 CET (1 Dec, 23:30 UTC)',
      'Wed 2 Dec 2026, 00:30 CET (1 Dec, 23:30 UTC)',
    ],
    ['what is no moment', { inline: 'time', at: 'soon' }, 'soon', 'soon'],
  ];
  it.each(cases)('%s', (_, inline, inHtml, inWords) => {
    expect(html([paragraph(inline)], drawing)).toBe(inHtml);
    expect(words([paragraph(inline)], drawing)).toBe(inWords);
  });

  it('lines, code and quotes keep their places', () => {
    const written: Text = [
      ...text('before\nthen'),
      { block: 'code', code: 'if (a < b) {\n  go();\n}' },
      { block: 'quote', blocks: text('quoted\ntwice') },
      ...text('after'),
    ];
    const drawn = html(written, drawing);
    expect(drawn).toBe(
      'before<br>then<pre><code>if (a &lt; b) {\n  go();\n}</code></pre><blockquote>quoted<br>twice</blockquote>after',
    );
    const content = { format: 'org.matrix.custom.html', formatted_body: drawn, isReply: false, mentions: null };
    expect(readMessage(content, bot).text).toEqual(written);
  });
});

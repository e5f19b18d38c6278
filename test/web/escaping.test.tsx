import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Button, CardView, FormView, HistoryView, LineView, ListView, NoticeView } from '../../src/desk/view.ts';
import type { Right } from '../../src/ticket/policy.ts';
import { rights } from '../../src/ticket/policy.ts';
import type { Text } from '../../src/ticket/text.ts';
import { Card } from '../../src/web/card.tsx';
import { FormDialog } from '../../src/web/form.tsx';
import { TextBlocks } from '../../src/web/text.tsx';
import { History, Line, List, Notice } from '../../src/web/views.tsx';

const reader = { zone: 'Europe/Stockholm', now: new Date('2026-11-21T12:00:00Z') };
const pressed = { to: '/c/x/press', message: '1' };
const all = new Set(Object.keys(rights)) as ReadonlySet<Right>;
const at = '2026-11-21T09:14:00.000Z';

/** Every kind of view, with the same words wherever words can stand. */
function everything(w: string): readonly (() => JSX.Element)[] {
  const body: Text = [
    { block: 'paragraph', inlines: [w, { inline: 'strong', inlines: [w] }, { inline: 'code', code: w }] },
    {
      block: 'paragraph',
      inlines: [
        { inline: 'link', url: w, label: w },
        { inline: 'link', url: `https://x.org/${w}`, label: w },
      ],
    },
    {
      block: 'paragraph',
      inlines: [
        { inline: 'person', person: 1, name: w },
        { inline: 'mention', id: w, name: w },
      ],
    },
    {
      block: 'paragraph',
      inlines: [
        { inline: 'command', command: w },
        { inline: 'ticket', ticket: 1 },
        { inline: 'time', at },
      ],
    },
    { block: 'code', code: w },
    { block: 'quote', blocks: [{ block: 'paragraph', inlines: [w] }] },
  ];
  const buttons: Button[] = [{ label: w, command: w, style: 'plain', opensForm: true, right: null }];
  const file = { id: w, name: w, type: w, size: 1 };
  const card: CardView = {
    view: 'card',
    ticket: 1,
    subject: w,
    queue: w,
    status: w,
    kind: 'active',
    priority: 1,
    facts: [{ label: w, value: [w] }],
    excerpt: body,
    buttons,
    more: buttons,
    url: w,
  };
  const line: LineView = {
    view: 'line',
    ticket: 1,
    head: [w],
    body,
    attachments: [file],
    staffOnly: true,
    at,
    buttons,
  };
  const history: HistoryView = { view: 'history', ticket: 1, subject: w, lines: [line], buttons };
  const notice: NoticeView = { view: 'notice', tone: 'refused', text: body, buttons };
  const row = { ticket: 1, subject: w, queue: w, status: w, kind: 'active', priority: 1, facts: [w] } as const;
  const list: ListView = { view: 'list', title: w, rows: [row], total: 1, empty: [w], buttons };
  const inputs = (['line', 'text', 'number', 'choice', 'person', 'when'] as const).map((type) => ({
    name: w,
    label: w,
    type,
    value: w,
    required: false,
    hint: w,
    choices: [{ value: w, label: w }],
    error: [w],
  }));
  const form: FormView = { view: 'form', title: w, command: w, submit: w, inputs };
  return [
    () => <TextBlocks text={body} reader={reader} />,
    () => <Card id="a" card={card} rights={all} pressed={pressed} reader={reader} />,
    () => <Line id="a" line={line} pressed={pressed} reader={reader} />,
    () => <History id="a" history={history} pressed={pressed} reader={reader} />,
    () => <List id="a" list={list} pressed={pressed} reader={reader} />,
    () => <List id="a" list={{ ...list, rows: [] }} pressed={pressed} reader={reader} />,
    () => <Notice id="a" notice={notice} pressed={pressed} reader={reader} />,
    () => <FormDialog id="a" form={form} to="/x" extra={{ a: w }} dismiss="/y" />,
  ];
}

/** The tags of a page with the names of their attributes, and nothing of what people wrote. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z0-9]+)((?:\s+[a-z:-]+(?:="[^"]*")?)*)\s*\/?>|</gi)].map(
    ([whole, tag, attributes]) =>
      tag === undefined ? `a stray ${whole}` : `${tag} ${(attributes ?? '').replace(/="[^"]*"/g, '')}`,
  );
}

async function skeletons(words: string): Promise<string[][]> {
  const pages = await Promise.all(everything(words).map((draw) => draw()));
  return pages.map(skeleton);
}

test('whatever people write, a page has the same tags and attributes as with harmless words', async () => {
  const harmless = await skeletons('words');
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '/',
    '=',
    ' ',
    '`',
    '<img src=x onerror=alert(1)>',
    '</textarea>',
    '" onload="',
    '-->',
    '&quot;',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
      // A letter at each end keeps empty values and lone spaces out, which leave elements away.
      expect(await skeletons(`w${pieces.join('')}w`)).toEqual(harmless);
    }),
    { numRuns: 150 },
  );
});

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//x.org',
  'x',
])('the address %j is shown and not linked', async (url) => {
  const html = await (
    <TextBlocks text={[{ block: 'paragraph', inlines: [{ inline: 'link', url, label: 'x' }] }]} reader={reader} />
  );
  expect(html).not.toContain('href');
});

test('a button sends exactly the command that it was given', async () => {
  const command = 'find "a&quot;b" & <c> \'d\'';
  const buttons = [{ label: 'x', command, style: 'plain', opensForm: false, right: null }] as const;
  const html = await (
    <Notice id="a" notice={{ view: 'notice', tone: 'info', text: [], buttons }} pressed={pressed} reader={reader} />
  );
  const values = /hx-vals="([^"]*)"/.exec(html)?.[1] ?? '';
  const entities: Record<string, string> = { '&lt;': '<', '&#34;': '"', '&#39;': "'", '&amp;': '&' };
  const read = values.replace(/&lt;|&#34;|&#39;|&amp;/g, (entity) => entities[entity] ?? '');
  expect(JSON.parse(read)).toEqual({ command, message: '1' });
});

test('ticket numbers in what people write lead to the tickets', async () => {
  const html = await (
    <TextBlocks text={[{ block: 'paragraph', inlines: ['see #12, #99999999999999999999 and a#3'] }]} reader={reader} />
  );
  expect(html.match(/href="\/tickets\/\d+"/g)).toEqual(['href="/tickets/12"']);
});

test('lines stay together, and an empty line begins a paragraph', async () => {
  const line = (words: string) => ({ block: 'paragraph', inlines: words === '' ? [] : [words] }) as const;
  const html = await (<TextBlocks text={[line('a'), line('b'), line(''), line('c')]} reader={reader} />);
  expect(html).toBe('<p>a<br/>b</p><p>c</p>');
});

test("a moment is shown in the reader's own zone", async () => {
  const html = await (
    <TextBlocks text={[{ block: 'paragraph', inlines: [{ inline: 'time', at }] }]} reader={reader} />
  );
  expect(html).toContain('>10:14</time>');
  expect(html).toContain(`datetime="${at}"`);
});

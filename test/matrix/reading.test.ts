import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine, commandText, readMessage, type Wording } from '../../connectors/matrix/reading.ts';
import { type Inline, paragraph, plain, type Text, text } from '../../src/ticket/text.ts';
import { bot } from './drawing.ts';

const ada: Inline = { inline: 'mention', id: '@ada:example.org', name: 'Ada Okafor' };

function read(wording: Partial<Wording>) {
  return readMessage({ isReply: false, mentions: null, ...wording }, bot);
}

function html(formatted_body: string, more: Partial<Wording> = {}) {
  return read({ format: 'org.matrix.custom.html', formatted_body, ...more });
}

describe('HTML', () => {
  const pill = (id: string, name: string) => `<a href="https://matrix.to/#/${id}">${name}</a>`;
  const cases: readonly (readonly [string, string, Text])[] = [
    ['paragraphs', '<p>one</p>\n<p>two</p>\n', text('one\ntwo')],
    ['breaks', 'one<br />\ntwo<br/><br>four', text('one\ntwo\n\nfour')],
    ['blanks that nobody sees', '  a \n  b\t <em> c</em> ', text('a b c')],
    ['strong words', 'a <b>b</b> c', [paragraph('a ', { inline: 'strong', inlines: ['b'] }, ' c')]],
    [
      'a heading',
      '<h1>Down</h1>all of it',
      [paragraph({ inline: 'strong', inlines: ['Down'] }), paragraph('all of it')],
    ],
    ['code in a line', 'run <code>a &lt; b</code>', [paragraph('run ', { inline: 'code', code: 'a < b' })]],
    ['a block of code', '<pre><code class="language-c">a\n  b\n</code></pre>', [{ block: 'code', code: 'a\n  b' }]],
    ['a quote', '<blockquote><p>a</p></blockquote><p>b</p>', [{ block: 'quote', blocks: text('a') }, paragraph('b')]],
    ['a list', '<ul><li>a</li><li>b</li></ul>', text('- a\n- b')],
    ['a numbered list', '<ol start="3"><li>a</li><li>b</li></ol>', text('3. a\n4. b')],
    [
      'a link',
      '<a href="https://example.org">here</a>',
      [paragraph({ inline: 'link', url: 'https://example.org', label: 'here' })],
    ],
    ['a link that runs something', '<a href="javascript:alert(1)">here</a>', text('here')],
    ['a pill', `ask ${pill('@ada:example.org', 'Ada')}`, [paragraph('ask ', ada)]],
    ['a pill, written otherwise', '<a href="matrix:u/ada:example.org?action=chat">Ada</a>', [paragraph(ada)]],
    ['a pill with a coded id', pill('%40ada%3Aexample.org', 'Ada'), [paragraph(ada)]],
    ['a room’s pill', '<a href="https://matrix.to/#/#noc:example.org">#noc</a>', text('#noc')],
    ['a spoiler', '<span data-mx-spoiler>secret</span>', text('||secret||')],
    ['struck words', 'a <del>gone</del> <s>too</s> b', text('a ~gone~ ~too~ b')],
    [
      'a table',
      '<table><thead><tr><th>h</th><th>i</th></tr></thead><tbody><tr><td>1</td><td><b>2</b></td></tr></tbody></table>',
      [paragraph('h | i'), paragraph('1 | ', { inline: 'strong', inlines: ['2'] })],
    ],
    ['a picture', 'ok <img src="mxc://a/b" alt=":ok:">', text('ok :ok:')],
    ['what is no text', 'a<script>alert(1)</script><style>b{}</style>c', text('ac')],
    ['@room', '@room it is down', text('@room it is down')],
    [
      'nothing that is closed',
      '<p>a<blockquote>b<pre>c',
      [paragraph('a'), { block: 'quote', blocks: [paragraph('b'), { block: 'code', code: 'c' }] }],
    ],
  ];
  it.each(cases)('%s', (_, formatted, expected) => {
    expect(html(formatted)).toEqual({ text: expected, mentionsBot: false });
  });

  it('the quote of a reply is left out', () => {
    const quote = '<mx-reply><blockquote><a href="https://matrix.to/#/!r/$e">In reply to</a> x</blockquote></mx-reply>';
    expect(html(`${quote}done`, { isReply: true }).text).toEqual(text('done'));
  });

  it('however deep it goes, and whatever stands in it, it is read', () => {
    for (const tag of ['blockquote', 'b', 'ul', 'pre', 'mx-reply']) {
      expect(html(`${`<${tag}>`.repeat(20_000)}deep${`</${tag}>`.repeat(20_000)}`).mentionsBot).toBe(false);
    }
    expect(plain(html(`${'<blockquote>'.repeat(20_000)}deep`).text)).toContain('deep');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (anything) => Array.isArray(html(`<p>${anything}`).text)));
  });
});

describe('text without markup', () => {
  it('each line is a paragraph, and nothing in it is markup', () => {
    expect(read({ body: '# a\r\n**b** <b>c</b>' }).text).toEqual(text('# a\n**b** <b>c</b>'));
  });

  it('whole ids of people are mentions of them; addresses of mail are not', () => {
    expect(read({ body: 'give 7 @ada:example.org.' }).text).toEqual([paragraph('give 7 ', ada, '.')]);
    expect(read({ body: 'mail bo@ada:example.org' }).text).toEqual(text('mail bo@ada:example.org'));
  });

  it('the quote that older clients put before a reply is left out, and what somebody quotes themselves is not', () => {
    const body = '> <@bo:example.org> is it\n> down?\n\nyes\n> and more';
    expect(read({ body, isReply: true }).text).toEqual(text('yes\n> and more'));
    expect(read({ body: '> * <@bo:example.org> waves\n\nhello', isReply: true }).text).toEqual(text('hello'));
    expect(read({ body: '> quoted\nmine', isReply: true }).text).toEqual(text('> quoted\nmine'));
    expect(read({ body }).text[0]).not.toEqual(text('yes')[0]);
  });
});

describe('the bot is called', () => {
  const called: readonly (readonly [string, Partial<Wording>, string])[] = [
    ['by its name', { body: 'Docket: take 12' }, 'take 12'],
    ['by the first part of its id', { body: 'docket, take 12' }, 'take 12'],
    ['with @', { body: '@docket take 12' }, 'take 12'],
    ['by its id', { body: '@docket:example.org: take 12' }, 'take 12'],
    ['by the client alone', { body: 'take 12', mentions: ['@docket:example.org'] }, 'take 12'],
    [
      'by a pill',
      {
        format: 'org.matrix.custom.html',
        formatted_body: '<a href="https://matrix.to/#/@docket:example.org">Docket</a>: take 12',
      },
      'take 12',
    ],
    [
      'by a pill at the end',
      {
        format: 'org.matrix.custom.html',
        formatted_body: 'it is down <a href="https://matrix.to/#/@docket:example.org">Docket</a>',
      },
      'it is down',
    ],
    ['by nothing but its name', { body: '@docket' }, ''],
  ];
  it.each(called)('%s', (_, wording, left) => {
    const { text: found, mentionsBot } = read(wording);
    expect([plain(found).trim(), mentionsBot]).toEqual([left, true]);
  });

  const notCalled: readonly (readonly [string, Partial<Wording>])[] = [
    [
      'by a reply, whose client calls the one who is replied to',
      { body: 'done', mentions: ['@docket:example.org'], isReply: true },
    ],
    ['by talk about it', { body: 'docket is down' }],
    ['by somebody of a longer name', { body: '@docketeer: hello' }],
    ['by a call of somebody else', { body: 'hello', mentions: ['@ada:example.org'] }],
  ];
  it.each(notCalled)('not %s', (_, wording) => {
    expect(read(wording).mentionsBot).toBe(false);
  });
});

describe('a command', () => {
  const lines: readonly (readonly [string, string | null])[] = [
    ['!ticket take 12', 'take 12'],
    ['!t take 12', 'take 12'],
    ['!ticket', ''],
    ['!t ', ''],
    ['!Ticket take 12', 'take 12'],
    ['!ticket reply 12 one\ntwo', 'reply 12 one\ntwo'],
    ['!ticket give 12 @ada:example.org', 'give 12 <@@ada:example.org>'],
    ['!tickets', null],
    ['!top', null],
    ['say !ticket take 12', null],
    [' !ticket take 12', null],
  ];
  it.each(lines)('%s', (body, line) => {
    expect(commandLine(read({ body }).text)).toBe(line);
  });
});

it('the formatting of a command is kept', () => {
  const { text: typed } = html('!ticket reply 22 <strong>now</strong><pre><code>ls</code></pre>');
  expect(commandText(typed)).toEqual([
    paragraph('reply 22 ', { inline: 'strong', inlines: ['now'] }),
    { block: 'code', code: 'ls' },
  ]);
  expect(commandText(text('!tickets'))).toBeNull();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../connectors/slack/command-line.ts';
import { readMessage } from '../../connectors/slack/reading.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import { known } from './texts.ts';

const bold = { bold: true };
const ada: Inline = { inline: 'mention', id: 'U1', name: 'Ada' };

function lineOf(...inlines: Inline[]): Block {
  return { block: 'paragraph', inlines };
}

function composed(...elements: object[]) {
  return readMessage({ text: 'not read', blocks: [{ type: 'rich_text', elements }] }, known);
}

function section(...elements: object[]) {
  return { type: 'rich_text_section', elements };
}

describe('what was composed in Slack', () => {
  it.each<{ what: string; elements: object[]; reads: Inline[] }>([
    { what: 'a user', elements: [{ type: 'user', user_id: 'U1' }], reads: [ada] },
    { what: 'someone unknown', elements: [{ type: 'user', user_id: 'U9' }], reads: [{ ...ada, id: 'U9', name: 'U9' }] },
    { what: 'a channel', elements: [{ type: 'channel', channel_id: 'C1' }], reads: ['#noc'] },
    { what: 'a user group', elements: [{ type: 'usergroup', usergroup_id: 'S1' }], reads: ['@on-call'] },
    { what: 'everybody', elements: [{ type: 'broadcast', range: 'channel' }], reads: ['@channel'] },
    { what: 'an emoji', elements: [{ type: 'emoji', name: 'wave', unicode: '1f44b-1f3fb' }], reads: ['👋🏻'] },
    { what: 'an emoji of the workspace', elements: [{ type: 'emoji', name: 'docket' }], reads: [':docket:'] },
    {
      what: 'a link',
      elements: [{ type: 'link', url: 'https://example.org' }],
      reads: [{ inline: 'link', url: 'https://example.org', label: 'https://example.org' }],
    },
    {
      what: 'a link with a label',
      elements: [{ type: 'link', url: 'https://example.org', text: 'here', style: bold }],
      reads: [{ inline: 'strong', inlines: [{ inline: 'link', url: 'https://example.org', label: 'here' }] }],
    },
    {
      what: 'bold words, code among them',
      elements: [
        { type: 'text', text: 'very ', style: bold },
        { type: 'text', text: 'x', style: { bold: true, code: true } },
      ],
      reads: [{ inline: 'strong', inlines: ['very ', { inline: 'code', code: 'x' }] }],
    },
    { what: 'italics', elements: [{ type: 'text', text: 'so', style: { italic: true } }], reads: ['so'] },
    { what: 'struck words', elements: [{ type: 'text', text: 'no', style: { strike: true } }], reads: ['~no~'] },
    {
      what: 'a moment',
      elements: [{ type: 'date', timestamp: 1_764_597_600, format: '{date}', fallback: 'then' }],
      reads: [{ inline: 'time', at: '2025-12-01T14:00:00.000Z' }],
    },
    { what: 'no moment', elements: [{ type: 'date', timestamp: 1e300, fallback: 'then' }], reads: ['then'] },
    { what: 'a colour', elements: [{ type: 'color', value: '#ff0000' }], reads: ['#ff0000'] },
    { what: 'something new', elements: [{ type: 'hologram' }, { type: 'text', text: 'x' }], reads: ['x'] },
  ])('$what is read', ({ elements, reads }) => {
    expect(composed(section(...elements)).text).toEqual([lineOf(...reads)]);
  });

  it('a list becomes lines with their marks', () => {
    const items = ['one', 'two'].map((text) => section({ type: 'text', text }));
    const read = composed(
      section({ type: 'text', text: 'Seen:\n' }),
      { type: 'rich_text_list', style: 'bullet', elements: items },
      { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, elements: items },
    );
    expect(read.text).toEqual(['Seen:', '• one', '• two', '    3. one', '    4. two'].map((words) => lineOf(words)));
  });

  it('the bot’s own mention is taken out, and told of', () => {
    const bot = { type: 'user', user_id: 'UBOT' };
    const expected = { text: [lineOf('take 12')], mentionsBot: true };
    expect(composed(section(bot, { type: 'text', text: ' take 12' }))).toEqual(expected);
    expect(composed(section({ ...bot, style: bold }, { type: 'text', text: ' take 12' }))).toEqual(expected);
    expect(readMessage({ text: '<@UBOT> take 12' }, known)).toEqual(expected);
    expect(composed(section(bot))).toEqual({ text: [lineOf()], mentionsBot: true });
  });

  it('what a bot made of other blocks is read as text, and of attachments when there is nothing else', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Disk full' } },
      { type: 'section', text: { type: 'mrkdwn', text: 'on <https://example.org|web-1> &amp; web-2' } },
    ];
    const read = [
      lineOf('Disk full'),
      lineOf('on ', { inline: 'link', url: 'https://example.org', label: 'web-1' }, ' & web-2'),
    ];
    expect(readMessage({ text: '', blocks }, known).text).toEqual(read);
    expect(readMessage({ text: '', attachments: [{ blocks }] }, known).text).toEqual(read);
    expect(readMessage({ attachments: [{ title: 'Disk full', fallback: 'x' }] }, known).text).toEqual([
      lineOf('Disk full'),
    ]);
  });

  it('a message that is shared with a comment is quoted below it, and a preview of a link is left out', () => {
    const shared = { is_share: true, from_url: 'https://x.slack.com/archives/C1/p1', text: 'ERROR 809 <@U1>' };
    const preview = { from_url: 'https://example.org', title: 'Example Domain' };
    const message = { text: 'can somebody look at this?', attachments: [shared, preview] };
    expect(readMessage(message, known).text).toEqual([
      lineOf('can somebody look at this?'),
      { block: 'quote', blocks: [lineOf('ERROR 809 ', ada)] },
    ]);
  });

  it.each([
    ['```\n#1 !resolve\n```', [{ block: 'code', code: '#1 !resolve' }]],
    ['see ```#1 !resolve```', [lineOf('see '), { block: 'code', code: '#1 !resolve' }]],
    ['`#1 !resolve`', [lineOf({ inline: 'code', code: '#1 !resolve' })]],
    [
      '&gt; #1 !resolve\n&gt; now\nok',
      [{ block: 'quote', blocks: [lineOf('#1 !resolve'), lineOf('now')] }, lineOf('ok')],
    ],
    ['``` #1 !resolve', [lineOf('``` #1 !resolve')]],
    ['```see <https://x.org|x.org> &amp; <https://y.org>```', [{ block: 'code', code: 'see x.org & https://y.org' }]],
  ])('code and quotes in a text without blocks are code and quotes: %j', (text, expected) => {
    expect(readMessage({ text }, known).text).toEqual(expected);
  });

  it('what a bot attaches to its words is read with them', () => {
    const attachments = [{ title: 'Disk full', fields: [{ title: 'Host', value: 'web-1' }] }];
    expect(readMessage({ text: 'Alert', attachments }, known).text).toEqual(
      ['Alert', 'Disk full', 'Host: web-1'].map((words) => lineOf(words)),
    );
  });

  it('anything at all is read without an error', () => {
    const part = fc.oneof(
      fc.anything(),
      fc.constantFrom('rich_text', 'rich_text_section', 'text', 'date', 'emoji', -1),
    );
    const thing = fc.dictionary(fc.constantFrom('type', 'elements', 'text', 'style', 'unicode', 'timestamp'), part);
    const nested = fc.record({ type: fc.constantFrom('rich_text', 'section'), elements: fc.array(thing) });
    fc.assert(
      fc.property(part, fc.oneof(part, fc.array(nested)), part, (text, blocks, attachments) => {
        expect(readMessage({ text, blocks, attachments }, known).text.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('what is huge is cut where Slack would have cut it', () => {
    const huge = { type: 'text', text: 'x'.repeat(1_000_000) };
    const read = composed(section(...Array.from({ length: 100_000 }, () => huge)));
    expect(JSON.stringify(read).length).toBeLessThan(41_000);
    expect(JSON.stringify(readMessage({ text: '&lt;<'.repeat(500_000) }, known)).length).toBeLessThan(41_000);
  });
});

describe('the text of a slash command', () => {
  it.each([
    ['give 12 <@U1|ada>', 'give 12 <@U1|ada>'],
    ['give 12 <@U1>', 'give 12 <@U1>'],
    ['new Printer in <#C1|noc> &amp; <#C2|>', 'new Printer in #noc & #C2'],
    ['new for <mailto:bo@example.org|bo@example.org> Help', 'new for bo@example.org Help'],
    ['reply 12 see <https://example.org/?a=1&amp;b=2|example.org/…>', 'reply 12 see https://example.org/?a=1&b=2'],
    ['reply 12 <!here> <!subteam^S1|@on-call> <!subteam^S1>', 'reply 12 @here @on-call @S1'],
    ['new &lt;!channel&gt; *bold* &amp;lt; `x`', 'new <!channel> *bold* &lt; `x`'],
    ['  mine  ', 'mine'],
  ])('%s is the line %s', (text, line) => {
    expect(commandLine(text)).toBe(line);
  });
});

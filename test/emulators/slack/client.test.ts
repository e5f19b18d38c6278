import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { socketApp, webOf } from './app.ts';
import type { Client } from './client.ts';
import type { View } from './shapes.ts';
import { type Slack, startSlack } from './slack.ts';
import { readTyped } from './typed.ts';

let slack: Slack;
let app: App | null = null;
let ada: Client;
let time = 0;
beforeEach(async () => {
  time = 0;
  slack = await startSlack({
    people: [
      { id: 'UADA', name: 'ada', realName: 'Ada Okafor' },
      { id: 'UBO', name: 'bo', realName: 'Bo Lindqvist' },
    ],
    channels: [
      { id: 'C1', name: 'noc', members: ['UADA', 'UBO'] },
      { id: 'C2', name: 'private', members: ['UADA'] },
    ],
    now: () => Date.now() + time,
  });
  ada = slack.client('UADA');
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await slack.stop();
});

async function listening(listen: (app: App) => void): Promise<void> {
  app = await socketApp(slack, listen);
}

describe('what people type', () => {
  const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
  const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style ? { style } : {}) });
  const cases: Record<string, [typed: string, text: string, ...elements: object[]]> = {
    'signs that mean something to Slack': [
      '<!channel> & <@UBO> &lt;',
      '&lt;!channel&gt; &amp; &lt;@UBO&gt; &amp;lt;',
      section(text('<!channel> & <@UBO> &lt;')),
    ],
    'a name': ['hi @bo!', 'hi <@UBO>!', section(text('hi '), { type: 'user', user_id: 'UBO' }, text('!'))],
    'a name of nobody': ['hi @nobody', 'hi @nobody', section(text('hi @nobody'))],
    'an address': [
      'see https://a.example/?b=1&c=2.',
      'see <https://a.example/?b=1&amp;c=2>.',
      section(text('see '), { type: 'link', url: 'https://a.example/?b=1&c=2' }, text('.')),
    ],
    'a call to all': ['@here', '<!here>', section({ type: 'broadcast', range: 'here' })],
    'a channel': ['in #noc', 'in <#C1|>', section(text('in '), { type: 'channel', channel_id: 'C1' })],
    'a number is no channel': ['#12 down', '#12 down', section(text('#12 down'))],
    'bold and code': [
      '*now* `rm -rf`',
      '*now* `rm -rf`',
      section(text('now', { bold: true }), text(' '), text('rm -rf', { code: true })),
    ],
    'stars that embrace nothing': ['2 * 3 * 4', '2 * 3 * 4', section(text('2 * 3 * 4'))],
    'an emoji': ['ok ✅', 'ok :white_check_mark:', section(text('ok '), { type: 'emoji', name: 'white_check_mark' })],
    'a quote': [
      '> said\nso',
      '&gt; said\nso',
      { type: 'rich_text_quote', elements: [text('said')] },
      section(text('so')),
    ],
    'a block of code': [
      '```\nlog\n```',
      '```log```',
      { type: 'rich_text_preformatted', elements: [text('log')], border: 0 },
    ],
  };

  test.each(Object.entries(cases))('%s', (_what, [typed, sent, ...elements]) => {
    const read = readTyped(typed, slack.workspace);
    expect(read.text).toBe(sent);
    expect(read.blocks).toEqual([{ type: 'rich_text', block_id: 'typed', elements }]);
  });
});

describe('what people see', () => {
  test('only those in a channel are sent what is said there', async () => {
    const bo = slack.client('UBO');
    const [seen, unseen] = [ada.screen.news, bo.screen.news];
    await ada.say('C2', 'a-secret-word');
    expect(ada.screen.news).toBe(seen + 1);
    expect(bo.screen.news).toBe(unseen);
    expect(bo.screen.received()).not.toContain('a-secret-word');
    expect(() => bo.history('C2')).toThrow('UBO is not in C2');
  });

  test('a private message is sent to one person', async () => {
    await webOf(slack).chat.postEphemeral({ channel: 'C1', user: 'UADA', text: 'psst' });
    expect(ada.screen.ephemerals.map(({ text }) => text)).toEqual(['psst']);
    expect(slack.client('UBO').screen.received()).not.toContain('psst');
    expect(ada.history('C1')).toEqual([]);
  });

  test('what the bot posts calls those whom it names', async () => {
    const web = webOf(slack);
    await web.chat.postMessage({ channel: 'C1', text: 'hi <!channel> &lt;!here&gt;' });
    const elements = [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'UBO' }] }];
    await web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks: [{ type: 'rich_text', elements }] });
    expect(slack.pings()).toEqual(['channel', 'UBO']);
  });
});

describe('files', () => {
  test('what somebody attaches is had with the token, and is a page to sign in without it', async () => {
    const said = await ada.say('C1', 'see', { files: [{ name: 'a.txt', content: 'bytes' }] });
    const { file } = await webOf(slack).files.info({ file: said.files[0] ?? '' });
    const url = file?.url_private ?? '';
    const withToken = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
    expect(await withToken.text()).toBe('bytes');
    const without = await fetch(url);
    expect(without.status).toBe(200);
    expect(without.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await without.text()).toContain('Sign in');
  });

  test('what the bot uploads stands in the thread', async () => {
    const root = await ada.say('C1', 'first');
    await webOf(slack).filesUploadV2({
      ...{ channel_id: 'C1', thread_ts: root.ts, filename: 'b.txt', file: Buffer.from('more bytes') },
    });
    const [reply] = ada.replies('C1', root.ts);
    expect(reply).toMatchObject({ subtype: 'file_share', user: 'U0DOCKET' });
    expect(ada.file(reply?.files[0] ?? '').toString()).toBe('more bytes');
  });
});

describe('modals', () => {
  const plain = (words: string) => ({ type: 'plain_text' as const, text: words });
  const form = (title: string, more = {}) => ({
    ...{ type: 'modal' as const, callback_id: 'form', title: plain(title), submit: plain('Send') },
    blocks: [
      {
        ...{ type: 'input' as const, block_id: 'subject', label: plain('Subject') },
        element: { type: 'plain_text_input' as const, action_id: 'a', max_length: 5 },
      },
    ],
    ...more,
  });
  let trigger = '';

  /** An app that opens a modal on a shortcut, and answers what is sent with this. */
  async function answering(response: object | null): Promise<View> {
    await listening((made) => {
      made.shortcut('new', async ({ ack, body }) => {
        await ack();
        trigger = body.trigger_id;
        await made.client.views.open({ trigger_id: trigger, view: form('First') });
      });
      made.view('form', async ({ ack }) => {
        await (response === null ? ack() : ack(response as never));
      });
    });
    await ada.globalShortcut('new');
    await expect.poll(() => ada.views).toHaveLength(1);
    const [view] = ada.views;
    if (view === undefined) throw new Error('no modal has come up');
    return view;
  }

  const titles = () => ada.views.map(({ title }) => title);

  test.each<[string, object | null, string[]]>([
    ['nothing, and closes', null, []],
    ['clear, and closes', { response_action: 'clear' }, []],
    ['update, and is another', { response_action: 'update', view: form('Second') }, ['Second']],
    ['push, and stands below another', { response_action: 'push', view: form('Second') }, ['First', 'Second']],
    ['errors at no input of it, which stays as it was', { response_action: 'errors', errors: { no: 'x' } }, ['First']],
    [
      'a view that is too long, and stays as it was',
      { response_action: 'update', view: form('x'.repeat(25)) },
      ['First'],
    ],
  ])('a modal is answered with %s', async (_what, response, left) => {
    await ada.submit(await answering(response), { Subject: 'x' });
    expect(titles()).toEqual(left);
  });

  test('one that is sent and not acknowledged stays, and says so', async () => {
    const view = await answering(null);
    slack.dropSockets();
    await expect.poll(() => slack.core.sockets.size).toBe(0);
    await ada.submit(view, { Subject: 'x' });
    expect(titles()).toEqual(['First']);
    expect(ada.failures).toEqual(['We had some trouble connecting. Try again?']);
  });

  test('the client itself refuses what is left out, and what is too long', async () => {
    const view = await answering(null);
    const before = slack.deliveries.length;
    for (const [given, error] of [
      ['', 'Please complete this required field.'],
      ['too long', 'This must be less than 6 characters.'],
    ]) {
      await ada.submit(view, { Subject: given ?? '' });
      expect(ada.views[0]?.errors).toEqual({ subject: error });
    }
    expect(slack.deliveries).toHaveLength(before);
  });

  test.each<[string, string, () => string]>([
    ['a trigger that was used', 'exchanged_trigger_id', () => trigger],
    ['a trigger that nobody pulled', 'invalid_trigger_id', () => '1.2.3'],
    [
      'a trigger after more than three seconds',
      'expired_trigger_id',
      () => {
        const late = slack.core.triggers.issue('UADA');
        time += 3_001;
        return late;
      },
    ],
  ])('%s opens nothing', async (_what, error, of) => {
    await answering(null);
    const call = webOf(slack).views.open({ trigger_id: of(), view: form('x') });
    await expect(call).rejects.toMatchObject({ data: { error } });
  });

  test('three can stand above each other', async () => {
    const view = await answering(null);
    const push = () => webOf(slack).views.push({ trigger_id: slack.core.triggers.issue('UADA'), view: form('Above') });
    await push();
    await push();
    await expect(push()).rejects.toMatchObject({ data: { error: 'push_limit_reached' } });
    await ada.close(view);
    expect(titles()).toEqual([]);
  });

  test('a view that has changed since is not changed, nor one that is closed', async () => {
    const { id, hash } = await answering(null);
    const web = webOf(slack);
    await web.views.update({ view_id: id, hash, view: form('Second') });
    const again = web.views.update({ view_id: id, hash, view: form('Third') });
    await expect(again).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    const gone = web.views.update({ view_id: 'V9', view: form('Third') });
    await expect(gone).rejects.toMatchObject({ data: { error: 'not_found' } });
  });

  test('an App Home is published for one person', async () => {
    await webOf(slack).views.publish({ user_id: 'UADA', view: { type: 'home', blocks: [{ type: 'divider' }] } });
    expect(ada.home?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(slack.client('UBO').home).toBeNull();
  });
});

describe('response URLs', () => {
  const respond = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const issue = (message: { ts: string; ephemeral: boolean } | null) =>
    slack.core.responseUrls.issue({ channel: 'C1', user: 'UADA', message, thread: null });

  test('take five answers, for half an hour', async () => {
    const url = issue(null);
    for (let nth = 1; nth <= 5; nth++) expect((await respond(url, { text: `${nth}` })).status).toBe(200);
    expect(await (await respond(url, { text: '6' })).json()).toEqual({ ok: false, error: 'used_url' });
    expect(ada.screen.ephemerals).toHaveLength(5);
    const late = issue(null);
    time += 30 * 60_000 + 1;
    expect(await (await respond(late, { text: 'x' })).json()).toEqual({ ok: false, error: 'expired_url' });
  });

  test('answer for all, replace what was pressed, and take it away', async () => {
    const web = webOf(slack);
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'card' });
    await respond(issue({ ts, ephemeral: false }), { text: 'for all', response_type: 'in_channel' });
    await respond(issue({ ts, ephemeral: false }), { text: 'changed', replace_original: true });
    expect(slack.posted('C1').map(({ text }) => text)).toEqual(['changed', 'for all']);
    await respond(issue({ ts, ephemeral: false }), { delete_original: true });
    expect(slack.posted('C1').map(({ text }) => text)).toEqual(['for all']);
    const { message_ts = '' } = await web.chat.postEphemeral({ channel: 'C1', user: 'UADA', text: 'page 1' });
    await respond(issue({ ts: message_ts, ephemeral: true }), { text: 'page 2', replace_original: true });
    expect(ada.screen.ephemerals.map(({ text }) => text)).toEqual(['page 2']);
  });

  test('refuse what Slack refuses', async () => {
    expect(await (await respond(issue(null), { text: '' })).json()).toEqual({ ok: false, error: 'no_text' });
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    expect(await (await respond(issue(null), { text: 'x', blocks })).json()).toMatchObject({ error: 'invalid_blocks' });
  });
});

import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webOf } from './app.ts';
import { described } from './description.ts';
import { type Slack, startSlack } from './slack.ts';

let slack: Slack;
let web: WebClient;
beforeAll(async () => {
  slack = await startSlack({
    people: [{ id: 'UADA', name: 'ada', realName: 'Ada Okafor' }],
    channels: [{ id: 'C1', name: 'noc', members: ['UADA'] }],
  });
  web = webOf(slack);
});
afterAll(() => slack.stop());

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const many = <T>(count: number, make: (nth: number) => T) => Array.from({ length: count }, (_, nth) => make(nth));
const option = (nth: number | string) => ({ text: plain(`option ${nth}`), value: `${nth}` });
const button = (more: object) => ({ type: 'button', text: plain('Take'), action_id: 'take', ...more });
const actions = (...elements: object[]) => [{ type: 'actions', elements }];
const input = (element: object, more = {}) => [{ type: 'input', label: plain('Subject'), element, ...more }];
const rich = (...elements: object[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];

/** What a call says was wrong: its code, and what it tells of it. */
async function said(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    return [error.data.error, ...(error.data.response_metadata?.messages ?? [])].join(' ');
  }
}

const post = (blocks: object[]) => said(web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks }));

describe('the blocks of a message', () => {
  const refused: Record<string, [blocks: object[], what: RegExp]> = {
    '51 blocks': [many(51, () => ({ type: 'divider' })), /no more than 50 items/],
    'two blocks of the same id': [many(2, () => ({ type: 'divider', block_id: 'b' })), /`block_id` must be unique/],
    'a block id of 256': [[{ type: 'divider', block_id: long(256) }], /less than 256/],
    'a type that there is not': [[{ type: 'shout' }], /unsupported type: shout/],
    'a section without anything': [[{ type: 'section' }], /missing required field/],
    'a section of 3,001 characters': [
      [{ type: 'section', text: plain(long(3_001)) }],
      /less than 3001.*\/blocks\/0\/text\/text/,
    ],
    'an empty text': [[{ type: 'section', text: plain('') }], /more than 0 characters/],
    'eleven fields': [[{ type: 'section', fields: many(11, (nth) => plain(`${nth}`)) }], /no more than 10/],
    'a field of 2,001 characters': [[{ type: 'section', fields: [plain(long(2_001))] }], /less than 2001/],
    'a header of 151 characters': [[{ type: 'header', text: plain(long(151)) }], /less than 151/],
    'a header of markup': [[{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], /unsupported type: mrkdwn/],
    'no actions': [actions(), /at least 1 item/],
    '26 actions': [actions(...many(26, (nth) => button({ action_id: `${nth}` }))), /no more than 25/],
    'two actions of the same id': [actions(button({}), button({})), /`action_id` must be unique/],
    'an action id of 256': [actions(button({ action_id: long(256) })), /less than 256/],
    'a button of 76 characters': [actions(button({ text: plain(long(76)) })), /less than 76/],
    'a button’s value of 2,001': [actions(button({ value: long(2_001) })), /less than 2001/],
    'an input among the actions': [actions({ type: 'plain_text_input', action_id: 'a' }), /unsupported type/],
    'a menu of six': [actions({ type: 'overflow', action_id: 'a', options: many(6, option) }), /no more than 5/],
    'an option of 76 characters': [
      actions({ type: 'overflow', action_id: 'a', options: [option(1), { text: plain(long(76)), value: '2' }] }),
      /less than 76/,
    ],
    'an option’s value of 76': [
      actions({ type: 'overflow', action_id: 'a', options: [option(1), option(long(76))] }),
      /less than 76/,
    ],
    '101 choices': [
      actions({ type: 'static_select', action_id: 'a', placeholder: plain('x'), options: many(101, option) }),
      /no more than 100/,
    ],
    'a first choice that is none': [
      actions({ type: 'static_select', action_id: 'a', options: [option(1)], initial_option: option(2) }),
      /not among the options/,
    ],
    'eleven things in a context': [[{ type: 'context', elements: many(11, () => plain('x')) }], /no more than 10/],
    'rich text without anything': [[{ type: 'rich_text', elements: [] }], /at least 1 item/],
    'an empty text in rich text': [rich({ type: 'text', text: '' }), /more than 0/],
    'a link that is none': [rich({ type: 'link', url: 'javascript:alert(1)' }), /invalid url/],
    'somebody who is not there': [rich({ type: 'user', user_id: 'U9' }), /invalid user: U9/],
    'a moment that is none': [rich({ type: 'date', timestamp: 1.5, format: '{time}' }), /must be an integer/],
  };

  test.each(Object.entries(refused))('%s is refused', async (_what, [blocks, what]) => {
    const words = await post(blocks);
    expect(words).toMatch(/^invalid_blocks /);
    expect(words).toMatch(what);
  });

  test('blocks that are no JSON are refused', async () => {
    const call = web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks: '[{' });
    expect(await said(call)).toMatch(/^invalid_blocks_format/);
  });

  const taken: Record<string, object[]> = {
    '50 blocks': many(50, () => ({ type: 'divider' })),
    'the longest of everything': [
      { type: 'header', text: plain(long(150)) },
      { type: 'section', text: plain(long(3_000)) },
      ...actions(button({ text: plain(long(75)), value: long(2_000) })),
    ],
    'people and moments': rich(
      { type: 'user', user_id: 'UADA' },
      { type: 'date', timestamp: 1, format: '{time}', fallback: 'x' },
    ),
  };

  test.each(Object.entries(taken))('%s are taken', async (_what, blocks) => {
    expect(await post(blocks)).toBe('ok');
  });
});

describe('a view', () => {
  const modal = (more: object) => ({ type: 'modal', title: plain('Form'), submit: plain('Send'), blocks: [], ...more });
  const typed = { type: 'plain_text_input', action_id: 'a' };

  const refused: Record<string, [view: object, what: RegExp]> = {
    'a title of 25 characters': [modal({ title: plain(long(25)) }), /less than 25.*\/view\/title\/text/],
    'a submit button of 25': [modal({ submit: plain(long(25)) }), /less than 25.*\/view\/submit/],
    'metadata of 3,001': [modal({ private_metadata: long(3_001) }), /less than 3001/],
    'a callback of 256': [modal({ callback_id: long(256) }), /less than 256/],
    '101 blocks': [modal({ blocks: many(101, () => ({ type: 'divider' })) }), /no more than 100/],
    'inputs without a submit button': [
      { type: 'modal', title: plain('x'), blocks: input(typed) },
      /missing required field: submit/,
    ],
    'a label of 2,001': [modal({ blocks: input(typed, { label: plain(long(2_001)) }) }), /less than 2001/],
    'a hint of 2,001': [modal({ blocks: input(typed, { hint: plain(long(2_001)) }) }), /less than 2001/],
    'a placeholder of 151': [modal({ blocks: input({ ...typed, placeholder: plain(long(151)) }) }), /less than 151/],
    'more to begin with than there may be': [
      modal({ blocks: input({ ...typed, max_length: 3, initial_value: 'four' }) }),
      /less than 4/,
    ],
    'a home': [{ type: 'home', blocks: [] }, /must be of the type modal/],
  };

  test.each(Object.entries(refused))('%s is refused', async (_what, [view, what]) => {
    const words = await said(web.apiCall('views.open', { trigger_id: '1.2.3', view }));
    expect(words).toMatch(/^invalid_arguments /);
    expect(words).toMatch(what);
  });

  test('of more than 250 kB is refused', async () => {
    const view = modal({ private_metadata: long(250_001) });
    expect(await said(web.apiCall('views.open', { trigger_id: '1.2.3', view }))).toBe('view_too_large');
  });
});

describe.runIf(described)('Slack’s published types', () => {
  test('an argument that they do not have is refused, and noted', async () => {
    const call = web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', loudness: 11 });
    expect(await said(call)).toMatch(/^invalid_arguments .*not as published/);
    expect(slack.violations.some((what) => what.startsWith('chat.postMessage: not as published'))).toBe(true);
  });

  test('a property of a block that they do not have is refused, and noted', async () => {
    const before = slack.violations.length;
    expect(await post([{ type: 'divider', colour: 'red' }])).toMatch(/^invalid_blocks .*not as published/);
    expect(slack.violations.length).toBeGreaterThan(before);
  });
});

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { expect, test } from 'vitest';
import { Gone, Rejected, TryLater, Undeliverable } from '../../connectors/connector.ts';
import { causeOf, failure } from '../../connectors/slack/failure.ts';
import { classes, classOf, refusalsOf, walked } from './documented-errors.ts';

const about = { team: 'T1', channel: 'C1' };
const says = (error: string, more = {}) => failure(new WebAPIPlatformError({ ok: false, error, ...more }), about);

test.each(['channel_not_found', 'not_in_channel', 'is_archived'])('%s parks the channel alone, with a mend', (code) => {
  const found = says(code);
  expect(found).toBeInstanceOf(Undeliverable);
  expect(found).toMatchObject({ workspace: null, mend: expect.stringMatching(/\S/) });
});

test.each(['invalid_auth', 'token_revoked', 'account_inactive'])(
  '%s parks all of the workspace, with a mend',
  (code) => {
    const workspace = { platform: 'slack', workspace: 'T1' };
    expect(says(code)).toMatchObject({
      name: 'Undeliverable',
      workspace,
      mend: expect.stringMatching(/SLACK_BOT_TOKEN/),
    });
  },
);

test('a missing scope is named', () => {
  expect(says('missing_scope', { needed: 'chat:write' })).toMatchObject({
    message: 'the app lacks the scope chat:write',
  });
});

test.each(['message_not_found', 'thread_not_found'])('%s is about that message alone', (code) => {
  expect(says(code)).toBeInstanceOf(Gone);
});

test('Slack is asked again when it said to', () => {
  expect(failure(new WebAPIRateLimitedError(30), about)).toMatchObject({ name: 'TryLater', afterMs: 30_000 });
});

test.each([
  ['no answer', new WebAPIRequestError(new Error('connect ECONNREFUSED'))],
  ['a failure of its servers', new WebAPIHTTPError(503, 'Service Unavailable', {})],
  ['internal_error', new WebAPIPlatformError({ ok: false, error: 'internal_error' })],
])('after %s it is asked again, later and later', (_, error) => {
  const found = failure(error, about);
  expect(found).toBeInstanceOf(TryLater);
  expect(found).toMatchObject({ afterMs: null });
});

test.each(['invalid_blocks', 'msg_too_long', 'metadata_too_large'])('%s refuses that message for good', (code) => {
  expect(says(code)).toBeInstanceOf(Rejected);
  expect(causeOf(says(code))).toBe(code);
});

test('what nobody foresaw stays what it is', () => {
  const error = new WebAPIPlatformError({ ok: false, error: 'brand_new_error' });
  expect(failure(error, about)).toBe(error);
});

const documented = [...new Set(walked.flatMap((method) => refusalsOf(method)))].filter(
  (how) => typeof how === 'string',
);
const listed = Object.entries(classes).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const));

test('every class lists documented errors only, each once', () => {
  const codes = listed.map(([code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
});

test('every documented error is handled as its class', () => {
  const expected = new Map<string, string>(listed);
  expect(documented.map((code) => [code, classOf(code)])).toEqual(
    documented.map((code) => [code, expected.get(code) ?? 'unforeseen']),
  );
});

test.each([
  [{ status: 400 }, 'Rejected'],
  [{ status: 429, seconds: 1 }, 'asked to wait'],
  [{ status: 500 }, 'TryLater'],
  [{ status: 503 }, 'TryLater'],
])('HTTP %o is %s', (how, kind) => expect(classOf(how)).toBe(kind));

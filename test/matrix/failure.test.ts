import { describe, expect, it } from 'vitest';
import { Rejected, TryLater, Undeliverable } from '../../connectors/connector.ts';
import { failure, inSending, Refused, readRefusal } from '../../connectors/matrix/failure.ts';
import { hear } from '../../connectors/matrix/hear.ts';
import type { Matrix } from '../../connectors/matrix/matrix.ts';

const about = { server: 'example.org', room: '!noc' };

function refused(status: number, body: unknown, headers: Record<string, string> = {}): Error {
  return failure(readRefusal(status, new Headers(headers), body), about);
}

describe('what a homeserver refuses', () => {
  const later: readonly (readonly [string, number, object | null, Record<string, string>, number | null])[] = [
    ['a rate, with the older word for when', 429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 2_500 }, {}, 2_500],
    [
      'a rate, with Retry-After',
      429,
      { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 9 },
      { 'Retry-After': '3' },
      3_000,
    ],
    ['a rate, and does not say when', 429, { errcode: 'M_LIMIT_EXCEEDED' }, {}, 1_000],
    ['because it is down', 503, null, {}, null],
    ['because what stands before it has lost it', 404, null, {}, null],
    ['because it is overloaded, until a moment', 503, null, { 'Retry-After': '30' }, 30_000],
  ];
  it.each(later)('for now: %s', (_, status, body, headers, afterMs) => {
    const error = refused(status, body, headers);
    expect(error).toBeInstanceOf(TryLater);
    expect(error).toMatchObject({ afterMs });
  });

  const parked: readonly (readonly [string, number, string, boolean])[] = [
    ['Docket is not in the room', 403, 'M_FORBIDDEN', false],
    ['the token was taken back', 401, 'M_UNKNOWN_TOKEN', true],
    ['the account is locked', 401, 'M_USER_LOCKED', true],
    ['the account is deactivated', 403, 'M_USER_DEACTIVATED', true],
  ];
  it.each(parked)('until somebody mends it: %s', (_, status, errcode, everywhere) => {
    const error = refused(status, { errcode, error: 'no' });
    if (!(error instanceof Undeliverable)) throw error;
    expect(error.mend).not.toBe('');
    expect(error.workspace).toEqual(everywhere ? { platform: 'matrix', workspace: 'example.org' } : null);
  });

  it('and what else it says stays its own', () => {
    expect(refused(413, { errcode: 'M_TOO_LARGE', error: 'event too large' })).toBeInstanceOf(Refused);
    expect(refused(404, { errcode: 'M_NOT_FOUND' })).toMatchObject({ code: 'M_NOT_FOUND', status: 404 });
    expect(refused(413, '<html>')).toMatchObject({ code: '', status: 413 });
  });
});

describe('an event that the homeserver refuses', () => {
  it.each([
    [413, 'M_TOO_LARGE'],
    [400, 'M_BAD_JSON'],
    [413, ''],
  ])('for good: %s %s', (status, errcode) => {
    expect(inSending(refused(status, { errcode, error: 'no' }))).toBeInstanceOf(Rejected);
  });

  it.each([
    [400, 'M_UNKNOWN'],
    [400, 'M_DUPLICATE_ANNOTATION'],
  ])('and not: %s %s', (status, errcode) => {
    expect(inSending(refused(status, { errcode, error: 'no' }))).toBeInstanceOf(Refused);
  });
});

describe('an event that cannot be worked', () => {
  const said = { type: 'm.room.message', event_id: '$1', sender: '@ada:example.org', content: { msgtype: 'm.text' } };
  const heard = (error: Error) => {
    const rooms = { members: () => Promise.reject(error) };
    return hear({ bot: '@docket:example.org', rooms, log: { error() {} } } as unknown as Matrix, '!noc', said);
  };

  it('is passed over where Docket is not in its room any more', async () => {
    await expect(heard(refused(403, { errcode: 'M_FORBIDDEN', error: 'no' }))).resolves.toBeUndefined();
  });

  it.each(['M_UNKNOWN_TOKEN', 'M_USER_LOCKED'])(
    'is heard again where Docket is not let in at all: %s',
    async (errcode) => {
      await expect(heard(refused(401, { errcode, error: 'no' }))).rejects.toThrow(Undeliverable);
    },
  );
});

import { expect, test } from 'vitest';
import { TryLater, Undeliverable } from '../../connectors/connector.ts';
import { Attempts } from '../../connectors/matrix/attempts.ts';

test('an event that keeps failing is skipped with a line in the log, and the next one is handled', async () => {
  const skipped: unknown[] = [];
  const attempts = new Attempts(async () => {}, { error: (about: object) => skipped.push(about) } as never);
  let tried = 0;
  await attempts.handle('event $1', async () => {
    tried += 1;
    throw new Error('unforeseen');
  });
  expect(tried).toBe(4);
  expect(skipped).toEqual([{ err: expect.objectContaining({ message: 'unforeseen' }), skipped: 'event $1' }]);
  let handled = false;
  await attempts.handle('event $2', async () => {
    handled = true;
  });
  expect(handled).toBe(true);
});

test('an event that fails once is tried again', async () => {
  const attempts = new Attempts(async () => {}, { error: () => expect.unreachable() } as never);
  let tried = 0;
  await attempts.handle('event', async () => {
    tried += 1;
    if (tried === 1) throw new Error('once');
  });
  expect(tried).toBe(2);
});

test.each([
  ['the homeserver is away', new TryLater('away', null), async () => {}],
  [
    'Docket is signed out',
    new Undeliverable('signed out', { workspace: { platform: 'matrix', workspace: 'matrix.test' } }),
    async () => {},
  ],
  ['the database is away', new Error('away'), () => Promise.reject(new Error('away'))],
])('nothing is skipped while %s', async (_, error, answers) => {
  const attempts = new Attempts(answers, { error: () => expect.unreachable() } as never);
  for (let nth = 0; nth < 10; nth++) {
    await expect(attempts.handle('event', () => Promise.reject(error))).rejects.toThrow(error.message);
  }
});

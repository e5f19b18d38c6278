import { describe, expect, it } from 'vitest';
import { Refused, readRefusal } from '../../connectors/matrix/failure.ts';
import type { Matrix } from '../../connectors/matrix/matrix.ts';
import { syncShape } from '../../connectors/matrix/payloads.ts';
import { nextSync } from '../../connectors/matrix/sync.ts';

/** A homeserver that refuses a sync from a position, and where it was asked from. */
function refusing(status: number, body: unknown) {
  const asked: (string | undefined)[] = [];
  const call = async ({ query }: { query: Readonly<Record<string, string>> }) => {
    asked.push(query['since']);
    if (query['since'] !== undefined) throw new Refused(readRefusal(status, new Headers(), body));
    return syncShape.parse({ next_batch: 'new' });
  };
  return { asked, matrix: { api: { call }, log: { warn() {} } } as unknown as Matrix };
}

describe('a sync from a position', () => {
  it('that the homeserver does not know any more goes on from now', async () => {
    const { asked, matrix } = refusing(400, { errcode: 'M_UNKNOWN', error: 'Invalid stream token' });
    expect((await nextSync(matrix, 'old', AbortSignal.any([]))).next_batch).toBe('new');
    expect(asked).toEqual(['old', undefined]);
  });

  it.each([
    ['by what stands before the homeserver', 403, '<html>'],
    ['for who Docket is', 403, { errcode: 'M_FORBIDDEN', error: 'no' }],
  ])(
    'that is refused %s is asked for again: nothing that was said meanwhile is passed over',
    async (_, status, body) => {
      const { asked, matrix } = refusing(status, body);
      await expect(nextSync(matrix, 'old', AbortSignal.any([]))).rejects.toThrow(Refused);
      expect(asked).toEqual(['old']);
    },
  );
});

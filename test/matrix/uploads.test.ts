import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Refused } from '../../connectors/matrix/failure.ts';
import type { Matrix } from '../../connectors/matrix/matrix.ts';
import { attach } from '../../connectors/matrix/uploads.ts';

const room = '!noc:example.org';
const to = { platform: 'matrix', workspace: 'example.org', channel: room, thread: null, direct: false };

test('a file that the homeserver does not take holds up nothing that is told behind it', async () => {
  const sent: unknown[] = [];
  const tooLarge = { status: 413, code: '', words: '', retryAfter: null, softLogout: false };
  const matrix = {
    log: pino({ level: 'silent' }),
    door: { file: async (id: string) => Buffer.from(id === '1' ? 'large' : 'small') },
    device: {
      sealedFile: async (_: string, bytes: Uint8Array) => ({ bytes, key: null }),
      sealed: async (_: string, type: string, content: object) => ({ type, content }),
    },
    successors: { newest: (id: string) => id },
    api: {
      call: async ({ path, body }: { path: string; body: Uint8Array | object }) => {
        if (!path.includes('/upload')) return sent.push(body) && { event_id: '$sent' };
        if (Buffer.from(body as Uint8Array).toString() === 'large') throw new Refused(tooLarge);
        return { content_uri: 'mxc://example.org/small' };
      },
    },
  } as unknown as Matrix;
  const file = (id: string, name: string) => ({ id, name, type: 'text/plain', size: 5 });
  await attach(matrix, to, [file('1', 'large.txt'), file('2', 'small.txt')], 'key');
  expect(sent).toEqual([expect.objectContaining({ body: 'small.txt' })]);
});

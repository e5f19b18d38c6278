import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Refused } from '../../connectors/matrix/failure.ts';
import type { Matrix } from '../../connectors/matrix/matrix.ts';
import { attach } from '../../connectors/matrix/uploads.ts';

const room = '!noc:example.org';
const to = { platform: 'matrix', workspace: 'example.org', channel: room, thread: null, direct: false };

test.each([
  ['image/png', 'm.image'],
  ['image/svg+xml', 'm.file'],
  ['audio/ogg; codecs=opus', 'm.audio'],
  ['video/mp4', 'm.video'],
  ['application/pdf', 'm.file'],
])('a file of type %s is sent as %s', async (type, msgtype) => {
  const sent: unknown[] = [];
  const matrix = {
    door: { file: async () => Buffer.from('bytes') },
    device: {
      sealedFile: async (_: string, bytes: Uint8Array) => ({ bytes, key: null }),
      sealed: async (_: string, sealed: string, content: object) => ({ type: sealed, content }),
    },
    successors: { newest: (id: string) => id },
    api: {
      call: async ({ path, body }: { path: string; body: object }) =>
        path.includes('/upload') ? { content_uri: 'mxc://example.org/x' } : sent.push(body) && { event_id: '$sent' },
    },
  } as unknown as Matrix;
  await attach(matrix, to, [{ id: '1', name: 'it', type, size: 5 }], 'key');
  expect(sent).toEqual([expect.objectContaining({ msgtype, info: { mimetype: type, size: 5 } })]);
});

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

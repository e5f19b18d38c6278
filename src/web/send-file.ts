import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Concurrent } from './concurrent.ts';
import { Slots } from './slots.ts';

/** A file to be sent, its bytes read piece by piece while they are. */
export interface FileToSend {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** What a browser may show by itself; everything else is saved. SVG is not among it, for it can carry scripts. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Each takes two pieces of memory, and a connection. A page with many pictures loads six at a time. */
const downloads = new Concurrent(20, 'You are loading 20 files already. Wait until some of them have arrived.');

/** How slowly somebody may read: half a minute, and one more second for each 16 kB. */
const readers = { graceMs: 30_000, bytesPerMs: 16 };

/**
 * Sends an attached file so that nothing in it can act as a page of ours, whatever it claims to be. Refuses somebody who
 * loads too many at a time, and ends the connection of those who read too slowly.
 */
export function sendFile(reply: FastifyReply, person: number, { name, type, size, pieces }: FileToSend): FastifyReply {
  const end = downloads.begin(person);
  const late = setTimeout(() => reply.raw.destroy(), readers.graceMs + size / readers.bytesPerMs);
  reply.raw.once('close', () => {
    clearTimeout(late);
    end();
  });
  const inline = shownInline.has(type);
  return reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`)
    .header('content-length', size)
    .type(inline ? type : 'application/octet-stream')
    .send(Readable.from(inTurn(pieces)));
}

/** Pieces that are read at a time, whoever loads how much: the connections to the database are for others, too. */
const reading = new Slots(4);

async function* inTurn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await reading.run(() => iterator.next());
    if (done === true) return;
    yield value;
  }
}

/** RFC 8187: what encodeURIComponent leaves as it is and a header parameter does not take. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

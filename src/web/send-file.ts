import type { FastifyReply } from 'fastify';
import type { FileData } from '../desk/reads.ts';

/** What a browser may show by itself; everything else is saved. SVG is not among it, for it can carry scripts. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Sends an attached file so that nothing in it can act as a page of ours, whatever it claims to be. */
export function sendFile(reply: FastifyReply, { name, type, bytes }: FileData): FastifyReply {
  const inline = shownInline.has(type);
  return reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`)
    .type(inline ? type : 'application/octet-stream')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** RFC 8187: what encodeURIComponent leaves as it is and a header parameter does not take. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

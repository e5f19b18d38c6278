import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Attachment, Json } from './shapes.ts';

/** How long a link to an attachment is good. Milliseconds. */
const linkLives = 24 * 3_600_000;

/** What a server may take from one message: 10 MiB. Bytes. */
export const largestFile = 10 * 1024 * 1024;

/** The files of messages, and the links to them: signed, and good for a day. */
export class Attachments {
  readonly #files = new Map<string, Attachment>();

  /** @param now milliseconds */
  constructor(
    private readonly now: () => number,
    private readonly baseUrl: () => string,
  ) {}

  keep(attachment: Attachment): Attachment {
    this.#files.set(attachment.id, attachment);
    return attachment;
  }

  json(channel: string, attachment: Attachment): Json {
    const { id, name, content, mimetype, description } = attachment;
    const url = this.url(channel, attachment);
    return {
      ...{ id, filename: name, size: content.length, url, proxy_url: url, content_type: mimetype },
      ...(description === null ? {} : { description }),
    };
  }

  url(channel: string, { id, name }: Attachment): string {
    const path = `/attachments/${channel}/${id}/${encodeURIComponent(name)}`;
    const expires = Math.floor((this.now() + linkLives) / 1_000).toString(16);
    const issued = Math.floor(this.now() / 1_000).toString(16);
    return `${this.baseUrl()}${path}?ex=${expires}&is=${issued}&hm=${signature(path, expires, issued)}`;
  }

  /** Gives the bytes to whoever has a link that is still good. */
  download(url: URL, response: ServerResponse): void {
    const [ex = '', is = '', hm = ''] = ['ex', 'is', 'hm'].map((name) => url.searchParams.get(name) ?? '');
    const file = this.#files.get(url.pathname.split('/')[3] ?? '');
    const good = hm === signature(url.pathname, ex, is) && Number.parseInt(ex, 16) * 1_000 > this.now();
    if (file === undefined || !good) return void response.writeHead(404).end('This content is no longer available.');
    response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.content.length }).end(file.content);
  }
}

function signature(path: string, expires: string, issued: string): string {
  return createHmac('sha256', 'emulated').update(`${path} ${expires} ${issued}`).digest('hex');
}

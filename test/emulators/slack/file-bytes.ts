import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from './core.ts';

/** Takes the bytes of an upload, bare or as a part of a form. */
export async function upload(
  { workspace }: Core,
  id: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const file = workspace.files.get(id);
  if (file === undefined || file.complete) return void response.writeHead(404).end();
  file.content = await content(request.headers['content-type'] ?? '', body);
  response.writeHead(200).end(`OK - ${file.content.length}`);
}

async function content(type: string, body: Buffer): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const part = [...form.values()].find((value) => typeof value !== 'string');
  return part === undefined ? Buffer.alloc(0) : Buffer.from(await (part as File).arrayBuffer());
}

/** Hands out a file. Who has no token for it is shown the page to sign in, with the status 200. */
export async function download(core: Core, name: string, token: string, response: ServerResponse): Promise<void> {
  const file = core.workspace.files.get(name.slice(name.indexOf('-') + 1));
  if (!core.tokens.opens(token, 'files:read')) {
    const page = '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  }
  const fault = core.faults.fileStatus();
  if (fault !== null) return void response.writeHead(fault).end();
  if (file === undefined) return void response.writeHead(404).end();
  const disposition = `attachment; filename="${encodeURIComponent(file.name)}"`;
  response.writeHead(200, { 'content-type': file.mimetype, 'content-disposition': disposition }).end(file.content);
}

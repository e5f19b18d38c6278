import type { IncomingMessage } from 'node:http';
import type { Core } from './core.ts';
import { refusals } from './refusal.ts';
import type { Json } from './shapes.ts';

/** A file that came with a request. */
export interface Upload {
  /** `files[0]`: 0. */
  readonly index: number;
  readonly name: string;
  readonly mimetype: string;
  readonly content: Buffer;
}

/** A request of the application, as a route answers it. */
export interface Ask {
  readonly core: Core;
  /** What stands in the path, by the names that Discord's description gives it. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Whatever JSON came; an empty object where none did. */
  readonly body: unknown;
  readonly files: readonly Upload[];
}

/** What a request holds: JSON, or a form with JSON in it and files beside it. */
export async function readBody(request: IncomingMessage): Promise<Pick<Ask, 'body' | 'files'>> {
  const bytes = await bytesOf(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: {}, files: [] };
  if (type.startsWith('application/json')) return { body: parsed(bytes.toString()), files: [] };
  if (!type.startsWith('multipart/form-data')) throw refusals.notJson();
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const files = await Promise.all(
    [...form].flatMap(([name, value]) => {
      const index = /^files\[(\d+)\]$/.exec(name)?.[1];
      return index === undefined || typeof value === 'string' ? [] : [upload(Number(index), value)];
    }),
  );
  return { body: typeof payload === 'string' ? parsed(payload) : fieldsOf(form), files };
}

async function upload(index: number, file: File): Promise<Upload> {
  const content = Buffer.from(await file.arrayBuffer());
  return { index, name: file.name, mimetype: file.type || 'application/octet-stream', content };
}

function fieldsOf(form: FormData): Json {
  return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refusals.notJson();
    throw error;
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

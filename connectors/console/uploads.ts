import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { oneLine } from '../../src/ticket/characters.ts';
import { checked, HttpRefusal } from '../../src/web/refusal.ts';
import { fileLimits } from '../../src/web/server.ts';
import { typed } from '../../src/web/typed.ts';

/** A file as it was uploaded. It is removed from disk once the request has been answered. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Where it lies on disk. */
  readonly path: string;
}

/**
 * Reads a form with files. The files go to disk as they arrive, so that a slow upload takes no memory. Refuses a field of
 * more than `longest` characters, files beyond the limits, and what is malformed or ends halfway.
 */
export async function readForm(
  request: FastifyRequest,
  longest: number,
): Promise<{ fields: Record<string, string>; files: readonly Upload[] }> {
  const fields: Record<string, string> = {};
  const files: Upload[] = [];
  try {
    const parts = request.parts();
    for (let next = parts.next(); ; ) {
      const { done, value: part } = await next;
      if (done === true) break;
      next = parts.next();
      if (part.type === 'file') files.push(...(await Promise.race([onDisk(request, part), brokenOff(part, next)])));
      else if (part.fieldnameTruncated || part.valueTruncated) {
        throw new HttpRefusal(413, `A message holds at most ${longest} characters. Attach longer text as a file.`);
      } else fields[part.fieldname] = String(part.value);
    }
  } catch (error) {
    // The parser of forms throws plain errors; what has a code is a limit of ours, or a fault of the system's.
    if (error instanceof HttpRefusal || !(error instanceof Error) || 'code' in error) throw error;
    throw new HttpRefusal(400, 'That form is malformed or incomplete. Reload the page and try again.');
  }
  return { fields, files };
}

/** Rejects when a file breaks off, which the parser tells only by what follows the file; never resolves. */
async function brokenOff({ file }: MultipartFile, next: Promise<IteratorResult<unknown>>): Promise<never> {
  const { done } = await next;
  if (done === true && file.destroyed && !file.readableEnded) throw new Error('the file breaks off');
  return new Promise(() => undefined);
}

async function onDisk(request: FastifyRequest, part: MultipartFile): Promise<readonly Upload[]> {
  const file = path.join(tmpdir(), `docket-upload-${randomUUID()}`);
  // Those that are listed here are removed after the answer, also when there is none because the connection broke.
  request.tmpUploads = [...(request.tmpUploads ?? []), file];
  await pipeline(part.file, createWriteStream(file, { mode: 0o600 }));
  if (part.file.truncated) {
    throw new HttpRefusal(413, `A file may have at most ${fileLimits.bytes / 1024 / 1024} MB. Nothing was sent.`);
  }
  // A file input in which nothing was chosen sends one file without a name.
  if (part.filename === '') return [];
  const size = part.file.bytesRead;
  return [{ name: fileName(part.filename), type: part.mimetype.slice(0, 100), size, path: file }];
}

function fileName(name: string): string {
  return oneLine(checked(typed(1_000_000, 'A file name'), name))
    .replaceAll(/[/\\\p{Cc}]/gu, '_')
    .slice(-200)
    .toWellFormed();
}

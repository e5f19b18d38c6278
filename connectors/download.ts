import { limits } from '../src/ticket/limits.ts';
import { TryLater, Undeliverable } from './connector.ts';

/** How long a server may take to begin its answer, and to send all of a file. Milliseconds. */
const patience = { answer: 10_000, file: 60_000 };

/**
 * The bytes of a file at an address. What is larger than a file may be (`limits.file`, bytes) is refused as soon as that is
 * known, whatever its headers say: no more than that is ever kept in memory.
 *
 * @param from what is asked, for the message of an error: `Slack`
 * @param check refuses an answer by its headers
 * @throws Undeliverable where it cannot be had, TryLater where it may be had later
 */
export async function downloaded(
  from: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  check: (response: Response) => void = () => undefined,
): Promise<Uint8Array> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience.answer);
  const signal = AbortSignal.any([late.signal, AbortSignal.timeout(patience.file)]);
  try {
    const response = await fetch(url, { headers, signal }).finally(() => clearTimeout(timer));
    if (response.status >= 500 || response.status === 429) {
      throw new TryLater(`${from} did not hand out a file (HTTP ${response.status})`, null);
    }
    if (!response.ok) throw new Undeliverable(`${from} does not hand out the file (HTTP ${response.status})`);
    check(response);
    return await capped(response, from);
  } catch (error) {
    if (error instanceof Undeliverable || error instanceof TryLater) throw error;
    throw new TryLater(`a file could not be fetched from ${from}`, null, { cause: error });
  }
}

/** Reads a body to its end, and not beyond what a file may have. */
async function capped({ body, headers }: Response, from: string): Promise<Uint8Array> {
  const tooLarge = () =>
    new Undeliverable(`the file is too large for Docket: ${from} has more than ${limits.file} bytes`);
  if (Number(headers.get('content-length') ?? 0) > limits.file) {
    await body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > limits.file) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

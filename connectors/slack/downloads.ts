import { z } from 'zod';
import { limits } from '../../src/ticket/limits.ts';
import { TryLater, Undeliverable } from '../connector.ts';
import type { Slack } from './slack.ts';

const info = z.object({ url_private_download: z.url().optional(), url_private: z.url().optional() });

/**
 * The bytes of a file of the workspace, by its id.
 *
 * @throws Undeliverable where it cannot be had, TryLater where it may be had later
 */
export async function download(slack: Slack, token: string, id: string): Promise<Uint8Array> {
  const { file } = await slack.api.call(null, (web) => web.files.info({ file: id }));
  const { url_private_download, url_private } = info.parse(file ?? {});
  const url = url_private_download ?? url_private;
  if (url === undefined || !isSlacks(url, slack.options.settings.apiUrl)) {
    throw new Undeliverable(`the file ${id} has no address at Slack`);
  }
  const bytes = await bytesAt(url, token, id);
  if (bytes.byteLength > limits.file) throw new Undeliverable(`the file ${id} is too large`);
  return bytes;
}

async function bytesAt(url: string, token: string, id: string): Promise<Uint8Array> {
  const response = await answered(
    fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(60_000) }),
  );
  if (response.status >= 500 || response.status === 429) {
    throw new TryLater(`Slack did not hand out the file ${id} (HTTP ${response.status})`, null);
  }
  // Whoever may not have a file is shown the page to sign in, and no error.
  const signIn =
    response.headers.get('content-type')?.startsWith('text/html') && !response.headers.has('content-disposition');
  if (!response.ok || signIn) throw new Undeliverable(`Slack does not hand out the file ${id}`);
  if (Number(response.headers.get('content-length') ?? 0) > limits.file) {
    throw new Undeliverable(`the file ${id} is too large`);
  }
  return new Uint8Array(await answered(response.arrayBuffer()));
}

/** @throws TryLater where the connection fails, at whatever point */
async function answered<T>(coming: Promise<T>): Promise<T> {
  try {
    return await coming;
  } catch (error) {
    throw new TryLater('a file could not be fetched from Slack', null, { cause: error });
  }
}

/** The token is shown to Slack alone. */
function isSlacks(url: string, apiUrl: string | null): boolean {
  const { hostname, protocol, origin } = new URL(url);
  if (apiUrl !== null) return origin === new URL(apiUrl).origin;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}

import { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import { downloaded } from '../download.ts';
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
  return downloaded('Slack', url, { authorization: `Bearer ${token}` }, ({ headers }) => {
    // Whoever may not have a file is shown the page to sign in, and no error.
    const signIn = headers.get('content-type')?.startsWith('text/html') && !headers.has('content-disposition');
    if (signIn) throw new Undeliverable(`Slack does not hand out the file ${id}`);
  });
}

/** The token is shown to Slack alone. */
function isSlacks(url: string, apiUrl: string | null): boolean {
  const { hostname, protocol, origin } = new URL(url);
  if (apiUrl !== null) return origin === new URL(apiUrl).origin;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}

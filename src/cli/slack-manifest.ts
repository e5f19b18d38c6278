import { manifest } from '../../connectors/slack/manifest.ts';

/** `docket slack manifest [--url URL]`: what api.slack.com/apps makes an app of, as JSON. */
export async function printSlackManifest(url?: string): Promise<number> {
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : null;
  if (url !== undefined && address?.protocol !== 'https:') {
    console.error(`${url} is no address that Slack can reach. Write it in full: --url https://desk.example.org`);
    return 1;
  }
  console.log(JSON.stringify(manifest(address), null, 2));
  return 0;
}

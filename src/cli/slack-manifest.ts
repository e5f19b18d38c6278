import { manifest } from '../../connectors/slack/manifest.ts';
import { readEnvironment } from '../config/environment.ts';
import { isMistaken, loadConfig } from '../config/load.ts';

/**
 * `docket slack manifest [--url URL]`: what api.slack.com/apps makes an app of, as JSON. It is asked for before there is
 * anything else: a configuration that is not there yet, or has mistakes, is left to `docket config check`.
 */
export async function printSlackManifest(url?: string): Promise<number> {
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : null;
  if (url !== undefined && address?.protocol !== 'https:') {
    console.error(`${url} is no address that Slack can reach. Write it in full: --url https://desk.example.org`);
    return 1;
  }
  console.log(JSON.stringify(manifest(address, configuredPages()), null, 2));
  return 0;
}

/** The web address in docket.yaml; null where it says none. */
function configuredPages(): URL | null {
  const environment = readEnvironment(process.env);
  if ('mistakes' in environment) return null;
  const config = loadConfig(environment.config);
  return isMistaken(config) || config.web.url === null ? null : new URL(config.web.url);
}

import type { Route } from './route.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { ownRoutes } from './routes/own.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { threadRoutes } from './routes/threads.ts';

interface Known {
  readonly method: string;
  /** `/channels/{channel_id}` */
  readonly template: string;
  readonly pattern: RegExp;
  readonly route: Route;
}

/** Words before names, so that `@me` is nobody's id. */
const known: readonly Known[] = Object.entries({
  ...ownRoutes,
  ...guildRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...threadRoutes,
  ...commandRoutes,
  ...interactionRoutes,
})
  .map(([name, route]) => {
    const [method = '', template = ''] = name.split(' ');
    const pattern = new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    return { method, template, pattern, route };
  })
  .sort((a, b) => a.template.split('{').length - b.template.split('{').length);

export interface Found {
  readonly template: string;
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** The route of a request; null where Discord has none. */
export function findRoute(method: string, path: string): Found | null {
  // Libraries write `@me` and `@original` either way.
  const readable = path.replaceAll('%40', '@');
  for (const each of known) {
    const match = each.method === method ? each.pattern.exec(readable) : null;
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { template: each.template, route: each.route, path: Object.fromEntries(named) };
  }
  return null;
}

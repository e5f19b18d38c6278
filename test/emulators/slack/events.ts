import type { Core } from './core.ts';
import type { Outcome } from './deliveries.ts';
import { type AppEvent, eventsOf } from './event-shapes.ts';
import type { Channel, Happening, Json, Message } from './shapes.ts';
import { bot } from './workspace.ts';

type Telling = Pick<Core, 'workspace' | 'tokens' | 'deliveries' | 'views' | 'unfurlDomains' | 'baseUrl'>;

/** Tells the app what happens, as far as it is subscribed to it and may know of it (docs.slack.dev/reference/events). */
export class Events {
  #sent: Promise<Outcome>[] = [];

  /** @param subscribed null: to everything */
  constructor(
    private readonly core: Telling,
    private readonly subscribed: ReadonlySet<string> | null,
  ) {}

  /** Does something; resolves when the first attempt at each event that came of it has ended. */
  async during(act: () => void): Promise<void> {
    this.#sent = [];
    act();
    await Promise.all(this.#sent);
  }

  hear(happening: Happening): void {
    for (const event of eventsOf(this.core, happening)) this.#tell(event);
  }

  /** Somebody has opened the App Home, or the direct conversation. */
  homeOpened(user: string, tab: 'home' | 'messages'): void {
    const { workspace, views } = this.core;
    const view = views.home(user);
    const event = {
      ...{ type: 'app_home_opened', user, channel: workspace.direct(user).id, tab, event_ts: workspace.ts() },
      ...(view === null || tab !== 'home' ? {} : { view: views.json(view) }),
    };
    this.#tell({ name: 'app_home_opened', scope: null, channel: null, event });
  }

  /** A message holds links of a domain that the app unfurls; told also where the bot is not. */
  links(channel: Channel, { ts, text, user, thread }: Message): void {
    this.#linked(channel, text, {
      ...{ user, message_ts: ts, unfurl_id: `${channel.id}-${ts}`, source: 'conversations_history' },
      ...(thread === null ? {} : { thread_ts: thread }),
    });
  }

  /** Somebody has typed links of such a domain, and not sent them yet: the message goes by an id of its own. */
  composed(channel: Channel, user: string, text: string): string {
    const id = this.core.workspace.id('Uxxxxxxx-');
    this.#linked(channel, text, { user, message_ts: id, unfurl_id: id, source: 'composer' });
    return id;
  }

  #linked(channel: Channel, text: string, of: Json): void {
    const { workspace, unfurlDomains } = this.core;
    const links = [...text.matchAll(/<(https?:\/\/[^|>]+)(?:\|[^>]*)?>/g)]
      .map(([, url = '']) => ({ url: url.replaceAll('&amp;', '&'), domain: new URL(url).hostname }))
      .filter(({ domain }) => unfurlDomains.includes(domain));
    if (links.length === 0) return;
    const event = {
      ...{ type: 'link_shared', channel: of['source'] === 'composer' ? 'COMPOSER' : channel.id, links },
      ...{ is_bot_user_member: channel.members.has(bot.user), event_ts: workspace.ts(), ...of },
    };
    this.#tell({ name: 'link_shared', scope: 'links:read', channel: null, event }, this.#shared(channel));
  }

  /** Whether people of other workspaces are in a channel. */
  #shared({ members }: Channel): boolean {
    const { workspace } = this.core;
    return [...members].some((id) => workspace.person(id).team !== workspace.team);
  }

  #tell({ name, scope, channel, event }: AppEvent, shared = channel !== null && this.#shared(channel)): void {
    const { workspace, tokens, deliveries } = this.core;
    if (this.subscribed !== null && !this.subscribed.has(name)) return;
    if (scope !== null && !tokens.scopes.has(scope)) return;
    if (channel !== null && !channel.members.has(bot.user)) return;
    const payload: Json = {
      ...{ token: 'verification', team_id: workspace.team, api_app_id: bot.app, event, type: 'event_callback' },
      ...{
        event_id: workspace.id('Ev'),
        event_time: Math.floor(workspace.now() / 1_000),
        is_ext_shared_channel: shared,
      },
      authorizations: [
        { enterprise_id: null, team_id: workspace.team, user_id: bot.user, is_bot: true, is_enterprise_install: false },
      ],
      event_context: workspace.id('EC'),
    };
    this.#sent.push(deliveries.send({ type: 'events_api', payload }));
  }
}

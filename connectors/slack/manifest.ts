import { events, eventsPath, scopes, shortcuts } from './app.ts';

/**
 * The description of the app that api.slack.com/apps makes one of (docs.slack.dev/reference/app-manifest).
 *
 * @param url the address under which Slack reaches Docket, for events over HTTP; null for Socket Mode
 * @param pages the address under which people open Docket, whose links are unfurled; null where none is known
 */
export function manifest(url: URL | null, pages: URL | null): object {
  const request = url === null ? {} : { request_url: new URL(eventsPath, url).href };
  const domains = [...new Set([url, pages].flatMap((each) => (each === null ? [] : [each.hostname])))].filter(isPublic);
  return {
    display_information: {
      name: 'Docket',
      description: 'A ticket desk that lives in chat',
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'docket', always_online: true },
      shortcuts: [
        {
          name: 'Make a ticket',
          type: 'message',
          callback_id: shortcuts.makeTicket,
          description: 'Makes a ticket of this message',
        },
        { name: 'New ticket', type: 'global', callback_id: shortcuts.newTicket, description: 'Opens a ticket' },
      ],
      slash_commands: [
        {
          command: '/ticket',
          ...(url === null ? {} : { url: new URL(eventsPath, url).href }),
          description: 'Works tickets',
          usage_hint: 'new SUBJECT | 123 | take 123 | list | help',
          should_escape: true,
        },
      ],
      ...(domains.length === 0 ? {} : { unfurl_domains: domains }),
    },
    oauth_config: { scopes: { bot: [...scopes] } },
    settings: {
      event_subscriptions: { ...request, bot_events: [...events] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

/** Slack unfurls domains alone: no addresses of machines, and nothing that only this one knows. */
function isPublic(hostname: string): boolean {
  return /\.[a-z][a-z0-9-]*$/i.test(hostname);
}

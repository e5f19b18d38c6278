import { startSlack } from '../emulators/slack/slack.ts';
import { slackUser } from './slack-client.ts';
import { channelId, userId, workspace } from './slack-workspace.ts';
import type { Platform } from './user.ts';

/** Where Docket takes what Slack posts to it. */
const eventsPath = '/slack/events';

/** Slack, as people use it, with the real Bolt on the wire. `mode`: how Docket is told of what happens there. */
export function slackPlatform(mode: 'socket' | 'http'): Platform {
  return {
    name: `slack over ${mode}`,
    lacks: ['held messages', 'own views', 'completion'],
    place: (channel) => `slack:T0DOCKET/${channelId(channel)}`,
    account: (handle) => `slack:T0DOCKET/${userId(handle)}`,
    settings: '',
    async start(startDocket) {
      const slack = await startSlack({ ...workspace, mode });
      const { apiUrl, botToken, appToken, signingSecret } = slack;
      const secrets = { botToken, apiUrl, messageInterval: 0 };
      const docket = await startDocket({
        slack:
          mode === 'socket'
            ? { ...secrets, appToken, signingSecret: null }
            : { ...secrets, appToken: null, signingSecret },
      });
      slack.postEventsTo(docket.url + eventsPath);
      return {
        user: async (handle) => slackUser(slack, handle),
        reconnect: async ({ url }) => slack.postEventsTo(url + eventsPath),
        stop: async () => {
          await slack.stop();
          if (slack.core.violations.length > 0) throw new Error(slack.core.violations.join('\n'));
        },
      };
    },
  };
}

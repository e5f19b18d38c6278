import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { mirrorGroup } from './groups.ts';
import { publishHome } from './home-tab.ts';
import { channelEvent, groupEvent, homeEvent, linkEvent, userEvent } from './payloads.ts';
import { platform } from './platform.ts';
import { addressOf, ownPlace, type Slack } from './slack.ts';
import { unfurl } from './unfurl.ts';

/** Hears what happens in the workspace beside talk: channels, people, user groups, App Homes, links. */
export function hearWorkspace(app: App, slack: Slack): void {
  app.event('member_joined_channel', async ({ event }) => {
    const { channel, user } = channelEvent.parse(event);
    if (user === slack.bot) await reachable(slack, channel);
  });
  for (const type of ['channel_unarchive', 'group_unarchive'] as const) {
    app.event(type, ({ event }) => reachable(slack, channelEvent.parse(event).channel));
  }
  app.event('user_change', async ({ event }) => slack.people.forget(userEvent.parse(event).user.id));
  for (const type of ['subteam_members_changed', 'subteam_updated', 'subteam_created'] as const) {
    app.event(type, async ({ event }) => {
      const { subteam_id, subteam } = groupEvent.parse(event);
      const id = subteam_id ?? subteam?.id;
      if (id !== undefined) slack.errands.run('mirror a user group', id, () => mirrorGroup(slack, id));
    });
  }
  app.event('app_home_opened', async ({ event }) => {
    const { user, tab } = homeEvent.parse(event);
    if (tab !== 'messages') slack.errands.run('draw an App Home', user, () => publishHome(slack, user));
  });
  app.event('link_shared', async ({ event, body }) => {
    const shared = linkEvent.parse(event);
    const guests = body.is_ext_shared_channel === true;
    slack.errands.run('unfurl links', shared.message_ts, () => onLinks(slack, shared, guests));
  });
}

async function reachable({ door, team }: Slack, channel: string): Promise<void> {
  await door.reachable({ platform, workspace: team, channel });
}

/** Shows below a message the tickets that it links to, as far as everyone there may see them; `guests` may be there. */
async function onLinks(slack: Slack, shared: z.infer<typeof linkEvent>, guests: boolean): Promise<void> {
  const { channel, user, message_ts, unfurl_id, source, links } = shared;
  const who = { platform, workspace: slack.team, sender: await slack.people.sender(user) };
  // Slack tells of links in everybody's conversations, those of two people with each other among them.
  const own = channel.startsWith('D') ? await ownPlace(slack, user, channel, null) : addressOf(slack, channel, null);
  const where = { ...own, guests };
  const unfurls: Record<string, ReturnType<typeof unfurl>> = {};
  for (const { url } of links) {
    const ticket = slack.door.ticketAt(url);
    const card = ticket === null ? null : await slack.door.card(who, where, ticket);
    if (card !== null) unfurls[url] = unfurl(card);
  }
  if (Object.keys(unfurls).length === 0) return;
  // In the composer the message is not posted yet, and is named by an id of its own.
  const of = source && unfurl_id ? { source, unfurl_id } : { channel, ts: message_ts };
  await slack.api.call(channel, (web) => web.chat.unfurl({ ...of, unfurls }));
}

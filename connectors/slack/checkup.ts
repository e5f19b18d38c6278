import { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import { scopes } from './app.ts';
import { causeOf } from './failure.ts';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

const channelShape = z.object({
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});

/** What does not fit between the app and the configuration, a sentence each with its mend; empty when all is well. */
export async function checkUp(slack: Slack): Promise<readonly string[]> {
  const { granted } = slack;
  const missing = granted === null ? [] : scopes.filter((scope) => !granted.includes(scope));
  const ofScopes = missing.map(
    (scope) =>
      `The app lacks the scope ${scope}. Bring it up to date with \`npx docket slack manifest\`, and install it anew.`,
  );
  const named = slack.options.channels.filter(({ workspace }) => workspace === slack.team);
  const foreign = slack.options.channels.filter(({ workspace }) => workspace !== slack.team);
  const ofChannels = await Promise.all(
    [...new Set(named.map(({ channel }) => channel))].map((channel) => checkChannel(slack, channel)),
  );
  return [
    ...ofScopes,
    ...foreign.map(
      ({ workspace, channel }) =>
        `The configuration names ${platform}:${workspace}/${channel}, but the token is of the workspace ${slack.team}.`,
    ),
    ...ofChannels.flat(),
  ];
}

async function checkChannel(slack: Slack, channel: string): Promise<readonly string[]> {
  try {
    const answer = await slack.api.callPatiently(channel, (web) => web.conversations.info({ channel }));
    const { name = channel, is_member, is_archived } = channelShape.parse(answer.channel ?? {});
    if (is_archived) return [`The channel #${name} is archived. Unarchive it, or take it out of the configuration.`];
    if (!is_member) return [`Docket is not in the channel #${name}. Write \`/invite @docket\` there.`];
    return [];
  } catch (error) {
    if (causeOf(error) !== 'channel_not_found') {
      // A scope that is missing is named above; what else is wrong with the token is heard of when something is told.
      if (error instanceof Undeliverable) return [];
      throw error;
    }
    return [
      `There is no channel ${channel} that Docket can see. Where it is private, write \`/invite @docket\` in it; ` +
        'its id stands at the end of its address.',
    ];
  }
}

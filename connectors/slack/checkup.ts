import { z } from 'zod';
import { scopes } from './app.ts';
import { causeOf } from './failure.ts';
import { type Findings, finding, nothing, together } from './findings.ts';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

const channelShape = z.object({
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});

/** Looks for what does not fit between the app and the configuration. A channel that fails does not hold up the others. */
export async function checkUp(slack: Slack): Promise<Findings> {
  const { granted } = slack;
  const missing = granted === null ? [] : scopes.filter((scope) => !granted.includes(scope));
  const ofScopes = missing.map(
    (scope) =>
      `The app lacks the scope ${scope}. Bring it up to date with \`npx docket slack manifest\`, and reinstall it.`,
  );
  const named = slack.options.channels.filter(({ workspace }) => workspace === slack.team);
  const foreign = slack.options.channels.filter(({ workspace }) => workspace !== slack.team);
  const ofWorkspaces = foreign.map(
    ({ workspace, channel }) =>
      `The configuration names ${platform}:${workspace}/${channel}, but the token is of the workspace ${slack.team}.`,
  );
  const ids = [...new Set(named.map(({ channel }) => channel))];
  const ofChannels = await Promise.all(ids.map((channel) => checkChannel(slack, channel)));
  return together([{ troubles: [...ofScopes, ...ofWorkspaces], again: false }, ...ofChannels]);
}

async function checkChannel(slack: Slack, channel: string): Promise<Findings> {
  try {
    const answer = await slack.api.callPatiently(channel, (web) => web.conversations.info({ channel }));
    const { name = channel, is_member, is_archived } = channelShape.parse(answer.channel ?? {});
    if (is_archived)
      return trouble(`The channel #${name} is archived. Unarchive it, or take it out of the configuration.`);
    if (!is_member) return trouble(`Docket is not in the channel #${name}. Write \`/invite @docket\` there.`);
    return nothing;
  } catch (error) {
    // A scope that is missing is named above.
    if (causeOf(error) === 'missing_scope' && slack.granted !== null) return nothing;
    if (causeOf(error) !== 'channel_not_found') {
      return finding(`The channel ${channel} could not be checked`, error, slack.log);
    }
    return trouble(
      `There is no channel ${channel} that Docket can see. Where it is private, write \`/invite @docket\` in it; ` +
        'its id stands at the end of its address.',
    );
  }
}

function trouble(sentence: string): Findings {
  return { troubles: [sentence], again: false };
}

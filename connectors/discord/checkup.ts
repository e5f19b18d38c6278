import { RESTJSONErrorCodes as Codes } from 'discord.js';
import { type Discord, serves } from './discord.ts';
import { codeOf } from './failure.ts';
import { lacking } from './permissions.ts';
import { platform } from './platform.ts';

/**
 * What does not fit between the application and the configuration, a sentence each with its mend; empty when all is well.
 *
 * @param wantsMembers the configuration names roles as groups
 */
export async function checkUp(
  discord: Discord,
  intents: { readonly messages: boolean; readonly members: boolean; readonly wantsMembers: boolean },
): Promise<readonly string[]> {
  const page =
    'Turn it on at discord.com/developers/applications, under Bot, Privileged Gateway Intents, and restart Docket.';
  const troubles: string[] = [];
  if (!intents.messages) {
    troubles.push(
      'The Message Content Intent is off: Docket hears mentions, commands, buttons and direct messages, ' +
        `but neither intake channels nor lines such as #123. ${page}`,
    );
  }
  if (intents.wantsMembers && !intents.members) {
    troubles.push(
      'The Server Members Intent is off: who is in a role is known of those alone who have said or done something. ' +
        page,
    );
  }
  const named = new Map(discord.options.channels.map((each) => [`${each.workspace}/${each.channel}`, each]));
  const ofChannels = await Promise.all([...named.values()].map((each) => checkChannel(discord, each)));
  return [...troubles, ...ofChannels.flat()];
}

async function checkChannel(
  discord: Discord,
  { workspace, channel }: { readonly workspace: string; readonly channel: string },
): Promise<readonly string[]> {
  const name = `${platform}:${workspace}/${channel}`;
  if (!serves(discord, workspace)) {
    return [`The configuration names ${name}, but DISCORD_GUILD_ID is another server.`];
  }
  try {
    const missing = await lacking(discord.api, workspace, channel);
    return missing.length === 0
      ? []
      : [
          `In the channel ${name}, Docket lacks: ${missing.join(', ')}. Give these to its role in the channel's settings.`,
        ];
  } catch (error) {
    switch (codeOf(error)) {
      case Codes.UnknownChannel:
        return [`There is no channel ${name}. Copy its id anew, with developer mode on.`];
      case Codes.UnknownGuild:
      case Codes.UnknownMember:
        return [
          `The bot is not in the server of ${name}. Invite it with the address of \`npx docket discord invite\`.`,
        ];
      case Codes.MissingAccess:
        return [
          `Docket cannot see the channel ${name}: it lacks View Channel. Give it that in the channel's settings.`,
        ];
      default:
        throw await discord.api.failed(error, { guild: workspace, channel });
    }
  }
}

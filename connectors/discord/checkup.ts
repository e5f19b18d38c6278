import { RESTJSONErrorCodes as Codes } from 'discord.js';
import { Undeliverable } from '../connector.ts';
import { type Discord, serves } from './discord.ts';
import { codeOf } from './failure.ts';
import { lacking } from './permissions.ts';
import { platform } from './platform.ts';

/**
 * What does not fit between the application and the configuration, a sentence each with its fix; empty when all is well. A
 * channel that fails does not hold up the others.
 */
export async function checkUp(discord: Discord): Promise<readonly string[]> {
  const named = new Map(discord.options.channels.map((each) => [`${each.workspace}/${each.channel}`, each]));
  const ofChannels = await Promise.all([...named.values()].map((each) => checkChannel(discord, each)));
  return ofChannels.flat();
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
        return [await unchecked(discord, name, error)];
    }
  }
}

async function unchecked({ api }: Discord, name: string, error: unknown): Promise<string> {
  const failed = await api.failed(error, { guild: null, channel: null });
  const why = failed instanceof Error ? failed.message : String(failed);
  const fix =
    failed instanceof Undeliverable && failed.mend !== ''
      ? failed.mend
      : 'Restart Docket to check it again; docs.discord.com/developers/topics/opcodes-and-status-codes lists the codes.';
  return `The channel ${name} could not be checked: ${why}. ${fix}`;
}

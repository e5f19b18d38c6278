import { applicationOf, inviteLink, isApplication } from '../../connectors/discord/invite.ts';
import { surroundings } from './surroundings.ts';

const noApplication =
  'Which application? Set DISCORD_TOKEN, or write its id: docket discord invite 123456789012345678 ' +
  '(discord.com/developers/applications, General Information, Application ID).';

/**
 * `docket discord invite [APPLICATION]`: the address by which an administrator invites the bot to a server. The application
 * is the one of `DISCORD_TOKEN`, unless it is named.
 */
export async function printDiscordInvite(named?: string): Promise<number> {
  if (named !== undefined && !isApplication(named)) {
    console.error(`${named} is no application id: it has 15 to 20 digits.`);
    return 1;
  }
  const app = named ?? configured();
  if (app === null) {
    console.error(noApplication);
    return 1;
  }
  console.log(inviteLink(app));
  return 0;
}

/** The application of the token in the environment; null where there is none, or what is wrong with it was told. */
function configured(): string | null {
  const token = surroundings()?.discord?.token;
  return token === undefined ? null : applicationOf(token);
}

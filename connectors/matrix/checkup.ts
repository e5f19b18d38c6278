import { Undeliverable } from '../connector.ts';
import { Refused } from './failure.ts';
import type { Matrix } from './matrix.ts';
import { platform } from './platform.ts';

/** What does not fit between the homeserver and the configuration, a sentence each with its mend; empty when all is well. */
export async function checkUp(matrix: Matrix): Promise<readonly string[]> {
  const named = new Map(matrix.options.channels.map((each) => [`${each.workspace}/${each.channel}`, each]));
  const troubles = await Promise.all([...named.values()].map((each) => checkRoom(matrix, each)));
  return troubles.flat();
}

async function checkRoom(
  matrix: Matrix,
  { workspace, channel }: { readonly workspace: string; readonly channel: string },
): Promise<readonly string[]> {
  const name = `${platform}:${workspace}/${channel}`;
  if (workspace !== matrix.server) {
    return [`The configuration names ${name}, but Docket is at home on ${matrix.server}: write that before the slash.`];
  }
  if (!channel.startsWith('!')) {
    return [`${name} is no room. Copy its id: Room settings, Advanced, Internal room ID. It begins with \`!\`.`];
  }
  try {
    const members = await matrix.rooms.members(matrix.successors.newest(channel));
    if (members.get(matrix.bot)?.joined === true) return [];
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Undeliverable)) throw error;
  }
  return [`Docket is not in the room ${name}. Invite it there: \`/invite ${matrix.bot}\`.`];
}

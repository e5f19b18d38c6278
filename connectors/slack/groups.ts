import { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import { causeOf } from './failure.ts';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

/**
 * Tells the house who is in the user groups that the configuration names. Gives what stands in the way, a sentence each with
 * its mend.
 *
 * @throws TryLater
 */
export async function mirrorGroups(slack: Slack): Promise<readonly string[]> {
  const troubles: string[] = [];
  for (const id of await wanted(slack)) {
    try {
      if (!(await tell(slack, id))) {
        troubles.push(`There is no user group ${id}, so that nobody is in it. Mend its id in the configuration.`);
      }
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      troubles.push(`Who is in the user group ${id} is not known: ${error.message}. ${error.mend}`);
    }
  }
  return troubles;
}

/** A user group has changed. */
export async function mirrorGroup(slack: Slack, id: string): Promise<void> {
  if ((await wanted(slack)).includes(id)) await tell(slack, id);
}

function wanted({ door, team }: Slack): Promise<readonly string[]> {
  return door.groupsWanted({ platform, workspace: team });
}

/**
 * False where there is no such group (any more): then nobody has its rights. A group is asked for when the last answer about
 * it was taken in: an answer that is overtaken by a newer one would undo what that told.
 */
function tell(slack: Slack, usergroup: string): Promise<boolean> {
  return slack.mirroring.take(usergroup, async () => {
    const members = await membersOf(slack, usergroup);
    await slack.door.group({ platform, workspace: slack.team }, usergroup, members ?? []);
    return members !== null;
  });
}

async function membersOf(slack: Slack, usergroup: string): Promise<readonly string[] | null> {
  try {
    const { users } = await slack.api.callPatiently(null, (web) => web.usergroups.users.list({ usergroup }));
    return z.array(z.string()).parse(users ?? []);
  } catch (error) {
    if (causeOf(error) === 'no_such_subteam') return null;
    throw error;
  }
}

import { z } from 'zod';
import { causeOf } from './failure.ts';
import { type Findings, finding, nothing, together } from './findings.ts';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

/** Learns who is in the user groups that the configuration names. One that fails does not hold up the others. */
export async function mirrorGroups(slack: Slack): Promise<Findings> {
  try {
    return together(await Promise.all((await wanted(slack)).map((id) => learned(slack, id))));
  } catch (error) {
    return finding('Which user groups the configuration names is not known', error, slack.log);
  }
}

async function learned(slack: Slack, id: string): Promise<Findings> {
  try {
    if (await tell(slack, id)) return nothing;
    return {
      troubles: [`There is no user group ${id}, so nobody is in it. Correct its id in the configuration.`],
      again: false,
    };
  } catch (error) {
    return finding(`Who is in the user group ${id} is not known`, error, slack.log);
  }
}

/**
 * A user group has changed.
 *
 * @throws TryLater, Undeliverable
 */
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

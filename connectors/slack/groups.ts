import { z } from 'zod';
import { platform } from './platform.ts';
import type { Slack } from './slack.ts';

/** Tells the house who is in the user groups that the configuration names. */
export async function mirrorGroups(slack: Slack): Promise<void> {
  for (const id of await wanted(slack)) await tell(slack, id);
}

/** A user group has changed. */
export async function mirrorGroup(slack: Slack, id: string): Promise<void> {
  if ((await wanted(slack)).includes(id)) await tell(slack, id);
}

function wanted({ door, team }: Slack): Promise<readonly string[]> {
  return door.groupsWanted({ platform, workspace: team });
}

async function tell(slack: Slack, usergroup: string): Promise<void> {
  const { users } = await slack.api.call(null, (web) => web.usergroups.users.list({ usergroup }));
  await slack.door.group({ platform, workspace: slack.team }, usergroup, z.array(z.string()).parse(users ?? []));
}

import { z } from 'zod';
import type { Membership } from '../connector.ts';
import type { Slack } from './slack.ts';

/** Members that are read at most; a larger channel counts as one whose members are not known. */
const most = 1_000;

const infoShape = z.object({ is_private: z.boolean().default(false) });

/**
 * Who is in a channel; null where there are too many. Anybody of the workspace can join a public one.
 *
 * @throws TryLater, Undeliverable
 */
export async function membersOf(slack: Slack, channel: string): Promise<Membership | null> {
  const info = await slack.api.call(channel, (web) => web.conversations.info({ channel }));
  const { is_private } = infoShape.parse(info.channel ?? {});
  const members: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await slack.api.call(channel, (web) =>
      web.conversations.members({ channel, limit: 200, ...(cursor === '' ? {} : { cursor }) }),
    );
    members.push(...(page.members ?? []));
    cursor = page.response_metadata?.next_cursor ?? '';
    if (members.length > most) return null;
    if (cursor === '') break;
  }
  return { members: members.filter((id) => id !== slack.bot), open: !is_private };
}

/**
 * Of these people, those whom Slack notifies of a mention in a channel: its members. Of a channel whose members are too many
 * to be read, all.
 *
 * @throws TryLater, Undeliverable
 */
export async function reachedIn(
  slack: Slack,
  channel: string,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const membership = await membersOf(slack, channel);
  return new Set(accounts.filter((id) => membership === null || membership.members.includes(id)));
}

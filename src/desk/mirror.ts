import { mirror, mirrored, mirrorMember } from '../store/groups.ts';
import { personOf } from '../store/people.ts';
import type { Desk } from './desk.ts';
import type { Who } from './inbound.ts';

/**
 * Makes a platform's group have these members, by their ids there. Only what the configuration names is mirrored: nobody
 * becomes known to Docket by being in some other group.
 */
export async function mirrorGroup(
  desk: Desk,
  where: { readonly platform: string; readonly workspace: string },
  id: string,
  members: readonly string[],
): Promise<void> {
  if (!(await mirrored(desk.store, where)).includes(id)) return;
  const people = await Promise.all(members.map((member) => personOf(desk.store, where, { id: member, name: member })));
  await mirror(desk.store, { ...where, id }, people);
}

/** Makes somebody be in these groups of their platform, and in no others of those that the configuration names. */
export async function mirrorMembership(desk: Desk, who: Who, groups: readonly string[]): Promise<void> {
  const { platform, workspace, sender } = who;
  const identity = { platform, workspace, id: sender.id };
  if (await mirrorMember(desk.store, identity, groups)) return;
  await personOf(desk.store, who, sender);
  await mirrorMember(desk.store, identity, groups);
}

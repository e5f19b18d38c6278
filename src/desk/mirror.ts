import { mirror, mirrored } from '../store/groups.ts';
import { personOf } from '../store/people.ts';
import type { Desk } from './desk.ts';

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

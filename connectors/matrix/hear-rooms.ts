import { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import { Refused } from './failure.ts';
import { mirrorGroups, readGroup } from './groups.ts';
import { part, serverOf } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { memberContent, type RoomEvent } from './payloads.ts';
import { platform } from './platform.ts';
import { follow, predecessorOf } from './sending.ts';

/** Hears that somebody came, went, or is called otherwise. */
export async function onMember(matrix: Matrix, room: string, event: RoomEvent): Promise<void> {
  await matrix.rooms.hear(room, event);
  const membership = memberContent.safeParse(event.content).data?.membership;
  if (event.state_key === matrix.bot) {
    if (membership === 'join') await onArrival(matrix, room);
    else matrix.rooms.forget(room);
  }
  await mirrorRoom(matrix, room);
}

/** Docket has come to a room: whoever upgrades one invites to the new one afterwards. */
async function onArrival(matrix: Matrix, room: string): Promise<void> {
  const before = await predecessorOf(matrix, room);
  if (before !== null && matrix.successors.newest(before) !== room) await follow(matrix, before);
  await reachable(matrix, room);
}

/** Hears that a room was upgraded to another. */
export async function onTombstone(matrix: Matrix, room: string): Promise<void> {
  if (await follow(matrix, room)) await reachable(matrix, room);
}

/** Who is in a group may have changed, or what they may do. */
export async function mirrorRoom(matrix: Matrix, room: string): Promise<void> {
  const known = matrix.successors.known(room);
  const wanted = await matrix.door.groupsWanted({ platform, workspace: matrix.server });
  if (wanted.some((id) => readGroup(id).room === known)) await mirrorGroups(matrix, known);
}

async function reachable({ door, server, successors }: Matrix, room: string): Promise<void> {
  await door.reachable({ platform, workspace: server, channel: successors.known(room) });
}

const strippedMember = z.object({
  type: z.literal('m.room.member'),
  state_key: z.string(),
  sender: z.string(),
  content: memberContent,
});

/** Docket is invited: it comes where those invite it from whom it takes that, and declines everywhere else. */
export async function onInvitation(matrix: Matrix, room: string, state: readonly unknown[]): Promise<void> {
  const invitation = state
    .flatMap((event) => strippedMember.safeParse(event).data ?? [])
    .find(({ state_key, content }) => state_key === matrix.bot && content.membership === 'invite');
  if (invitation === undefined) return;
  const { sender, content } = invitation;
  const welcome = accepts(matrix, sender);
  try {
    const path = `/client/v3/rooms/${part(room)}/${welcome ? 'join' : 'leave'}`;
    await matrix.api.call({ path, method: 'POST', body: {}, shape: z.unknown() });
    matrix.log.info({ room, sender }, welcome ? 'Docket was invited, and came' : 'an invitation was declined');
    if (welcome && content.is_direct === true) await matrix.directs.mark(room, sender);
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Undeliverable)) throw error;
    matrix.log.warn({ err: error, room }, 'Docket was invited to a room that it cannot enter');
  }
}

/** Whether an invitation is taken: of the servers and people of the configuration, else of everybody on Docket's own server. */
function accepts({ options, server }: Matrix, sender: string): boolean {
  const { inviters } = options.settings;
  const from = inviters.length === 0 ? [server] : inviters;
  return from.some((each) => (each.startsWith('@') ? each === sender : each === serverOf(sender)));
}

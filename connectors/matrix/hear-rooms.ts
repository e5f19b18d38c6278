import { z } from 'zod';
import { mirrorGroups, readGroup } from './groups.ts';
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

const level = z.number();
const levels = z.record(z.string(), level).default({});
const powerShape = z.object({
  users: levels,
  users_default: level.default(0),
  events: levels,
  events_default: level.default(0),
});

/** Hears who may do what in a room: what waits because Docket might not write there is told as soon as it may. */
export async function onPower(matrix: Matrix, room: string, { content }: RoomEvent): Promise<void> {
  const power = powerShape.safeParse(content).data;
  if (power !== undefined && mayWrite(matrix, power)) await reachable(matrix, room);
  await mirrorRoom(matrix, room);
}

function mayWrite({ bot }: Matrix, { users, users_default, events, events_default }: z.infer<typeof powerShape>) {
  const own = users[bot] ?? users_default;
  return ['m.room.message', 'm.room.encrypted'].some((type) => own >= (events[type] ?? events_default));
}

/** Who is in a group may have changed, or what they may do. */
async function mirrorRoom(matrix: Matrix, room: string): Promise<void> {
  const known = matrix.successors.known(room);
  const wanted = await matrix.door.groupsWanted({ platform, workspace: matrix.server });
  if (wanted.some((id) => readGroup(id).room === known)) await mirrorGroups(matrix, known);
}

async function reachable({ door, server, successors }: Matrix, room: string): Promise<void> {
  await door.reachable({ platform, workspace: server, channel: successors.known(room) });
}

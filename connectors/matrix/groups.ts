import { z } from 'zod';
import { TryLater } from '../connector.ts';
import type { Matrix } from './matrix.ts';
import { platform } from './platform.ts';

/** Who is meant: everybody in a room, or those whose power there is at least so much. */
interface Group {
  readonly room: string;
  readonly power: number | null;
}

/** Reads the id of a group: a room (`!room:example.org`), or those in it with some power (`!room:example.org?power=50`). */
export function readGroup(id: string): Group {
  const [, room = id, power] = /^(.*)\?power=(\d{1,9})$/.exec(id) ?? [];
  return { room, power: power === undefined ? null : Number(power) };
}

/**
 * Tells the house who is in the groups that the configuration names; with `room`, those of that room alone.
 *
 * @throws TryLater
 */
export async function mirrorGroups(matrix: Matrix, room: string | null = null): Promise<void> {
  const where = { platform, workspace: matrix.server };
  for (const id of await matrix.door.groupsWanted(where)) {
    const group = readGroup(id);
    if (room !== null && group.room !== room) continue;
    try {
      await matrix.door.group(where, id, await membersOf(matrix, group));
    } catch (error) {
      // Whoever left must not stay in it because the homeserver asked to wait.
      if (error instanceof TryLater) throw error;
      matrix.log.warn({ err: error, group: id }, 'it is not known who is in a group');
    }
  }
}

const level = z.number().catch(0);
const powerShape = z.object({ users: z.record(z.string(), level).default({}), users_default: level.default(0) });
const createShape = z.object({
  room_version: z.string().optional(),
  additional_creators: z.array(z.string()).default([]),
});

async function membersOf(matrix: Matrix, { room: named, power }: Group): Promise<readonly string[]> {
  const room = matrix.successors.newest(named);
  const members = await matrix.rooms.membersNow(room);
  const joined = [...members].filter(([id, { joined }]) => joined && id !== matrix.bot).map(([id]) => id);
  if (power === null) return joined;
  const levels = powerShape.parse((await matrix.rooms.state(room, 'm.room.power_levels')) ?? {});
  const creators = await creatorsOf(matrix, room);
  return joined.filter((id) => creators.has(id) || (levels.users[id] ?? levels.users_default) >= power);
}

/** From version 12 of rooms on, those who made one may do everything, and stand in no list. */
async function creatorsOf(matrix: Matrix, room: string): Promise<ReadonlySet<string>> {
  const { creator, content } = await matrix.rooms.creation(room);
  const { room_version, additional_creators } = createShape.parse(content);
  return Number(room_version) >= 12 ? new Set([creator, ...additional_creators]) : new Set();
}

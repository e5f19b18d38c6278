import { z } from 'zod';
import type { Membership } from '../connector.ts';
import type { Matrix } from './matrix.ts';

const rulesShape = z.object({ join_rule: z.string() });

/**
 * Who is in a room. It is open where people can join without being invited (spec: client-server API, `m.room.join_rules`).
 *
 * @throws TryLater, Undeliverable
 */
export async function membersOf(matrix: Matrix, channel: string): Promise<Membership> {
  const room = matrix.successors.newest(channel);
  const members = await matrix.rooms.membersNow(room);
  const rules = rulesShape.safeParse(await matrix.rooms.state(room, 'm.room.join_rules')).data;
  return {
    members: [...members].filter(([id, { joined }]) => joined && id !== matrix.bot).map(([id]) => id),
    open: rules?.join_rule !== 'invite',
  };
}

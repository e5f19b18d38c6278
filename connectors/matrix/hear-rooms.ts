import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { TryLater } from '../connector.ts';
import { isOfRoom } from './failure.ts';
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

const strippedMember = z.object({
  type: z.literal('m.room.member'),
  state_key: z.string(),
  sender: z.string(),
  content: memberContent,
});

/** Docket is invited: it comes where those invite it from whom it takes that, and declines everywhere else. */
export async function onInvitation(matrix: Matrix, room: string, state: readonly unknown[]): Promise<void> {
  // The homeserver puts the invitation itself behind what the inviting server tells of the room, which may be forged.
  const invitation = state
    .flatMap((event) => strippedMember.safeParse(event).data ?? [])
    .findLast(({ state_key, content }) => state_key === matrix.bot && content.membership === 'invite');
  if (invitation === undefined) return;
  const { sender, content } = invitation;
  const invited = { room, sender, isDirect: content.is_direct === true };
  try {
    await reply(matrix, invited);
  } catch (error) {
    if (!(error instanceof TryLater)) throw error;
    // The room's own server may be away for long, or for ever: everybody else is heard meanwhile.
    void replyLater(matrix, invited, error);
  }
}

interface Invited {
  readonly room: string;
  readonly sender: string;
  readonly isDirect: boolean;
}

/** @throws TryLater */
async function reply(matrix: Matrix, { room, sender, isDirect }: Invited): Promise<void> {
  const welcome = accepts(matrix, sender);
  try {
    const path = `/client/v3/rooms/${part(room)}/${welcome ? 'join' : 'leave'}`;
    await matrix.api.call({ path, method: 'POST', body: {}, shape: z.unknown() });
    matrix.log.info({ room, sender }, welcome ? 'Docket was invited, and came' : 'an invitation was declined');
    if (welcome && isDirect) await matrix.directs.mark(room, sender);
  } catch (error) {
    if (!isOfRoom(error)) throw error;
    matrix.log.warn({ err: error, room }, 'Docket was invited to a room that it cannot enter');
  }
}

/** Pauses between the attempts to come to a room whose server is away: two hours in all. Milliseconds. */
const pauses = [1, 2, 4, 8, 15, 30, 60, 120, 240, ...Array.from({ length: 12 }, () => 600)].map((s) => s * 1_000);

/** Tries again to come, or to decline, until it can be done. Never throws. */
async function replyLater(matrix: Matrix, invited: Invited, { afterMs }: TryLater): Promise<void> {
  const { ending: signal, log } = matrix;
  for (const pause of [afterMs ?? 0, ...pauses]) {
    try {
      await setTimeout(pause, undefined, { signal });
      return await reply(matrix, invited);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof TryLater) continue;
      log.error({ err: error, room: invited.room }, 'an invitation could not be answered');
      return;
    }
  }
  log.warn({ room: invited.room }, 'Docket was invited to a room whose server is away; it has to be invited again');
}

/** Whether an invitation is taken: of the servers and people of the configuration, else of everybody on Docket's own server. */
function accepts({ options, server }: Matrix, sender: string): boolean {
  const { inviters } = options.settings;
  const from = inviters.length === 0 ? [server] : inviters;
  return from.some((each) => (each.startsWith('@') ? each === sender : each === serverOf(sender)));
}

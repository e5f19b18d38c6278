import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { TryLater } from '../connector.ts';
import { isOfRoom } from './failure.ts';
import { part, serverOf } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { memberContent } from './payloads.ts';

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

import { setTimeout } from 'node:timers/promises';
import { type WebSocketManager, WebSocketShardEvents, WebSocketShardStatus } from '@discordjs/ws';

/** A connection that is being made is given so long to stand, and one that stands to be closed. Milliseconds. */
const patience = 1_000;

/** The close code leaves a session to be resumed: every one but 1000 and 1001 does. */
const closing = { code: 4_200, reason: 'Docket ends here' };

/**
 * Closes the connection to the gateway so that its session can be resumed. The library cannot be told to while it connects:
 * it takes that for a failure, connects once more, and waits for ever. What does not stand in time is closed when it does.
 *
 * @param failed called with what could not be closed later
 */
export async function end(manager: WebSocketManager, failed: (error: unknown) => void): Promise<void> {
  const close = async () => manager.destroy({ ...closing });
  const comesToStand = new Promise<true>((resolve) => {
    manager.once(WebSocketShardEvents.Ready, () => resolve(true));
    manager.once(WebSocketShardEvents.Resumed, () => resolve(true));
  });
  const inTime = (await stands(manager)) || (await Promise.race([comesToStand, late()]));
  if (inTime) await Promise.race([close(), late()]);
  else void comesToStand.then(close).catch(failed);
}

async function stands(manager: WebSocketManager): Promise<boolean> {
  const statuses = [...(await manager.fetchStatus()).values()];
  return statuses.length > 0 && statuses.every((status) => status === WebSocketShardStatus.Ready);
}

function late(): Promise<undefined> {
  return setTimeout(patience, undefined, { ref: false });
}

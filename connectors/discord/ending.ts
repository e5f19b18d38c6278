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
  const stood = await stands(manager);
  if (!stood && !(await comesToStand(manager))) {
    for (const event of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed] as const) {
      manager.once(event, () => void Promise.resolve(manager.destroy({ ...closing })).catch(failed));
    }
    return;
  }
  await Promise.race([manager.destroy({ ...closing }), setTimeout(patience, undefined, { ref: false })]);
}

async function stands(manager: WebSocketManager): Promise<boolean> {
  const statuses = [...(await manager.fetchStatus()).values()];
  return statuses.length > 0 && statuses.every((status) => status === WebSocketShardStatus.Ready);
}

function comesToStand(manager: WebSocketManager): Promise<boolean> {
  const standing = new Promise<boolean>((resolve) => {
    manager.once(WebSocketShardEvents.Ready, () => resolve(true));
    manager.once(WebSocketShardEvents.Resumed, () => resolve(true));
  });
  return Promise.race([standing, setTimeout(patience, false, { ref: false })]);
}

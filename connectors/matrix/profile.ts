import type { Logger } from 'pino';
import { z } from 'zod';
import type { Api } from './api.ts';
import { isOfRoom } from './failure.ts';
import { part } from './ids.ts';

const displayName = 'Docket';

const profile = z.object({ displayname: z.string().nullish() });

/**
 * Names the account where nobody has: homeservers call a new one by the first part of its id (`docket`). A name that somebody
 * chose stays.
 *
 * @param bot the account's id
 * @throws TryLater
 */
export async function nameAccount(api: Api, bot: string, log: Logger): Promise<void> {
  const path = `/client/v3/profile/${part(bot)}/displayname`;
  const localpart = bot.slice(1, bot.indexOf(':'));
  try {
    const { displayname } = await api.call({ path, shape: profile }).catch((error: unknown) => {
      if (!isOfRoom(error)) throw error;
      return { displayname: null }; // 404: it has none.
    });
    if (displayname != null && displayname !== '' && displayname !== localpart) return;
    await api.call({ path, method: 'PUT', body: { displayname: displayName }, shape: z.unknown() });
  } catch (error) {
    if (!isOfRoom(error)) throw error;
    log.info({ err: error }, 'the homeserver does not let Docket set its display name');
  }
}

import { setTimeout } from 'node:timers/promises';
import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayCloseCodes, GatewayDispatchEvents, type GatewayIntentBits } from 'discord.js';
import type { Api } from './api.ts';
import { end } from './ending.ts';
import type { Intents } from './intents.ts';
import type { DiscordOptions } from './options.ts';
import { Progress } from './progress.ts';

/** How often it is kept how far the session has been worked. Milliseconds. */
const keepEvery = 1_000;

/** Until the next attempt, where Discord takes no session. Milliseconds. */
const pause = 5_000;

/** What a session ended with is given so long to be worked, when Docket ends. Milliseconds. */
const lastWork = 2_000;

/** How often Discord is asked whether an intent that Docket lacks was switched on. Milliseconds. */
const intentsMs = 300_000;

const name = 'discord gateway';

interface Hearing {
  readonly api: Api;
  readonly options: DiscordOptions;
  /** What to identify with; may change from one session to the next. */
  readonly intents: Intents;
  /** Learns what a session tells at its beginning alone: this process goes on with one that another began. */
  goOn(): Promise<void>;
  /** Works one event; `missedSince` is until when Discord had been heard before (milliseconds since 1970; null: never). */
  hear(type: string, data: unknown, missedSince: number | null): Promise<void>;
}

/**
 * Listens at the gateway until the signal ends it. The session stands in the database, so that the process that takes over
 * resumes it, and misses nothing of what happened in between (docs.discord.com/developers/events/gateway, "Resuming").
 *
 * @throws where Discord takes no session, after a while: it may be tried again at once
 */
export async function listen(hearing: Hearing, signal: AbortSignal): Promise<void> {
  const { intents, options } = hearing;
  const progress = Progress.from(await options.memory.load(name), bitsOf(intents.bits));
  const closing: Closing = { code: null };
  try {
    if (progress.session !== null) await goOn(hearing, progress);
    await session(hearing, progress, closing, signal);
  } catch (error) {
    if (closing.code === GatewayCloseCodes.DisallowedIntents) {
      for (const trouble of await intents.disallowed()) options.log.warn(trouble);
      return;
    }
    await Promise.race([setTimeout(pause, undefined, { ref: false }), aborted(signal)]);
    // What the library throws may hold the token.
    throw new Error(`Discord cannot be listened to: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** With what the connection was closed last; null while it was not. */
interface Closing {
  code: number | null;
}

/** Where it is not learned what the session told at its beginning, another one is begun, which tells it again. */
async function goOn(hearing: Hearing, progress: Progress): Promise<void> {
  try {
    await hearing.goOn();
  } catch (error) {
    hearing.options.log.warn({ err: error }, 'the session at Discord is begun anew');
    progress.session = null;
  }
}

/** Resolves when other intents are switched on, or off, than the session uses. */
async function otherIntents({ intents, options }: Hearing, signal: AbortSignal): Promise<void> {
  for (;;) {
    await Promise.race([setTimeout(intentsMs, undefined, { ref: false }), aborted(signal)]);
    if (signal.aborted) return;
    if (!intents.lacks) continue;
    try {
      if (await intents.refresh()) {
        options.log.info('other intents are switched on by now; Docket listens with them');
        return;
      }
    } catch (error) {
      options.log.debug({ err: error }, 'Discord does not say which intents are switched on');
    }
  }
}

/** One session, to its end. */
async function session(hearing: Hearing, progress: Progress, closing: Closing, ended: AbortSignal): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([ended, over.signal]);
  const { api, options, intents } = hearing;
  const { memory, log, settings } = options;
  const working = new Set<Promise<void>>();
  let ending = false;
  const manager = new WebSocketManager({
    token: settings.token,
    intents: bitsOf(intents.bits),
    rest: api.rest,
    retrieveSessionInfo: () => progress.session,
    updateSessionInfo: (_shard, info) => {
      if (!ending) progress.session = info;
    },
  });

  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (ending) return; // Whoever resumes the session is told of it.
    progress.hear(Date.now());
    progress.begin(data.s, data.t === GatewayDispatchEvents.GuildCreate);
    const work = hearing
      .hear(data.t, data.d, progress.before)
      .catch((error: unknown) => log.error({ err: error, type: data.t }, 'what Discord told of could not be worked'))
      .finally(() => {
        progress.end(data.s);
        working.delete(work);
      });
    working.add(work);
  });
  manager.on(WebSocketShardEvents.HeartbeatComplete, () => progress.hear(Date.now()));
  manager.on(WebSocketShardEvents.Closed, ({ code }) => {
    log.info({ code }, 'the connection to Discord was closed; it is opened again');
    closing.code = code;
    progress.lose();
  });
  manager.on(WebSocketShardEvents.Debug, ({ message }) =>
    log.trace({ discord: message }, 'the library of Discord says'),
  );

  let kept = '';
  const keep = async () => {
    const now = JSON.stringify(progress.kept());
    if (now === kept) return;
    kept = now;
    await memory.save(name, progress.kept());
  };
  const keeping = setInterval(() => {
    keep().catch((error: unknown) => log.warn({ err: error }, 'it could not be kept how far Discord was heard'));
  }, keepEvery);

  try {
    const failed = new Promise<never>((_, reject) => {
      manager.on(WebSocketShardEvents.Error, ({ error }) => reject(error));
    });
    await Promise.race([manager.connect(), failed, aborted(signal)]);
    await Promise.race([failed, otherIntents(hearing, signal), aborted(signal)]);
  } finally {
    over.abort();
    clearInterval(keeping);
    ending = true;
    await end(manager, (error) => log.warn({ err: error }, 'a connection to Discord could not be closed'));
    await Promise.race([Promise.all(working), setTimeout(lastWork, undefined, { ref: false })]);
    await keep();
  }
}

function bitsOf(intents: readonly GatewayIntentBits[]): number {
  return intents.reduce<number>((all, intent) => all | intent, 0);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

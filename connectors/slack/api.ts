import { setTimeout } from 'node:timers/promises';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Logger as Log } from 'pino';
import { TryLater } from '../connector.ts';
import { failure } from './failure.ts';

/** Slack gives no promise of how fast it answers; longer than this, and the answer counts as lost. Milliseconds. */
const patience = 10_000;

/** Milliseconds that somebody may wait for their answer, so many times. Longer than that, and they have asked again. */
const longestWait = 30_000;
const attempts = 3;

/** How the Web API is reached; nothing is tried twice in here, for the queue of deliveries does that, and remembers it. */
export function apiOptions(apiUrl: string | null, log: Log) {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: patience,
    logger: quietLogger(log),
  };
}

/** The Web API of one workspace. */
export class Api {
  readonly web: WebClient;

  constructor(
    token: string,
    apiUrl: string | null,
    readonly log: Log,
    private readonly team: () => string,
  ) {
    this.web = new WebClient(token, apiOptions(apiUrl, log));
  }

  /**
   * Calls Slack about a channel (null: about none).
   *
   * @throws TryLater, Undeliverable, Gone: what failed, in the words of the contract
   */
  async call<Result>(channel: string | null, act: (web: WebClient) => Promise<Result>): Promise<Result> {
    try {
      return await act(this.web);
    } catch (error) {
      throw failure(error, { team: this.team(), channel });
    }
  }

  /** The same for what is not kept and delivered later: where Slack asks to wait a while, this waits. */
  async callPatiently<Result>(channel: string | null, act: (web: WebClient) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call(channel, act);
      } catch (error) {
        const wait = error instanceof TryLater ? error.afterMs : null;
        if (wait === null || wait > longestWait || attempt === attempts) throw error;
        await setTimeout(wait);
      }
    }
  }
}

/** Slack's libraries log what they are about to throw as well; what they say is kept for those who look for it. */
export function quietLogger(log: Log): Logger {
  const say = (...words: unknown[]) => log.debug({ slack: words.map(String).join(' ') }, 'the library of Slack says');
  return {
    debug: () => undefined,
    info: say,
    warn: say,
    error: say,
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

import { REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import { TryLater } from '../connector.ts';
import { type About, codeOf, failure, isForbidden } from './failure.ts';
import { lacking } from './permissions.ts';

/** Longer than this, and an answer counts as lost. Milliseconds. */
const patience = 15_000;

/** The library waits itself where Discord asks for a short while; what takes longer comes back as a delivery. Milliseconds. */
const longestWait = 10_000;

/** Discord's REST API, with buckets and limits left to the library. */
export class Api {
  readonly rest: REST;

  /** @param apiUrl where Discord's API is, without a version; null for Discord's own */
  constructor(
    private readonly token: string,
    apiUrl: string | null,
  ) {
    this.rest = new REST({
      version: '10',
      timeout: patience,
      retries: 1,
      rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > longestWait,
      ...(apiUrl === null ? {} : { api: apiUrl.replace(/\/+$/, '') }),
    });
  }

  /**
   * Calls Discord, and checks the answer.
   *
   * @throws TryLater, Undeliverable, Gone: what failed, in the words of the contract
   */
  async call<Shape extends z.ZodType>(
    about: About,
    shape: Shape,
    act: (rest: REST) => Promise<unknown>,
  ): Promise<z.infer<Shape>> {
    try {
      return shape.parse(await this.raw(act));
    } catch (error) {
      throw await this.failed(error, about);
    }
  }

  /** What failed, in the words of the contract; for a lack of permissions, with their names. */
  async failed(error: unknown, about: About): Promise<unknown> {
    return failure(error, about, isForbidden(error) ? await this.#missing(about) : []);
  }

  /** Calls Discord; errors are the library's own, for those who know what to do about some. */
  async raw(act: (rest: REST) => Promise<unknown>): Promise<unknown> {
    // The library forgets a token that Discord has refused once, and asks for nothing with it any more.
    this.rest.setToken(this.token);
    return act(this.rest);
  }

  /** What is lacking in a channel; empty where that cannot be told. */
  async #missing({ guild, channel }: About): Promise<readonly string[]> {
    if (guild === null || channel === null) return [];
    try {
      return await lacking(this, guild, channel);
    } catch (error) {
      if (codeOf(error) === RESTJSONErrorCodes.MissingAccess) return ['View Channel'];
      if (codeOf(error) === null) throw failure(error, { guild, channel }, []);
      return [];
    }
  }
}

const gatewayShape = z.object({ id: z.string(), flags: z.int().default(0) });

/** The application that a token belongs to. */
export async function application(api: Api): Promise<z.infer<typeof gatewayShape>> {
  return api.call({ guild: null, channel: null }, gatewayShape, (rest) => rest.get(Routes.currentApplication()));
}

/** The connection is not there (yet). */
export function notConnected(): TryLater {
  return new TryLater('Docket is not connected to Discord', null);
}

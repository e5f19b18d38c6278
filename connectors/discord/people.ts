import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Address, Sender } from '../connector.ts';
import type { Api } from './api.ts';
import { codeOf, failure } from './failure.ts';
import { type memberShape, userShape } from './payloads.ts';
import { platform } from './platform.ts';

type User = z.infer<typeof userShape>;
type Member = z.infer<typeof memberShape>;

/** Somebody, by the name that their guild calls them, else by the one they gave themselves. */
export function senderOf(user: User, member: Pick<Member, 'nick'> | null | undefined): Sender {
  const name = [member?.nick, user.global_name, user.username].find((each) => each?.trim());
  return { id: user.id, name: name ?? user.id };
}

/** Somebody is not in a guild, or Docket is not any more. */
const notThere: ReadonlySet<number | null> = new Set([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
]);

/** Of so many people it is remembered where they belong. */
const mostRemembered = 20_000;

/** Where people belong, and where they are told things alone, by Discord's ids. */
export class People {
  readonly #direct = new LRUCache<string, Promise<string>>({ max: mostRemembered });
  /** In which guild somebody was seen last. */
  readonly #seen = new LRUCache<string, string>({ max: mostRemembered });

  /** @param guilds the guilds that Docket serves by now */
  constructor(
    private readonly api: Api,
    private readonly guilds: () => readonly string[],
  ) {}

  /**
   * Somebody by their id, with the name that they gave themselves.
   *
   * @throws TryLater, Undeliverable
   */
  async sender(id: string): Promise<Sender> {
    const nowhere = { guild: null, channel: null };
    return senderOf(await this.api.call(nowhere, userShape, (rest) => rest.get(Routes.user(id))), null);
  }

  /** Somebody acted in a guild. */
  seen(user: string, guild: string): void {
    this.#seen.set(user, guild);
  }

  /** The guild that somebody was seen in last; null where that is not known. */
  seenIn(user: string): string | null {
    const seen = this.#seen.get(user);
    return seen !== undefined && this.guilds().includes(seen) ? seen : null;
  }

  /** Somebody has left a guild. */
  left(user: string, guild: string): void {
    if (this.#seen.get(user) === guild) this.#seen.delete(user);
  }

  /**
   * The guild that somebody belongs to who writes directly: the only one there is, the one they were seen in last, else the
   * first that they are a member of. Null where they are in none.
   *
   * @throws TryLater, Undeliverable
   */
  async guildOf(user: string): Promise<string | null> {
    const seen = this.seenIn(user);
    if (seen !== null) return seen;
    for (const guild of [...this.guilds()].sort()) {
      if (!(await this.#isIn(guild, user))) continue;
      this.seen(user, guild);
      return guild;
    }
    return null;
  }

  /**
   * The direct conversation with somebody of a guild.
   *
   * @throws TryLater, Undeliverable
   */
  async direct(guild: string, user: string): Promise<Address> {
    return { platform, workspace: guild, channel: await this.#conversation(user), thread: null, direct: true };
  }

  #conversation(user: string): Promise<string> {
    const known = this.#direct.get(user);
    if (known !== undefined) return known;
    const opened = this.api
      .call({ guild: null, channel: null }, z.object({ id: z.string() }), (rest) =>
        rest.post(Routes.userChannels(), { body: { recipient_id: user } }),
      )
      .then(({ id }) => id);
    this.#direct.set(user, opened);
    opened.catch(() => this.#direct.delete(user));
    return opened;
  }

  async #isIn(guild: string, user: string): Promise<boolean> {
    try {
      await this.api.raw((rest) => rest.get(Routes.guildMember(guild, user)));
      return true;
    } catch (error) {
      if (notThere.has(codeOf(error))) return false;
      throw failure(error, { guild, channel: null }, []);
    }
  }
}

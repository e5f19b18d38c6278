import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Door } from '../connector.ts';
import type { Api } from './api.ts';
import { guildMember, type memberShape } from './payloads.ts';
import { platform } from './platform.ts';

/** Discord hands out so many members at a time. */
const page = 1_000;

/** The roles of guilds: what they are called, and who is in those that the configuration names as groups. */
export class Roles {
  readonly #names = new Map<string, string>();
  /** What was told of members while the list of a guild's is being read: it is newer than the list. */
  readonly #meanwhile = new Map<string, Map<string, () => Promise<void>>>();

  constructor(
    private readonly api: Api,
    private readonly door: Pick<Door, 'groupsWanted' | 'group' | 'member'>,
  ) {}

  /** A role is there, or is called otherwise. */
  learn({ id, name }: { readonly id: string; readonly name: string }): void {
    this.#names.set(id, name);
  }

  /** What a role is called; null where that is not known. */
  name(id: string): string | null {
    return this.#names.get(id) ?? null;
  }

  /** Whether the configuration names roles of a guild as groups. */
  async wanted(guild: string): Promise<boolean> {
    return (await this.door.groupsWanted({ platform, workspace: guild })).length > 0;
  }

  /** Somebody acted, or has changed: `member` tells the roles that they have now. */
  async told(
    guild: string,
    user: { readonly id: string; readonly name: string },
    member: z.infer<typeof memberShape> | null | undefined,
  ): Promise<void> {
    if (!member) return;
    const tell = () => this.door.member({ platform, workspace: guild, sender: user }, member.roles);
    this.#meanwhile.get(guild)?.set(user.id, tell);
    await tell();
  }

  /**
   * Tells the house who is in the roles that it wants. Takes the privileged intent for members.
   *
   * @throws TryLater, Undeliverable
   */
  async mirror(guild: string): Promise<void> {
    const where = { platform, workspace: guild };
    const wanted = await this.door.groupsWanted(where);
    if (wanted.length === 0) return;
    const meanwhile = new Map<string, () => Promise<void>>();
    this.#meanwhile.set(guild, meanwhile);
    try {
      const members = await this.#membersOf(guild);
      for (const role of wanted) {
        const theirs = members.filter(({ roles }) => roles.includes(role));
        await this.door.group(
          where,
          role,
          theirs.map(({ user }) => user.id),
        );
      }
      for (const tell of meanwhile.values()) await tell();
    } finally {
      if (this.#meanwhile.get(guild) === meanwhile) this.#meanwhile.delete(guild);
    }
  }

  async #membersOf(guild: string): Promise<readonly z.infer<typeof guildMember>[]> {
    const all: z.infer<typeof guildMember>[] = [];
    for (let after = '0'; ; ) {
      const query = new URLSearchParams({ limit: String(page), after });
      const some = await this.api.call({ guild, channel: null }, z.array(guildMember), (rest) =>
        rest.get(Routes.guildMembers(guild), { query }),
      );
      all.push(...some);
      const last = some.at(-1);
      if (last === undefined || some.length < page) return all;
      after = last.user.id;
    }
  }
}

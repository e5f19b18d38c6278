import { z } from 'zod';
import type { Sender } from '../connector.ts';
import type { Api } from './api.ts';

const user = z.object({
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  team_id: z.string().nullish(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).nullish(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});

const channel = z.object({ name: z.string().optional() });
const userGroups = z.array(z.object({ id: z.string(), handle: z.string() }));

/** What Slack tells of a user; of a channel or a user group, its name alone. */
type Called = Omit<Sender, 'id'>;

/** How long a name is remembered, where Slack does not tell that it changed. Milliseconds. */
const remembered = 3_600_000;

/** Of one message; whoever is mentioned after these stands by their id. */
const mostNames = 30;

/** Who is in the workspace, by Slack's ids: what they are called, and where they are told things alone. */
export class People {
  readonly #known = new Map<string, { readonly called: Promise<Called>; readonly until: number }>();
  readonly #direct = new Map<string, Promise<string>>();

  /** @param team the workspace's id */
  constructor(
    private readonly api: Api,
    private readonly team: string,
  ) {}

  /** Somebody by their id, with the name that Slack shows, and their time zone. */
  async sender(id: string): Promise<Sender> {
    return { id, ...(await this.#called(id)) };
  }

  /** What users, channels and user groups are called; those stand by their id whom Slack does not tell of. */
  async names(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const unique = [...new Set(ids)].slice(0, mostNames);
    return new Map(await Promise.all(unique.map(async (id) => [id, (await this.#called(id)).name] as const)));
  }

  /**
   * The id of the direct conversation with somebody.
   *
   * @throws TryLater, Undeliverable
   */
  direct(id: string): Promise<string> {
    const known = this.#direct.get(id);
    if (known !== undefined) return known;
    const opened = this.api
      .call(null, (web) => web.conversations.open({ users: id }))
      .then((answer) => z.string().parse(answer.channel?.id));
    this.#direct.set(id, opened);
    opened.catch(() => this.#direct.delete(id));
    return opened;
  }

  /** They are called otherwise by now, or live elsewhere. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  #called(id: string): Promise<Called> {
    const known = this.#known.get(id);
    if (known !== undefined && known.until > Date.now()) return known.called;
    // Without its name somebody is known by the id, for now.
    const called = this.#ask(id).catch(() => {
      this.#known.delete(id);
      return { name: id };
    });
    this.#known.set(id, { called, until: Date.now() + remembered });
    return called;
  }

  async #ask(id: string): Promise<Called> {
    if (id.startsWith('S')) {
      const { usergroups = [] } = await this.api.call(null, (web) => web.usergroups.list());
      return { name: userGroups.parse(usergroups).find((group) => group.id === id)?.handle ?? id };
    }
    if (/^[CG]/.test(id)) {
      const answer = await this.api.call(id, (web) => web.conversations.info({ channel: id }));
      return { name: channel.parse(answer.channel ?? {}).name ?? id };
    }
    const answer = await this.api.call(null, (web) => web.users.info({ user: id }));
    const { name, real_name, tz, profile, team_id, enterprise_user } = user.parse(answer.user ?? {});
    const shown = [profile?.display_name, profile?.real_name, real_name, name].find((each) => each?.trim());
    // In an organisation, people of one workspace may be members of others; in a shared channel, guests are not.
    const guest = team_id && team_id !== this.team && !enterprise_user?.teams?.includes(this.team);
    return { name: shown ?? id, ...(tz ? { zone: tz } : {}), ...(guest ? { workspace: team_id } : {}) };
  }
}

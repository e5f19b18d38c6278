import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Sender } from '../connector.ts';
import type { Api } from './api.ts';
import { causeOf } from './failure.ts';

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

interface Known {
  readonly called: Promise<Called>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Where those are taken to be at home whom Slack does not show to the app: they are no members of its workspace, and have
 * none of their rights.
 */
const elsewhere = 'unknown';

/** What Slack says of users whom the app may not see (docs.slack.dev/reference/methods/users.info). */
const hidden: ReadonlySet<string | null> = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

/** How long a name is remembered, where Slack does not tell that it changed. Milliseconds. */
const remembered = 3_600_000;

/** How long a list of all user groups counts. Milliseconds. */
const listed = 60_000;

/** So many names, and so many direct conversations, are remembered. */
const mostRemembered = 20_000;

/** Of one message; whoever is mentioned after these stands by their id. */
const mostNames = 30;

/** Who is in the workspace, by Slack's ids: what they are called, and where they are told things alone. */
export class People {
  readonly #known = new LRUCache<string, Known>({ max: mostRemembered });
  readonly #direct = new LRUCache<string, Promise<string>>({ max: mostRemembered });
  /** The user groups of the workspace, by id, as they were listed last. */
  #groups: { readonly handles: Promise<ReadonlyMap<string, string>>; readonly until: number } | null = null;

  /** @param team the workspace's id */
  constructor(
    private readonly api: Api,
    private readonly team: string,
  ) {}

  /**
   * Somebody by their id, with the name that Slack shows, and their time zone. Whether they are a guest decides what they may
   * do: where Slack does not say for now, and never said, it is not guessed.
   *
   * @throws TryLater, Undeliverable
   */
  async sender(id: string): Promise<Sender> {
    return { id, ...(await this.#called(id)) };
  }

  /** What users, channels and user groups are called; those stand by their id whom Slack does not tell of. */
  async names(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const unique = [...new Set(ids)].slice(0, mostNames);
    return new Map(await Promise.all(unique.map(async (id) => [id, await this.#name(id)] as const)));
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

  /** Whether Slack need not be asked who somebody is. */
  knows(id: string): boolean {
    return (this.#known.peek(id)?.until ?? 0) > Date.now();
  }

  /** They are called otherwise by now, or live elsewhere. */
  forget(id: string): void {
    const known = this.#known.get(id);
    if (known !== undefined) this.#known.set(id, { ...known, until: 0 });
  }

  async #name(id: string): Promise<string> {
    try {
      return (await this.#called(id)).name;
    } catch (error) {
      this.api.log.debug({ err: error, id }, 'somebody stands by their id, for Slack does not tell their name');
      return id;
    }
  }

  #called(id: string): Promise<Called> {
    const known = this.#known.get(id);
    if (known !== undefined && known.until > Date.now()) return known.called;
    const called = this.#ask(id).catch((error: unknown) => {
      this.#known.delete(id);
      if (known === undefined) throw error;
      // What was known before is better than nothing, and asked for again the next time.
      this.#known.set(id, { ...known, until: 0 });
      return known.called;
    });
    this.#known.set(id, { called, until: Date.now() + remembered });
    return called;
  }

  async #ask(id: string): Promise<Called> {
    if (id.startsWith('S')) return { name: (await this.#handles()).get(id) ?? id };
    if (/^[CG]/.test(id)) {
      const answer = await this.api.call(id, (web) => web.conversations.info({ channel: id }));
      return { name: channel.parse(answer.channel ?? {}).name ?? id };
    }
    // Bots act in no other's name; their ids are none of users.
    if (id.startsWith('B')) return { name: id };
    return this.#user(id);
  }

  /** Slack lists all user groups or none, so that one list serves for every name that is asked for meanwhile. */
  #handles(): Promise<ReadonlyMap<string, string>> {
    if (this.#groups !== null && this.#groups.until > Date.now()) return this.#groups.handles;
    const handles = this.api
      .call(null, (web) => web.usergroups.list())
      .then(({ usergroups = [] }) => new Map(userGroups.parse(usergroups).map(({ id, handle }) => [id, handle])));
    this.#groups = { handles, until: Date.now() + listed };
    handles.catch(() => {
      this.#groups = null;
    });
    return handles;
  }

  async #user(id: string): Promise<Called> {
    let answer: { readonly user?: unknown };
    try {
      answer = await this.api.call(null, (web) => web.users.info({ user: id }));
    } catch (error) {
      if (!hidden.has(causeOf(error))) throw error;
      return { name: id, workspace: elsewhere };
    }
    const { name, real_name, tz, profile, team_id, enterprise_user } = user.parse(answer.user ?? {});
    const shown = [profile?.display_name, profile?.real_name, real_name, name].find((each) => each?.trim());
    // In an organisation, people of one workspace may be members of others; in a shared channel, guests are not.
    const guest = team_id && team_id !== this.team && !enterprise_user?.teams?.includes(this.team);
    return { name: shown ?? id, ...(tz ? { zone: tz } : {}), ...(guest ? { workspace: team_id } : {}) };
  }
}

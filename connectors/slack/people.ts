import { z } from 'zod';
import type { Sender } from '../connector.ts';
import type { Api } from './api.ts';

const user = z.object({
  name: z.string().optional(),
  real_name: z.string().optional(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});

const channel = z.object({ name: z.string().optional() });
const userGroups = z.array(z.object({ id: z.string(), handle: z.string() }));

/** How long a name is remembered, where Slack does not tell that it changed. Milliseconds. */
const remembered = 3_600_000;

/** Of one message; whoever is mentioned after these stands by their id. */
const mostNames = 30;

/** Who is in the workspace, by Slack's ids: what they are called, and where they are told things alone. */
export class People {
  readonly #names = new Map<string, { readonly name: Promise<string>; readonly until: number }>();
  readonly #direct = new Map<string, Promise<string>>();

  constructor(private readonly api: Api) {}

  /** Somebody by their id, with the name that Slack shows. */
  async sender(id: string): Promise<Sender> {
    return { id, name: await this.#name(id) };
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

  /** They are called otherwise by now. */
  forget(id: string): void {
    this.#names.delete(id);
  }

  #name(id: string): Promise<string> {
    const known = this.#names.get(id);
    if (known !== undefined && known.until > Date.now()) return known.name;
    // Without its name somebody is known by the id, for now.
    const name = this.#ask(id).catch(() => {
      this.#names.delete(id);
      return id;
    });
    this.#names.set(id, { name, until: Date.now() + remembered });
    return name;
  }

  async #ask(id: string): Promise<string> {
    if (id.startsWith('S')) {
      const { usergroups = [] } = await this.api.call(null, (web) => web.usergroups.list());
      return userGroups.parse(usergroups).find((group) => group.id === id)?.handle ?? id;
    }
    if (/^[CG]/.test(id)) {
      const answer = await this.api.call(id, (web) => web.conversations.info({ channel: id }));
      return channel.parse(answer.channel ?? {}).name ?? id;
    }
    const answer = await this.api.call(null, (web) => web.users.info({ user: id }));
    const { name, real_name, profile } = user.parse(answer.user ?? {});
    return [profile?.display_name, profile?.real_name, real_name, name].find((each) => each?.trim()) ?? id;
  }
}

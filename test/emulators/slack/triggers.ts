import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Somebody's act, for which the app may show them one modal. */
export class Triggers {
  readonly #known = new Map<
    string,
    { readonly user: string; readonly at: number; used: boolean; readonly view: string | null }
  >();

  /**
   * @param now milliseconds
   * @param goodFor milliseconds for which a trigger can be used (docs.slack.dev/interactivity/handling-user-interaction)
   */
  constructor(
    private readonly now: () => number,
    private readonly goodFor: number,
  ) {}

  /** @param view the modal in which it was; null where it was in none */
  issue(user: string, view: string | null = null): string {
    const id = `${this.now()}.${this.#known.size + 1}.${randomBytes(8).toString('hex')}`;
    this.#known.set(id, { user, at: this.now(), used: false, view });
    return id;
  }

  /**
   * Uses a trigger: gives whose it is, and the modal that it came from.
   *
   * @throws Refusal invalid_trigger_id, exchanged_trigger_id, expired_trigger_id
   */
  exchange(id: string): { readonly user: string; readonly view: string | null } {
    const trigger = this.#known.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.now() - trigger.at > this.goodFor) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}

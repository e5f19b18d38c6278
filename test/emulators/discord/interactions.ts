import { randomBytes } from 'node:crypto';
import { InteractionType } from 'discord.js';
import { refusals } from './refusal.ts';
import type { Choice } from './shapes.ts';
import type { World } from './world.ts';

/** How long the token of an interaction is good. Milliseconds. */
const tokenLives = 15 * 60_000;

/** What somebody did that an application is to answer. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: string;
  readonly channel: string;
  /** The message that carries what was pressed, or whose button brought the form up. */
  readonly message: string | null;
  /** By the emulator's clock, in milliseconds. */
  readonly at: number;
  /** The kind of answer that it was given; null where it has none yet. */
  answer: number | null;
  /** It was not answered in time. */
  expired: boolean;
  /** The message that `@original` names. */
  original: string | null;
  /** What was offered to complete what is being typed. */
  choices: readonly Choice[];
  /** Resolves to whether it was answered in time. */
  readonly answered: Promise<boolean>;
}

/** What people did that applications are to answer: within 3 s, and once; after that messages for 15 minutes. */
export class Interactions {
  readonly all: Interaction[] = [];
  readonly #settle = new Map<Interaction, (answered: boolean) => void>();
  readonly #timers = new Map<Interaction, NodeJS.Timeout>();

  /** @param patience milliseconds within which an interaction is to be answered */
  constructor(
    private readonly world: World,
    private readonly patience: number,
  ) {}

  open(what: Pick<Interaction, 'type' | 'user' | 'channel' | 'message'>): Interaction {
    let settle = (_answered: boolean): void => undefined;
    const answered = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const id = this.world.ids.next();
    const token = Buffer.from(`interaction:${id}:${randomBytes(60).toString('hex')}`).toString('base64url');
    const opened: Interaction = {
      ...{
        ...what,
        id,
        token,
        at: this.world.now(),
        answer: null,
        expired: false,
        original: null,
        choices: [],
        answered,
      },
    };
    this.all.push(opened);
    this.#settle.set(opened, settle);
    this.#timers.set(
      opened,
      setTimeout(() => this.#expire(opened), this.patience),
    );
    return opened;
  }

  /** Time is up for all that has no answer yet. */
  expire(): void {
    for (const opened of [...this.#timers.keys()]) this.#expire(opened);
  }

  /** @throws Refusal 10062 where there is none, or it is too late; 40060 where it was answered */
  toAnswer(id: string, token: string): Interaction {
    const found = this.all.find((each) => each.id === id && each.token === token);
    if (found === undefined || found.expired) throw refusals.unknownInteraction();
    if (found.answer !== null) throw refusals.acknowledged();
    return found;
  }

  /** An interaction got an answer. */
  settle(interaction: Interaction, answer: number): void {
    interaction.answer = answer;
    this.#settle.get(interaction)?.(true);
    this.#settle.delete(interaction);
  }

  /**
   * The interaction that a token belongs to, to write more for it.
   *
   * @throws Refusal 10015 where it was never answered, 50027 after 15 minutes
   */
  toFollow(app: string, token: string): Interaction {
    const found = this.all.find((each) => each.token === token);
    if (found === undefined || app !== this.world.app) throw refusals.expiredToken();
    if (this.world.now() - found.at >= tokenLives) throw refusals.expiredToken();
    if (found.answer === null || found.type === InteractionType.ApplicationCommandAutocomplete) {
      throw refusals.unknownWebhook();
    }
    return found;
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const settle of this.#settle.values()) settle(false);
  }

  #expire(opened: Interaction): void {
    clearTimeout(this.#timers.get(opened));
    this.#timers.delete(opened);
    if (opened.answer !== null) return;
    opened.expired = true;
    this.#settle.get(opened)?.(false);
  }
}

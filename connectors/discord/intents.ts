import { ApplicationFlags, type GatewayIntentBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Api } from './api.ts';
import { intentsIn } from './app.ts';

/** Privileged intents (docs.discord.com/developers/events/gateway, "Privileged Intents"). */
export interface Privileged {
  /** What people write: Message Content. */
  readonly messages: boolean;
  /** Who is in a server: Server Members. */
  readonly members: boolean;
}

const flags = {
  messages: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  members: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
};

const flagsShape = z.object({ flags: z.int().default(0) });

/** Which privileged intents the flags of an application switch on. */
export function switchedOn(bits: number): Privileged {
  return { messages: (bits & flags.messages) !== 0, members: (bits & flags.members) !== 0 };
}

/** What is wrong with the privileged intents, a sentence each with its fix. */
export function intentTroubles(on: Privileged, wantsMembers: boolean): readonly string[] {
  const fix =
    'Turn it on at discord.com/developers/applications, under Bot, Privileged Gateway Intents. ' +
    'Docket uses it within minutes, or after a restart.';
  return [
    ...(on.messages
      ? []
      : [
          'The Message Content Intent is off: Docket hears mentions, commands, buttons and direct messages, ' +
            `but neither intake channels nor lines such as #123. ${fix}`,
        ]),
    ...(wantsMembers && !on.members
      ? [
          'The Server Members Intent is off: who is in a role is known of those alone who have said or done something. ' +
            fix,
        ]
      : []),
  ];
}

/**
 * The intents that Docket identifies with: what is switched on at the moment. An intent can be switched off while Docket
 * runs; Discord then closes the connection with 4014, and takes none that asks for it.
 */
export class Intents {
  #on: Privileged;
  /** Which the gateway refused though the flags said that they were on. */
  #refused: Privileged = { messages: false, members: false };

  /**
   * @param first what was switched on when Docket connected
   * @param wantsMembers the configuration names roles as groups
   */
  constructor(
    private readonly api: Api,
    first: Privileged,
    readonly wantsMembers: boolean,
  ) {
    this.#on = first;
  }

  /** What is in use. */
  get used(): Privileged {
    const { messages, members } = this.#on;
    return {
      messages: messages && !this.#refused.messages,
      members: members && !this.#refused.members && this.wantsMembers,
    };
  }

  get bits(): readonly GatewayIntentBits[] {
    return intentsIn(this.used);
  }

  /**
   * Asks Discord what is switched on by now. True where other intents are to be used from now on.
   *
   * @throws TryLater, Undeliverable
   */
  async refresh(): Promise<boolean> {
    const before = this.used;
    const answer = await this.api.call({ guild: null, channel: null }, flagsShape, (rest) =>
      rest.get(Routes.currentApplication()),
    );
    this.#on = switchedOn(answer.flags);
    // What is switched off and on again may be asked for once more.
    this.#refused = {
      messages: this.#refused.messages && this.#on.messages,
      members: this.#refused.members && this.#on.members,
    };
    return before.messages !== this.used.messages || before.members !== this.used.members;
  }

  /** The gateway has closed with 4014. Gives what is wrong, a sentence each with its fix. */
  async disallowed(): Promise<readonly string[]> {
    const asked = this.used;
    const changed = await this.refresh().catch(() => false);
    if (!changed) this.#refused = { messages: asked.messages, members: asked.members };
    return intentTroubles(this.used, this.wantsMembers);
  }

  /** Whether there are intents that Docket would use, were they switched on. */
  get lacks(): boolean {
    return !this.used.messages || (this.wantsMembers && !this.used.members);
  }
}

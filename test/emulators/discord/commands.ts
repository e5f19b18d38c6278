import { ApplicationCommandType } from 'discord.js';
import type { Json } from './shapes.ts';

/** A command as it was registered, with what Discord adds to it. */
export interface Command {
  readonly id: string;
  readonly name: string;
  readonly type: ApplicationCommandType;
  /** Null where it is registered for all of Discord. */
  readonly guild: string | null;
  readonly definition: Json;
}

/** The commands that an application has registered, for all of Discord or for a guild. */
export class Commands {
  readonly #all: Command[] = [];
  #waiting: (() => void)[] = [];
  /** How often commands were written. */
  written = 0;

  of(guild: string | null): readonly Command[] {
    return this.#all.filter((command) => command.guild === guild);
  }

  /** Those that can be used in a guild, or in a direct conversation. A guild's own are first. */
  usableIn(guild: string | null): readonly Command[] {
    const everywhere = this.of(null).filter(({ definition }) => guild !== null || inDirect(definition));
    return guild === null ? everywhere : [...this.of(guild), ...everywhere];
  }

  find(guild: string | null, id: string): Command | null {
    return this.of(guild).find((command) => command.id === id) ?? null;
  }

  /** Registers a command. One of the same name and kind is replaced, and keeps its id. */
  put(guild: string | null, definition: Json, newId: () => string): Command {
    const type = Number(definition['type'] ?? ApplicationCommandType.ChatInput);
    const name = `${definition['name']}`;
    const before = this.#all.findIndex((each) => each.guild === guild && each.type === type && each.name === name);
    const id = this.#all[before]?.id ?? newId();
    const command: Command = { id, name, type, guild, definition };
    if (before < 0) this.#all.push(command);
    else this.#all[before] = command;
    for (const wake of this.#waiting.splice(0)) wake();
    return command;
  }

  /** Resolves when there is a command. */
  async registered(): Promise<void> {
    if (this.#all.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  remove(command: Command): void {
    const at = this.#all.indexOf(command);
    if (at >= 0) this.#all.splice(at, 1);
  }
}

function inDirect({ contexts, dm_permission: direct }: Json): boolean {
  return Array.isArray(contexts) ? contexts.includes(1) : direct !== false;
}

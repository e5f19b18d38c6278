import { may } from './permissions.ts';
import { type Happening, type Message, type Modal, recordOf } from './shapes.ts';
import type { World } from './world.ts';

/** What somebody's client was sent: all that happens where they are, as it happens, whether they look or not. */
export class Screen {
  /** What only they see, oldest first. */
  ephemerals: readonly Message[] = [];
  /** The forms that they have before them, the one in sight last. */
  modals: readonly Modal[] = [];
  /** What Discord's client has said to them went wrong, oldest first. */
  readonly failures: string[] = [];
  /** How many times they were told of something. */
  news = 0;
  readonly #received: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(
    private readonly world: World,
    private readonly user: string,
  ) {}

  hear(happening: Happening): void {
    if (!this.#concerns(happening)) return;
    this.#keep(happening);
    this.#received.push(JSON.stringify(happening, plain));
    this.news += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** All that their client was ever sent, as it was sent. */
  received(): string {
    return this.#received.join('\n');
  }

  /** Resolves when they have been told of more than `seen` things; rejects when nothing comes for so long. */
  async newsAfter(seen: number, withinMs: number): Promise<void> {
    if (this.news > seen) return;
    await new Promise<void>((resolve, reject) => {
      const failed = () => reject(new Error(`${this.user} was told of nothing for ${withinMs} ms`));
      const late = setTimeout(failed, withinMs);
      this.#waiting.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** A form is gone: sent, or closed. */
  close(modal: Modal): void {
    this.modals = this.modals.filter((each) => each !== modal);
  }

  #concerns(happening: Happening): boolean {
    switch (happening.kind) {
      case 'message':
      case 'reaction':
        return this.#reads(happening.message);
      case 'bulk':
      case 'channel':
      case 'joined thread':
        return may(this.world, happening.channel, this.user, 'ViewChannel');
      case 'modal':
        return happening.modal.user === this.user;
      case 'choices':
      case 'failure':
        return happening.user === this.user;
      case 'member':
      case 'role':
      case 'guild':
        return happening.guild.members.has(this.user);
    }
  }

  #reads({ channel, onlyFor }: Message): boolean {
    if (onlyFor !== null) return onlyFor === this.user;
    const place = this.world.channels.get(channel);
    return place !== undefined && may(this.world, place, this.user, 'ViewChannel');
  }

  #keep(happening: Happening): void {
    if (happening.kind === 'modal') this.modals = [...this.modals, happening.modal];
    if (happening.kind === 'failure') this.failures.push(happening.text);
    if (happening.kind !== 'message' || happening.message.onlyFor === null) return;
    const { how, message } = happening;
    const at = this.ephemerals.findIndex(({ id }) => id === message.id);
    if (how === 'delete') this.ephemerals = this.ephemerals.filter(({ id }) => id !== message.id);
    else if (at >= 0) this.ephemerals = this.ephemerals.with(at, message);
    else this.ephemerals = [...this.ephemerals, message];
  }
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  // The bytes of files are fetched by their links.
  return recordOf(value)['type'] === 'Buffer' ? undefined : value;
}

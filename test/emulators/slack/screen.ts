import type { Ephemeral, Happening, View } from './shapes.ts';

/** What somebody's client was sent: all that happens in their conversations as it happens, whether they look or not. */
export class Screen {
  /** What only they were told, oldest first. */
  ephemerals: readonly Ephemeral[] = [];
  /** Everything that was ever told only to them, gone or not. */
  readonly told: Ephemeral[] = [];
  /** How many times they were told of something. */
  news = 0;
  readonly #received: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(private readonly user: string) {}

  hear(happening: Happening): void {
    const shown = this.#shown(happening);
    if (shown === null) return;
    this.#received.push(JSON.stringify(shown, plain));
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

  /** What goes over the line; null where it is not for them. */
  #shown(happening: Happening): unknown {
    switch (happening.kind) {
      case 'posted':
      case 'changed':
      case 'deleted':
      case 'reaction': {
        const { kind, channel, message } = happening;
        return channel.members.has(this.user) ? { kind, channel: channel.id, message } : null;
      }
      case 'ephemeral':
        if (happening.user !== this.user) return null;
        this.ephemerals = [...this.ephemerals, happening.message];
        this.told.push(happening.message);
        return happening;
      case 'ephemeral gone':
        if (happening.user !== this.user) return null;
        this.ephemerals = this.ephemerals.filter(({ ts }) => ts !== happening.ts);
        return happening;
      case 'view':
        return happening.user === this.user ? { kind: 'view', views: happening.views.map(contentOf) } : null;
      case 'home':
        return happening.user === this.user ? { kind: 'home', view: contentOf(happening.view) } : null;
      default:
        return null;
    }
  }
}

function contentOf({ content, values, errors }: View): unknown {
  return { content, values, errors };
}

function plain(_name: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

import type { FastifyBaseLogger } from 'fastify';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';

/** What has changed somewhere: sent by triggers of the database, to every process. */
const payload = z.union([
  z.object({ message: z.number() }),
  z.object({ answer: z.number() }),
  /** A person has read on in the console. */
  z.object({ reader: z.number() }),
  /** null: too many to name. */
  z.object({ tickets: z.array(z.number()).nullable() }),
  /** A session has ended: the hash of its token. */
  z.object({ ended: z.string() }),
  /** A sign-in link was created for this person (the name that `@` mentions). */
  z.object({ linked: z.string() }),
]);

/** `missed`: the connection to the database was gone for a while, so that anything may have changed. */
export type News = z.infer<typeof payload> | { readonly missed: true };

const reconnectMs = 500;

/** Hears from the database what has changed, in this process or another one. */
export class Live {
  private listeners: ((news: News) => void)[] = [];
  private client: PoolClient | null = null;
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly db: Pool,
    private readonly log: FastifyBaseLogger,
  ) {}

  subscribe(listener: (news: News) => void): void {
    this.listeners.push(listener);
  }

  /** Begins to listen. Rejects when the database does not answer now; later losses are mended by itself. */
  async start(): Promise<void> {
    const client = await this.db.connect();
    client.on('notification', ({ payload: text }) => this.hear(text ?? ''));
    client.on('error', (error) => this.lose(client, error));
    try {
      await client.query('listen docket_live');
    } catch (error) {
      client.release(true);
      throw error;
    }
    if (this.stopped) client.release(true);
    else this.client = client;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.retry !== null) clearTimeout(this.retry);
    this.client?.release(true);
    this.client = null;
  }

  private hear(text: string): void {
    const news = payload.safeParse(parsed(text));
    if (news.success && 'linked' in news.data)
      this.log.info({ person: news.data.linked }, 'a sign-in link was created');
    else if (news.success) this.tell(news.data);
    else this.log.warn({ text }, 'docket_live told something that is not understood');
  }

  private tell(news: News): void {
    for (const listener of this.listeners) listener(news);
  }

  private lose(client: PoolClient, error: Error): void {
    if (this.client !== client) return;
    this.client = null;
    client.release(error);
    this.log.warn({ err: error }, 'lost the connection that hears of news; connecting again');
    this.startAgain();
  }

  private startAgain(): void {
    if (this.stopped) return;
    this.retry = setTimeout(() => {
      this.start().then(
        () => this.tell({ missed: true }),
        (error: unknown) => {
          this.log.warn({ err: error }, 'the database does not answer yet');
          this.startAgain();
        },
      );
    }, reconnectMs);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

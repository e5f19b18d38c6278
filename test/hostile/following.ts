import { randomUUID } from 'node:crypto';
import { sitIn } from './person.ts';

/** The event stream of somebody's page, by the times at which it was told to fetch itself anew. */
export class Following {
  refreshes = 0;
  #wake: (() => void)[] = [];

  private constructor(private readonly abort: AbortController) {}

  static async open(entrance: string, handle: string, what: Record<string, string>): Promise<Following> {
    const { cookie } = await sitIn(entrance, handle);
    const url = new URL(entrance).origin;
    const abort = new AbortController();
    const query = new URLSearchParams({ page: randomUUID(), as: handle, ...what });
    const { body } = await fetch(`${url}/events?${query}`, { headers: { cookie }, signal: abort.signal });
    const following = new Following(abort);
    void following.#read(body);
    return following;
  }

  /** Waits until it was told so often; fails with the test's own timeout. */
  async refreshed(times: number): Promise<void> {
    while (this.refreshes < times) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    this.abort.abort();
  }

  async #read(body: Response['body']): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) {
        this.refreshes += decoder.decode(chunk, { stream: true }).split('event: refresh').length - 1;
        for (const wake of this.#wake.splice(0)) wake();
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
  }
}

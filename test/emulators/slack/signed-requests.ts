import { createHmac, randomUUID } from 'node:crypto';
import type { Envelope, Line, Outcome, Retry } from './deliveries.ts';
import { type Json, recordOf } from './shapes.ts';

/** HTTP mode: what happens is posted to the app, signed (docs.slack.dev/authentication/verifying-requests-from-slack). */
export class HttpLine implements Line {
  /** Where the app takes it; null while it has not said so. */
  url: string | null = null;
  readonly #end = new AbortController();

  /** @param patience milliseconds within which the app has to answer */
  constructor(
    private readonly secret: string,
    private readonly patience: number,
    private readonly now: () => number,
  ) {}

  async send(_id: string, envelope: Envelope, retry: Retry | null): Promise<Outcome> {
    if (this.url === null) return { acked: false, reason: 'connection_failed' };
    const body = bodyOf(envelope);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        body,
        headers: {
          'content-type': envelope.type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
          ...signed(body, this.secret, Math.floor(this.now() / 1_000)),
          ...(retry === null ? {} : { 'x-slack-retry-num': `${retry.attempt}`, 'x-slack-retry-reason': retry.reason }),
        },
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(this.patience), this.#end.signal]),
      });
      const text = await response.text();
      if (response.ok) return { acked: true, response: acknowledgement(text) };
      return { acked: false, reason: 'http_error', final: response.headers.get('x-slack-no-retry') === '1' };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return { acked: false, reason: late ? 'http_timeout' : 'connection_failed' };
    }
  }

  /** What Slack asks of an address before it takes it: to say a word back (docs.slack.dev/reference/events/url_verification). */
  async verified(): Promise<boolean> {
    if (this.url === null) return false;
    const challenge = randomUUID();
    const body = JSON.stringify({ token: 'verification', type: 'url_verification', challenge });
    const headers = {
      'content-type': 'application/json',
      ...signed(body, this.secret, Math.floor(this.now() / 1_000)),
    };
    const response = await fetch(this.url, { method: 'POST', body, headers });
    const text = await response.text();
    return response.ok && (text === challenge || acknowledgement(text)['challenge'] === challenge);
  }

  stop(): void {
    this.#end.abort();
  }
}

/** The headers with which Slack signs a request. `timestamp`: seconds. */
export function signed(body: string, secret: string, timestamp: number): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': `${timestamp}`, 'x-slack-signature': `v0=${signature}` };
}

function bodyOf({ type, payload }: Envelope): string {
  switch (type) {
    case 'events_api':
      return JSON.stringify(payload);
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    case 'slash_commands':
      return new URLSearchParams(
        Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString();
  }
}

function acknowledgement(text: string): Json {
  if (text === '') return {};
  return text.startsWith('{') ? recordOf(JSON.parse(text)) : { text };
}

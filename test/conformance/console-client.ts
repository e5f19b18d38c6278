import { randomUUID } from 'node:crypto';
import type { HTMLElement } from 'node-html-parser';
import { named, parse } from './console-page.ts';

/** A browser of one person: their session, one open page with its event stream, and all that came over the line. */
export class ConsoleClient {
  #origin: string;
  #cookie = '';
  #page = '';
  #stream = '';
  #handle = '';
  readonly #show: (piece: HTMLElement) => void;
  readonly #end = new AbortController();
  readonly #received: string[] = [];
  #waiting: (() => void)[] = [];
  #last: (() => Promise<Response>) | null = null;
  /** Events of the stream so far. */
  news = 0;

  /** @param show takes each piece of HTML that the page is told. */
  constructor(origin: string, show: (piece: HTMLElement) => void) {
    this.#origin = origin;
    this.#show = show;
  }

  /** Takes somebody's chair by the sample's menu, opens the chat, and follows it. */
  async sitIn(handle: string, entrance: string): Promise<void> {
    const { pathname, search } = new URL(entrance);
    this.#cookie = cookiesOf(await this.#fetch(`${pathname}${search}`, { method: 'GET' }));
    const menu = await this.page('/sign-in');
    const seat = menu.querySelectorAll('form button').find((button) => button.getAttribute('value') === handle);
    const to = seat?.closest('form')?.getAttribute('action') ?? '';
    const sat = await this.#send(to, new URLSearchParams({ handle }));
    this.#cookie = cookiesOf(sat);
    const body = (await this.page('/')).querySelector('body');
    this.#handle = handle;
    this.#page = body?.getAttribute('data-page') ?? '';
    this.#stream = body?.getAttribute('data-stream') ?? '';
    await this.#follow();
  }

  /** Goes on with the same page and session at another address, as after a restart. */
  async moveTo(origin: string): Promise<void> {
    this.#origin = origin;
    await this.#follow();
  }

  /** Fetches a page. Fails when there is none for this person. */
  async page(path: string): Promise<HTMLElement> {
    return parse(await this.text(path, 'text/html'));
  }

  async text(path: string, accept: string): Promise<string> {
    const response = await this.#fetch(path, { headers: { accept } });
    const text = await this.#read(response);
    if (!response.ok) throw new Error(`${path} is not there for ${this.#handle} (${response.status})`);
    return text;
  }

  /** Sends an act of the page, as its scripts do. Gives what it answers, or the refusal that it shows. */
  async act(path: string, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<Answered> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, event: randomUUID(), page: this.#page }))
      body.set(name, value);
    for (const file of files) body.append('files', file);
    // Only the composer takes files; everything else is sent as a plain form.
    const plain = new URLSearchParams();
    for (const [name, value] of body) if (typeof value === 'string') plain.set(name, value);
    const sent = path.endsWith('/messages') ? body : plain;
    this.#last = () => this.#send(path, sent);
    return this.#answered(await this.#last());
  }

  /** Sends the last act once more, as a page does whose answer was lost. */
  async again(): Promise<void> {
    if (this.#last === null) throw new Error('nothing was sent yet');
    await this.#answered(await this.#last());
  }

  received(): string {
    return this.#received.join('\n');
  }

  async told(seen: number, withinMs: number): Promise<void> {
    if (this.news > seen) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${this.#handle} was told of nothing for ${withinMs} ms`)),
        withinMs,
      );
      this.#waiting.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  close(): void {
    this.#end.abort();
  }

  async #send(path: string, body: FormData | URLSearchParams): Promise<Response> {
    const as = this.#handle === '' ? {} : { 'x-docket': '1', 'x-docket-as': this.#handle };
    return this.#fetch(path, {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin', accept: '*/*', ...as },
    });
  }

  async #fetch(path: string, { headers, ...init }: RequestInit): Promise<Response> {
    const response = await fetch(this.#origin + path, {
      ...init,
      headers: { ...headers, cookie: this.#cookie },
      redirect: 'manual',
      signal: this.#end.signal,
    });
    const next = response.status === 303 && init.method === undefined ? response.headers.get('location') : null;
    return next === null ? response : this.#fetch(next, { headers: headers ?? {} });
  }

  async #answered(response: Response): Promise<Answered> {
    const text = await this.#read(response);
    if (response.ok) return { html: parse(text), refusal: null };
    return { html: parse(''), refusal: String(JSON.parse(text).error) };
  }

  async #read(response: Response): Promise<string> {
    const text = await response.text();
    this.#received.push(text);
    return text;
  }

  async #follow(): Promise<void> {
    const response = await this.#fetch(this.#stream, { headers: { accept: 'text/event-stream' } });
    void this.#listen(response).catch((error: unknown) => {
      if (!this.#end.signal.aborted) throw error;
    });
  }

  async #listen(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      const words = decoder.decode(chunk, { stream: true });
      this.#received.push(words);
      const events = (text + words).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events.filter((each) => each.includes('event: show'))) {
        const data = event.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
        for (const piece of parse(data.join('\n')).children) this.#show(piece);
        this.news += 1;
        for (const wake of this.#waiting.splice(0)) wake();
      }
    }
  }
}

export interface Answered {
  readonly html: HTMLElement;
  /** What the page tells when the server said no. */
  readonly refusal: string | null;
}

/** What a button or form sends, as it stands in its attributes. */
export function requestOf(element: HTMLElement): { to: string; fields: Record<string, string> } {
  const to = element.getAttribute('hx-post');
  if (to === undefined) throw new Error(`${element.outerHTML} sends nothing`);
  const hidden = element.querySelectorAll('input[type=hidden]');
  return {
    to,
    fields: {
      ...JSON.parse(element.getAttribute('hx-vals') ?? '{}'),
      ...Object.fromEntries(hidden.map((input) => [input.getAttribute('name'), input.getAttribute('value')])),
    },
  };
}

/** The button with this name. Says what buttons there are when it is not among them. */
export function buttonIn(element: HTMLElement, label: string): HTMLElement {
  const found = named(element, 'button', label);
  if (found !== null) return found;
  const others = element.querySelectorAll('button').map((button) => button.textContent.trim());
  throw new Error(`there is no button “${label}” but: ${others.join(', ')}`);
}

function cookiesOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

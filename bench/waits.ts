// `npm run bench:waits`: how long people wait. For Docket to start and to end, with its own PostgreSQL; from what one of
// them does in the console until the page of another is told of it; and from Slack to the console and back.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Person, sitIn } from '../test/hostile/person.ts';
import { asBuilt, startProcess } from '../test/hostile/process.ts';
import { slackWaits } from './slack-waits.ts';
import { print, timed } from './timing.ts';

const times = Number(process.env['BENCH_TIMES'] ?? 50);
const folder = path.join(tmpdir(), `docket-waits-${process.pid}`);
const start = () => startProcess('', { DOCKET_DATA: folder, DOCKET_CONFIG: 'docket.yaml' }, asBuilt);

/** What somebody's page of a channel is told. */
class Page {
  #told = '';
  #wake = () => {};

  static async open(url: string, handle: string, { cookie }: Person, channel: string): Promise<Page> {
    const query = new URLSearchParams({ page: randomUUID(), as: handle, channel });
    const { body } = await fetch(`${url}/events?${query}`, { headers: { cookie } });
    const page = new Page();
    void page.#read(body);
    return page;
  }

  /** Waits until the page was told this, and forgets what came before it. */
  async until(words: RegExp): Promise<string> {
    for (;;) {
      const found = words.exec(this.#told);
      if (found !== null) {
        this.#told = '';
        return found[1] ?? found[0];
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #read(body: Response['body']): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body ?? []) {
      this.#told += decoder.decode(chunk, { stream: true });
      this.#wake();
    }
  }
}

try {
  const first = await timed(start);
  print('first start, with a new database', [first.ms]);
  print('end', [(await timed(() => first.result.stop())).ms]);
  const second = await timed(start);
  print('second start', [second.ms]);
  const { url, entrance } = second.result;

  const [rita, ada] = [await sitIn(entrance, 'rita'), await sitIn(entrance, 'ada')];
  const [ritas, adas] = [await Page.open(url, 'rita', rita, 'helpdesk'), await Page.open(url, 'ada', ada, 'helpdesk')];
  const became: number[] = [];
  const resolved: number[] = [];
  for (let nth = 0; nth < times; nth++) {
    const card = new RegExp(`article[^>]*aria-label="#(\\d+) Waited for, the ${nth}th"`);
    const seen = await timed(async () => {
      await rita.say('helpdesk', `Waited for, the ${nth}th`);
      return adas.until(card);
    });
    became.push(seen.ms);
    await ritas.until(card);
    const ended = await timed(async () => {
      await ada.say('helpdesk', `#${seen.result} !resolve`);
      return ritas.until(/>resolved</);
    });
    resolved.push(ended.ms);
    await adas.until(/>resolved</);
  }
  print('from a message until another page shows it as a card', became);
  print('from !resolve until another page shows it resolved', resolved);
  print('end, while pages are open', [(await timed(() => second.result.stop())).ms]);
  await slackWaits(folder, times);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
process.exit(0);

import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Concurrent } from './concurrent.ts';
import type { Live, News } from './live.ts';
import { checked, HttpRefusal } from './refusal.ts';
import type { Viewer } from './sessions.ts';
import { Slots } from './slots.ts';
import { rowNumber } from './typed.ts';
import type { Visitors } from './visitors.ts';

/** What a page follows, as it stands in the address of its stream. */
const following = z.object({
  page: z.uuid(),
  as: z.string().max(100),
  channel: z.string().max(100).optional(),
  ticket: rowNumber.optional(),
  board: z.string().optional(),
  /** What the board is narrowed to. */
  queue: z.string().max(100).optional(),
  status: z.string().max(100).optional(),
  /** Everything after this moment is told: the page shows what was before. */
  since: z.iso.datetime().optional(),
});

/** A page that is open in somebody's browser. */
export interface OpenPage {
  readonly viewer: Viewer;
  readonly page: string;
  readonly channel: string | null;
  readonly ticket: number | null;
  /** The queue and the status that the board on it shows, null for all; null where there is no board. */
  readonly board: { readonly queue: string | null; readonly status: string | null } | null;
  /** The moment up to which the page is complete. */
  since: string;
  /** Pieces of HTML that the page puts in their places; `upTo` is the moment up to which it is then complete. */
  show(html: string, upTo: string): void;
  /** Tells the page to fetch a part of itself anew. */
  refresh(part: 'board' | 'ticket'): void;
}

/** Something that tells pages of news. What comes twice does no harm: pages put a newer piece in place of the older. */
export interface Feeder {
  /** A page has come (back): tell it what it missed. */
  opened(page: OpenPage): Promise<void>;
  /** Something has happened: tell those of the pages whom it concerns, and who may hear of it. */
  told(news: readonly News[], pages: readonly OpenPage[]): Promise<void>;
}

/** How often a stream says that it is alive, and asks whether its reader still may listen. */
const heartbeatMs = 20_000;
/** Bytes that may wait for a browser to read them. */
const backlogBytes = 1024 * 1024;
/** Milliseconds between two rounds of telling: what happens meanwhile is told in one. */
const roundMs = 100;

/** The event streams of all open pages, one each. */
export class Streams {
  private readonly pages = new Map<OpenPage, ServerResponse>();
  private readonly open: Concurrent;
  /** Pages that are told what they missed at a time: each asks the database much, which is there for others, too. */
  private readonly opening = new Slots(4);
  private readonly feeders: Feeder[] = [];
  private waiting: News[] = [];
  private telling = false;
  private lastRound = -roundMs;
  private told: Promise<void> = Promise.resolve();

  constructor(
    private readonly app: FastifyInstance,
    private readonly visitors: Visitors,
    live: Live,
    /** Streams that one person may have at a time. */
    openPages: number,
  ) {
    this.open = new Concurrent(
      openPages,
      `You have ${openPages} pages of Docket open already. Close some; this one is then kept up to date, too.`,
    );
    live.subscribe((news) => {
      if ('ended' in news) return this.end(news.ended);
      this.waiting.push(news);
      if (!this.telling) this.told = this.tell();
    });
    app.addHook('preClose', async () => {
      for (const response of this.pages.values()) response.end();
    });
    this.route();
  }

  /** Resolves when nobody is being told of anything, for what tells them needs the database. */
  async settled(): Promise<void> {
    await this.told;
  }

  add(feeder: Feeder): void {
    this.feeders.push(feeder);
  }

  /** Tells what has gathered, in one go: what comes in meanwhile is told in the next. */
  private async tell(): Promise<void> {
    this.telling = true;
    while (this.waiting.length > 0) {
      await setTimeout(Math.max(0, this.lastRound + roundMs - performance.now()));
      this.lastRound = performance.now();
      const news = this.waiting;
      this.waiting = [];
      const pages = [...this.pages.keys()];
      if (pages.length === 0) continue;
      const missed = news.some((one) => 'missed' in one);
      await this.ask((feeder) =>
        missed ? Promise.all(pages.map((page) => feeder.opened(page))) : feeder.told(news, pages),
      );
    }
    this.telling = false;
  }

  /** Ends the streams of a session that has ended. */
  private end(session: string): void {
    for (const [page, response] of this.pages) if (page.viewer.session === session) response.end();
  }

  private async ask(question: (feeder: Feeder) => Promise<unknown>): Promise<void> {
    for (const result of await Promise.allSettled(this.feeders.map(question))) {
      if (result.status === 'rejected') this.app.log.error({ err: result.reason }, 'pages could not be told of news');
    }
  }

  private route(): void {
    this.app.get('/events', async (request, reply) => {
      const { viewer } = await this.visitors.signedIn(request);
      const asked = checked(following, request.query);
      // 204 tells a browser to stop asking. The page that asks was drawn for somebody else.
      if (asked.as !== viewer.handle) return reply.code(204).send();
      const last = request.headers['last-event-id'];
      const since = typeof last === 'string' && following.shape.since.safeParse(last).success ? last : asked.since;
      if (this.pages.size >= 10_000) throw new HttpRefusal(503, 'Too many pages are open. Close some and reload.');

      const end = this.open.begin(viewer.person);

      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const page: OpenPage = {
        viewer,
        page: asked.page,
        channel: asked.channel ?? null,
        ticket: asked.ticket ?? null,
        board: asked.board === undefined ? null : { queue: asked.queue ?? null, status: asked.status ?? null },
        since: since ?? new Date().toISOString(),
        show: (html, upTo) => {
          page.since = upTo;
          response.write(`id: ${upTo}\nevent: show\n${data(html)}\n\n`);
          // A browser that no longer reads: it comes back and asks for what it missed.
          if (response.writableLength > backlogBytes) response.destroy();
        },
        refresh: (part) => response.write(`event: refresh\ndata: ${part}\n\n`),
      };
      const heartbeat = setInterval(() => {
        // Nothing has been read since the last time: the browser is gone, or does not read.
        if (response.writableLength > 0) return response.destroy();
        this.visitors.signedInStill(request).then(
          () => response.write(': alive\n\n'),
          () => response.end(),
        );
      }, heartbeatMs);
      this.pages.set(page, response);
      response.on('close', () => {
        clearInterval(heartbeat);
        this.pages.delete(page);
        end();
      });
      response.write('retry: 1000\n\n');
      await this.opening.run(() => this.ask((feeder) => feeder.opened(page)));
      return reply;
    });
  }
}

function data(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}`)
    .join('\n');
}

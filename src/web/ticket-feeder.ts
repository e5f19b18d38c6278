import { createHash } from 'node:crypto';
import type { Reads } from '../desk/reads.ts';
import type { News } from './live.ts';
import type { Feeder, OpenPage } from './streams.ts';

/**
 * Tells boards, and the pages of the tickets concerned, to fetch themselves anew, but only where that gives something
 * else than last time: a page that stirs with what its reader may not see would tell that it is there.
 */
export function ticketFeeder(reads: Reads): Feeder {
  const prints = new WeakMap<OpenPage, string>();

  async function isNew(page: OpenPage, round: Map<string, Promise<string>>): Promise<boolean> {
    // Somebody with many pages sees the same on those that show the same.
    const key = JSON.stringify([page.viewer.person, page.board, page.ticket]);
    const asked = round.get(key) ?? printOf(reads, page);
    round.set(key, asked);
    const print = await asked;
    if (print === prints.get(page)) return false;
    prints.set(page, print);
    return true;
  }

  return {
    async opened(page) {
      if (page.board === null && page.ticket === null) return;
      await isNew(page, new Map());
      refresh(page);
    },
    async told(news, pages) {
      const round = new Map<string, Promise<string>>();
      const concerned = pages.filter((page) => news.some((one) => concerns(one, page)));
      await Promise.all(concerned.map(async (page) => ((await isNew(page, round)) ? refresh(page) : undefined)));
    },
  };
}

/** A fingerprint of all that the reader of a page gets to see there. */
async function printOf(reads: Reads, { viewer: { person }, board, ticket }: OpenPage): Promise<string> {
  const seen = [
    board === null ? null : await reads.board(person, board),
    ticket === null ? null : await reads.ticket(person, ticket),
  ];
  const text = JSON.stringify(seen, (_, value: unknown) => (value instanceof Set ? [...value] : value));
  return createHash('sha256').update(text).digest('base64');
}

function concerns(news: News, page: OpenPage): boolean {
  if (!('tickets' in news)) return false;
  return page.board !== null || (page.ticket !== null && (news.tickets === null || news.tickets.includes(page.ticket)));
}

function refresh(page: OpenPage): void {
  if (page.board !== null) page.refresh('board');
  if (page.ticket !== null) page.refresh('ticket');
}

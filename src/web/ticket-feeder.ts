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

  async function isNew(page: OpenPage): Promise<boolean> {
    const print = await printOf(reads, page);
    if (print === prints.get(page)) return false;
    prints.set(page, print);
    return true;
  }

  return {
    async opened(page) {
      if (page.board === null && page.ticket === null) return;
      await isNew(page);
      refresh(page);
    },
    async told(news, pages) {
      const concerned = pages.filter((page) => news.some((one) => concerns(one, page)));
      await Promise.all(concerned.map(async (page) => ((await isNew(page)) ? refresh(page) : undefined)));
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

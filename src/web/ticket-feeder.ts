import type { News } from './live.ts';
import type { Feeder, OpenPage } from './streams.ts';

/**
 * Tells boards, and the pages of the tickets concerned, to fetch themselves anew. Nothing of a ticket is in the event:
 * what a reader may see is decided when their page fetches.
 */
export const ticketFeeder: Feeder = {
  async opened(page) {
    refresh(page);
  },
  async told(news, pages) {
    for (const page of pages) if (news.some((one) => concerns(one, page))) refresh(page);
  },
};

function concerns(news: News, page: OpenPage): boolean {
  if (!('tickets' in news)) return false;
  return page.board || (page.ticket !== null && (news.tickets === null || news.tickets.includes(page.ticket)));
}

function refresh(page: OpenPage): void {
  if (page.board) page.refresh('board');
  if (page.ticket !== null) page.refresh('ticket');
}

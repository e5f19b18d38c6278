import { escapeHtml } from '@kitajs/html';
import type { FastifyReply } from 'fastify';

/** A piece of a page. Whatever makes one has escaped all that came from outside. */
export type Html = JSX.Element;

/**
 * Text for an attribute or between tags. JSX here escapes neither by itself: `&` in attributes would be read as the
 * beginning of an entity, and children are taken for HTML unless their element says `safe`.
 */
export function esc(text: string): string {
  return escapeHtml(text);
}

/** Sends a page. Pages are of one person and one moment, so nothing on the way keeps them. */
export async function sendPage(reply: FastifyReply, page: Html): Promise<FastifyReply> {
  return reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>${await page}`);
}

import { esc, type Html } from './html.ts';

/**
 * A part of a page that is fetched anew when the page's stream says so. What fetches it is around it and stays: on the
 * part itself, which is replaced, htmx would drop what it is told while it fetches.
 *
 * @param part the id of the part, and what the stream calls it
 */
export function Refreshed({
  part,
  url,
  delayMs,
  children,
}: {
  part: 'board' | 'ticket';
  url: string;
  delayMs: number;
  children: Html;
}): Html {
  return (
    <div
      id={`${part}-refreshed`}
      hx-get={esc(url)}
      hx-trigger={`refresh delay:${delayMs}ms`}
      hx-swap="none"
      hx-sync="this:queue last"
    >
      {children}
    </div>
  );
}

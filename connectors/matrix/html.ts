import { linkLabel } from '../../src/ticket/link-label.ts';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';
import type { Drawing } from './drawing.ts';
import { timeWords } from './time.ts';

/**
 * A text as HTML of the subset that Matrix allows (spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes). Every
 * character that people wrote is escaped, so that nothing of it is markup, and `@room` is a word: only `m.mentions` calls.
 */
export function html(text: Text, drawing: Drawing): string {
  return text.map((block, nth) => blockHtml(block, text[nth - 1], drawing)).join('');
}

/** Paragraphs are lines; those that follow each other are parted by a break. */
function blockHtml(block: Block, before: Block | undefined, drawing: Drawing): string {
  switch (block.block) {
    case 'paragraph': {
      const line = block.inlines.map((inline) => inlineHtml(inline, drawing)).join('');
      return before?.block === 'paragraph' ? `<br>${line}` : line;
    }
    case 'code':
      return `<pre><code>${escaped(block.code)}</code></pre>`;
    case 'quote':
      return `<blockquote>${html(block.blocks, drawing)}</blockquote>`;
  }
}

function inlineHtml(inline: Inline, drawing: Drawing): string {
  if (typeof inline === 'string') return escaped(inline).replaceAll('\n', '<br>');
  switch (inline.inline) {
    case 'strong':
      return `<strong>${inline.inlines.map((part) => inlineHtml(part, drawing)).join('')}</strong>`;
    case 'code':
      return `<code>${escaped(inline.code)}</code>`;
    case 'link':
      return link(oneLine(inline.url), oneLine(linkLabel(inline.url, inline.label)) || oneLine(inline.url));
    case 'person':
      return person(drawing.account(inline.person), inline.name);
    case 'mention':
      return escaped(inline.name);
    case 'ticket': {
      const url = drawing.ticketUrl(inline.ticket);
      return url === null ? `#${inline.ticket}` : link(url, `#${inline.ticket}`);
    }
    case 'command':
      return `<code>${escaped(`!ticket ${inline.command}`)}</code>`;
    case 'time':
      return escaped(timeWords(inline.at, drawing.zone));
  }
}

/** Only addresses of these kinds become links; any other stays text. */
const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

function link(url: string, label: string): string {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (!schemes.has(scheme)) return escaped(label === url ? url : `${label} (${url})`);
  return `<a href="${escaped(url)}">${escaped(label)}</a>`;
}

/** As HTML shows it, and without what an address cannot have. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A pill (spec.matrix.org/latest/client-server-api/#user-and-room-mentions). */
function person(account: string | null, name: string): string {
  return account === null
    ? escaped(name)
    : `<a href="https://matrix.to/#/${encodeURIComponent(account)}">${escaped(name)}</a>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text in HTML, in an attribute too. What HTML cannot hold is left out. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

import type { Inline } from '../../src/ticket/text.ts';
import type { Known } from '../../src/ticket/written.ts';

/** Somebody's id (spec.matrix.org/latest/appendices/#user-identifiers). */
export const userId = /@[\w.=\-/+]{1,200}:(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?/;

const whole = new RegExp(`^${userId.source}$`);

/** A link of a message: a pill is somebody who is mentioned, an address stays one, and anything else is its label. */
export function readLink(url: string, label: string, known: Known): Inline {
  const id = pilled(url);
  if (id !== null) return mention(id, label, known);
  // A room's pill is a word; its address says nothing more.
  if (/^https?:\/\/matrix\.to\/#\/(?:#|%23)[^?/]+$/i.test(url) && label !== '') return label;
  if (/^(?:https?|mailto):/i.test(url) && URL.canParse(url)) return { inline: 'link', url, label: label || url };
  return label;
}

/** Somebody, by the name that is known of them, else by the one that the message has. */
export function mention(id: string, label: string, known: Known): Inline {
  return { inline: 'mention', id, name: known.nameOf(id) ?? (label.replace(/^@/, '') || id) };
}

/** Whose pill an address is: `https://matrix.to/#/@ada:example.org`, `matrix:u/ada:example.org`; null where it is none. */
function pilled(url: string): string | null {
  const [, to] = /^https?:\/\/matrix\.to\/#\/([^?/]+)/i.exec(url) ?? [];
  const [, user] = /^matrix:u(?:ser)?\/([^?/]+)/i.exec(url) ?? [];
  const id = to === undefined ? user && `@${decoded(user)}` : decoded(to);
  return id !== undefined && whole.test(id) ? id : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** htmx, which its own script has put beside us. */
export const htmx = /** @type {{ htmx: typeof import('htmx.org').default }} */ (/** @type {unknown} */ (globalThis))
  .htmx;

/** What the server wrote on this page: its number, whom it was drawn for, its stream, where its acts go. */
export const { page = '', as = '', stream = '', acts = '' } = document.body.dataset;

/**
 * A fresh id for an event (a random UUID, version 4). `crypto.randomUUID` is missing where a page comes over plain HTTP
 * from another machine.
 */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Posts something outside of htmx. Gives whether it was taken.
 * @param {string} url
 * @param {Record<string, string>} fields
 */
export async function post(url, fields) {
  try {
    const headers = { 'X-Docket': '1', 'X-Docket-As': as };
    // Whoever leaves the page at once has still done it.
    const body = new URLSearchParams(fields);
    return (await fetch(url, { method: 'POST', headers, body, keepalive: true })).ok;
  } catch {
    return false; // Offline: what is posted this way (how far was read, what was put away) is posted again later.
  }
}

/**
 * Tells the reader something for a while.
 * @param {string} text
 */
export function toast(text) {
  const note = document.createElement('p');
  note.className = 'toast';
  note.textContent = text;
  document.getElementById('toasts')?.append(note);
  setTimeout(() => note.remove(), 10_000);
}

/**
 * The element that an event came from, or the one around it, that matches.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function from(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

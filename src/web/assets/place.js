import { htmx, post } from './page.js';

/**
 * Puts pieces of HTML from the server in their places: instead of the element with the same id, else into the first of
 * the containers that `data-into` names. Of two drawings of the same thing the one with the higher version stays.
 * @param {string} html
 */
export function place(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const piece of /** @type {HTMLElement[]} */ ([...template.content.children])) placeOne(piece);
  document.dispatchEvent(new CustomEvent('docket:placed'));
}

/** @param {HTMLElement} piece */
function placeOne(piece) {
  const old = document.getElementById(piece.id);
  const gone = 'gone' in piece.dataset;
  if (old !== null) {
    // What only this page was answered never changes, and something may have been typed into it by now.
    if (version(piece) < version(old) || old.matches('dialog, .private')) return;
    if (gone) old.remove();
    else replace(old, piece);
    return;
  }
  const container = (piece.dataset['into'] ?? '')
    .split(' ')
    .map((id) => document.getElementById(id))
    .find(Boolean);
  if (gone || !container || shownElsewhere(piece)) return;
  const scroll = /** @type {HTMLElement | null} */ (container.closest('.scroll'));
  const atEnd = scroll === null || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  container.insertBefore(piece, nextOf(piece, container));
  htmx.process(piece);
  if (piece instanceof HTMLDialogElement) piece.showModal();
  else if (atEnd) scroll?.scrollTo({ top: scroll.scrollHeight });
}

/**
 * A card that is asked for and already stands on this page is shown where it is.
 * @param {HTMLElement} piece
 */
function shownElsewhere(piece) {
  const ticket = piece.dataset['card'];
  const card = ticket === undefined ? null : document.querySelector(`article[data-ticket="${CSS.escape(ticket)}"]`);
  if (!(card instanceof HTMLElement)) return false;
  card.scrollIntoView({ block: 'center' });
  card.focus();
  const dismiss = piece.querySelector('.dismiss')?.getAttribute('hx-post');
  if (dismiss) void post(dismiss, {});
  return true;
}

/**
 * Focus and open menus outlive the change.
 * @param {HTMLElement} old
 * @param {HTMLElement} piece
 */
function replace(old, piece) {
  const scroll = /** @type {HTMLElement | null} */ (old.closest('.scroll'));
  const atEnd = scroll !== null && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const open = old.querySelector('[data-menu][aria-expanded="true"]');
  old.replaceWith(piece);
  htmx.process(piece);
  const menu = open === null ? null : document.getElementById(open.id);
  if (menu !== null) {
    menu.setAttribute('aria-expanded', 'true');
    menu.nextElementSibling?.removeAttribute('hidden');
  }
  if (focused !== null) {
    const again = focused.id === '' ? sameLink(focused, piece) : document.getElementById(focused.id);
    /** @type {HTMLElement | null} */ (again ?? piece.querySelector('article, a, button'))?.focus();
  }
  if (atEnd) scroll?.scrollTo({ top: scroll.scrollHeight });
}

/**
 * @param {Element} focused
 * @param {HTMLElement} piece
 */
function sameLink(focused, piece) {
  const href = focused.getAttribute('href');
  return href === null ? null : piece.querySelector(`a[href="${CSS.escape(href)}"]`);
}

/**
 * Messages stand in the order of their numbers; what has none goes to the end.
 * @param {HTMLElement} piece
 * @param {HTMLElement} container
 */
function nextOf(piece, container) {
  const order = Number(piece.dataset['order'] ?? Number.POSITIVE_INFINITY);
  const siblings = /** @type {HTMLElement[]} */ ([...container.children]);
  return siblings.find((sibling) => Number(sibling.dataset['order'] ?? Number.NEGATIVE_INFINITY) > order) ?? null;
}

/** @param {HTMLElement} element */
function version(element) {
  return Number(element.dataset['version'] ?? 0);
}

import { from } from './page.js';

// A menu is a button (data-menu) and, right behind it, what it opens.

document.addEventListener('click', (event) => {
  const button = from(event, '[data-menu]');
  for (const open of document.querySelectorAll('[data-menu][aria-expanded="true"]'))
    if (open !== button) toggle(open, false);
  if (button === null) return;
  toggle(button, button.getAttribute('aria-expanded') !== 'true');
});

document.addEventListener('keydown', (event) => {
  const menu = from(event, '.menu');
  const button = menu?.querySelector('[data-menu]');
  if (!menu || !(button instanceof HTMLElement) || button.getAttribute('aria-expanded') !== 'true') return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') {
    toggle(button, false);
    button.focus();
  } else if (step !== undefined) {
    const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('.menu-items button')]);
    const focused = from(event, '.menu-items button');
    const at = focused === null ? Math.min(-step, 0) : items.indexOf(focused);
    items[(at + step + items.length) % items.length]?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});

/**
 * @param {Element} button
 * @param {boolean} open
 */
function toggle(button, open) {
  button.setAttribute('aria-expanded', `${open}`);
  button.nextElementSibling?.toggleAttribute('hidden', !open);
  if (open) button.nextElementSibling?.scrollIntoView({ block: 'nearest' });
}

import { from, post } from './page.js';

document.addEventListener('click', (event) => {
  const dialog = from(event, '[data-close]')?.closest('dialog');
  if (dialog) dialog.close();
  if (from(event, '[data-close-panel]') !== null) {
    event.preventDefault();
    document.getElementById('panel')?.replaceChildren();
    focus('#composer textarea');
  }
});

/** A form that was put away does not come back when the page connects again. */
document.addEventListener(
  'close',
  (event) => {
    const dialog = event.target;
    if (!(dialog instanceof HTMLDialogElement)) return;
    const { dismiss = '', done } = dialog.dataset;
    if (dismiss !== '' && done === undefined) void post(dismiss, {});
    dialog.remove();
  },
  true,
);

document.addEventListener('htmx:afterRequest', (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  const dialog = elt.closest('dialog');
  if (!successful || dialog === null) return;
  dialog.dataset.done = '';
  dialog.close();
});

// Long texts are sent as they are in mail programs, too.
document.addEventListener('keydown', (event) => {
  const box = from(event, 'dialog textarea, .writer textarea');
  if (!(box instanceof HTMLTextAreaElement) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  box.form?.requestSubmit();
});

// An opened thread is there to be answered.
document.addEventListener('htmx:afterSwap', (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail;
  if (target?.id !== 'panel') return;
  const scroll = target.querySelector('.scroll');
  scroll?.scrollTo({ top: scroll.scrollHeight });
  focus('#panel textarea');
});

/** @param {string} selector */
function focus(selector) {
  const element = document.querySelector(selector);
  if (element instanceof HTMLElement) element.focus();
}

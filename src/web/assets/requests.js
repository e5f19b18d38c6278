import { as, freshId, htmx, page, toast } from './page.js';
import { place } from './place.js';

// Every request of a page says which page it is, whom it was drawn for, and the id of the event. The id is kept until
// the server has taken it: what is sent again after a failure is the same event.
/** @type {WeakMap<Element, string>} */
const events = new WeakMap();

document.addEventListener('htmx:configRequest', (event) => {
  const { elt, headers, parameters, verb } = /** @type {CustomEvent} */ (event).detail;
  headers['X-Docket'] = '1';
  headers['X-Docket-As'] = as;
  if (verb === 'get') return;
  const id = events.get(elt) ?? freshId();
  events.set(elt, id);
  parameters['event'] = id;
  parameters['page'] = page;
});

document.addEventListener('htmx:afterRequest', (event) => {
  const { elt, successful, xhr } = /** @type {CustomEvent} */ (event).detail;
  if (!successful) {
    toast(refusal(xhr));
    // The server has read it and said no: sending it again is another event.
    if (xhr.status >= 400 && xhr.status < 500) events.delete(elt);
    return;
  }
  events.delete(elt);
  const closest = /** @type {Element} */ (elt).closest('[hx-swap]')?.getAttribute('hx-swap');
  if (closest === 'none' && xhr.status === 200) place(xhr.responseText);
  if (elt.dataset.remove !== undefined) document.getElementById(elt.dataset.remove)?.remove();
});

document.addEventListener('htmx:afterSwap', () => document.dispatchEvent(new CustomEvent('docket:placed')));

/** @param {XMLHttpRequest} xhr */
function refusal(xhr) {
  if (xhr.status === 0) return 'Docket cannot be reached. What you wrote is still here: try again in a moment.';
  try {
    const { error } = JSON.parse(xhr.responseText);
    if (typeof error === 'string') return error;
  } catch {
    // Not from Docket, but from something between: there is no better text than the one below.
  }
  return `That did not work (${xhr.status}). Try again in a moment.`;
}

// Buttons with one purpose do not send twice while the first is on its way; htmx drops the second by hx-sync.
htmx.config.timeout = 30_000;

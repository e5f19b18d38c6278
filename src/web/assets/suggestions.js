/** @typedef {{ text: string, label: string, detail: string }} Suggestion */

/** @type {WeakMap<Element, string>} */
const texts = new WeakMap();
/** What was typed when a list was asked for. @type {WeakMap<Element, string>} */
const askedFor = new WeakMap();
/** What is being asked, or about to be. @type {AbortController | null} */
let asking = null;

/**
 * Asks what could come next where somebody types, and shows it.
 * @param {HTMLTextAreaElement} box
 */
export async function suggest(box) {
  asking?.abort();
  const typed = upToCaret(box);
  const url = box.form?.dataset['complete'];
  if (url === undefined || !worthAsking(typed, url)) return close(box);
  asking = new AbortController();
  const { signal } = asking;
  listOf(box)?.setAttribute('aria-busy', 'true');
  await new Promise((resolve) => setTimeout(resolve, 60));
  try {
    signal.throwIfAborted();
    const answer = await fetch(`${url}?${new URLSearchParams({ line: typed })}`, { signal });
    show(box, typed, answer.ok ? await answer.json() : []);
  } catch {
    // Offline: then nothing is suggested. What was overtaken by the next key, or put away, is not this one's to close.
    if (!signal.aborted) close(box);
  }
}

/**
 * Moves through the suggestions by keys. Gives whether the key was one of its own.
 * @param {HTMLTextAreaElement} box
 * @param {KeyboardEvent} event
 */
export function choose(box, event) {
  const list = listOf(box);
  if (list === null || list.hidden) return false;
  if (event.key === 'Escape') {
    close(box);
    return true;
  }
  // More was typed since: what is still shown would take its place.
  if (askedFor.get(list) !== upToCaret(box)) return false;
  const options = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const from = at === -1 && event.key === 'ArrowUp' ? 0 : at;
    select(box, options, (from + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length);
    return true;
  }
  const chosen = options[event.key === 'Tab' && at === -1 ? 0 : at];
  if (chosen === undefined || event.shiftKey || (event.key !== 'Tab' && event.key !== 'Enter')) return false;
  accept(box, chosen);
  return true;
}

/**
 * @param {HTMLTextAreaElement} box
 * @param {Element} option
 */
export function accept(box, option) {
  const rest = box.value.slice(box.selectionStart);
  const text = texts.get(option) ?? '';
  box.value = text + rest;
  box.setSelectionRange(text.length, text.length);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** @param {HTMLTextAreaElement} box */
export function close(box) {
  asking?.abort();
  const list = listOf(box);
  list?.replaceChildren();
  list?.removeAttribute('aria-busy');
  if (list) list.hidden = true;
  box.removeAttribute('aria-activedescendant');
}

/**
 * @param {HTMLTextAreaElement} box
 * @param {string} typed
 * @param {Suggestion[]} suggestions
 */
function show(box, typed, suggestions) {
  const list = listOf(box);
  if (list === null || suggestions.length === 0 || document.activeElement !== box) return close(box);
  const options = suggestions.map(({ text, label, detail }, index) => {
    const option = document.createElement('div');
    option.id = `${list.id}-${index}`;
    option.role = 'option';
    option.ariaSelected = 'false';
    const name = document.createElement('span');
    name.textContent = label;
    const note = document.createElement('small');
    note.textContent = detail;
    option.append(name, ' ', note);
    texts.set(option, text);
    return option;
  });
  askedFor.set(list, typed);
  list.replaceChildren(...options);
  list.removeAttribute('aria-busy');
  list.hidden = false;
  box.removeAttribute('aria-activedescendant');
}

/**
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement[]} options
 * @param {number} at
 */
function select(box, options, at) {
  for (const [index, option] of options.entries()) option.setAttribute('aria-selected', `${index === at}`);
  const chosen = options[at];
  if (chosen === undefined) return;
  chosen.scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', chosen.id);
}

/**
 * Plain talk is completed nowhere but in the talk with Docket, where words alone are commands.
 * @param {string} typed
 * @param {string} url
 */
function worthAsking(typed, url) {
  if (typed === '' || typed.length > 500) return false;
  return (
    typed.startsWith('/') || /(^|\s)[#@]\S*$/.test(typed) || /(^|\n)(#|@docket )/i.test(typed) || url.includes('/@')
  );
}

/** @param {HTMLTextAreaElement} box */
function upToCaret(box) {
  return box.value.slice(0, box.selectionStart);
}

/** @param {HTMLTextAreaElement} box */
function listOf(box) {
  return /** @type {HTMLElement | null} */ (box.form?.querySelector('.suggestions') ?? null);
}

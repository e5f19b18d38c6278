import { from, htmx } from './page.js';
import { accept, choose, close, suggest } from './suggestions.js';

document.addEventListener('keydown', (event) => {
  const box = from(event, '.composer textarea');
  if (!(box instanceof HTMLTextAreaElement) || event.isComposing) return;
  if (choose(box, event)) event.preventDefault();
  else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    close(box);
    box.form?.requestSubmit();
  }
});

document.addEventListener('input', (event) => typed(from(event, '.composer textarea')));

// Somebody may have begun before this was loaded.
const begun = document.activeElement?.closest('.composer textarea');
if (begun instanceof HTMLTextAreaElement && begun.value !== '') typed(begun);

/** @param {EventTarget | null} box */
function typed(box) {
  if (!(box instanceof HTMLTextAreaElement)) return;
  grow(box);
  void suggest(box);
}

document.addEventListener('focusout', (event) => {
  const box = from(event, '.composer textarea');
  if (box instanceof HTMLTextAreaElement) close(box);
});

// The list must not take the focus before the press is over.
document.addEventListener('pointerdown', (event) => {
  const option = from(event, '.suggestions [role="option"]');
  if (option === null) return;
  event.preventDefault();
  const box = option.closest('form')?.querySelector('textarea');
  if (box) accept(box, option);
});

document.addEventListener('change', (event) => {
  const input = from(event, '.composer input[type="file"]');
  if (input instanceof HTMLInputElement) showFiles(input);
});

// Pasted pictures are attached.
document.addEventListener('paste', (event) => {
  const form = from(event, '.composer');
  const files = event.clipboardData?.files;
  const input = form?.querySelector('input[type="file"]');
  if (!(input instanceof HTMLInputElement) || files === undefined || files.length === 0) return;
  event.preventDefault();
  input.files = files;
  showFiles(input);
});

htmx.on('htmx:beforeRequest', (event) => {
  const form = from(event, '.composer');
  const box = form?.querySelector('textarea');
  const files = form?.querySelector('input[type="file"]');
  const chosen = files instanceof HTMLInputElement && (files.files?.length ?? 0) > 0;
  if (box && event.target === form && box.value.trim() === '' && !chosen) event.preventDefault();
});

// What is sent leaves its form at once, so that the next words can be written; what could not be sent comes back.
/** @type {WeakMap<Element, { words: string, files: FileList | null }>} */
const sending = new WeakMap();
/** Forms whose next words are to be sent when the ones before have arrived. */
const waiting = new WeakSet();

document.addEventListener(
  'submit',
  (event) => {
    const form = from(event, '.composer, .writer');
    if (form === null || event.target !== form || !sending.has(form)) return;
    event.preventDefault();
    event.stopPropagation();
    waiting.add(form);
  },
  { capture: true },
);

htmx.on('htmx:beforeSend', (event) => {
  const form = from(event, '.composer, .writer');
  if (!(form instanceof HTMLFormElement) || event.target !== form) return;
  const { box, files } = partsOf(form);
  sending.set(form, { words: box?.value ?? '', files: files?.files ?? null });
  form.reset();
  shown(form);
});

htmx.on('htmx:afterRequest', (event) => {
  const form = from(event, '.composer, .writer');
  if (!(form instanceof HTMLFormElement) || event.target !== form) return;
  const sent = sending.get(form);
  sending.delete(form);
  const next = waiting.delete(form);
  if (/** @type {CustomEvent} */ (event).detail.successful) {
    const scroll = form.parentElement?.querySelector('.scroll');
    scroll?.scrollTo({ top: scroll.scrollHeight });
    // Until this event is over, the request before counts as on its way, and htmx drops another.
    if (next) queueMicrotask(() => form.requestSubmit());
    return;
  }
  const { box, files } = partsOf(form);
  if (box && sent) box.value = [sent.words, box.value].filter((words) => words !== '').join('\n');
  if (files && sent?.files && files.files?.length === 0) files.files = sent.files;
  shown(form);
});

/** @param {HTMLFormElement} form */
function partsOf(form) {
  const files = form.querySelector('input[type="file"]');
  return { box: form.querySelector('textarea'), files: files instanceof HTMLInputElement ? files : null };
}

/** @param {HTMLFormElement} form */
function shown(form) {
  const { box, files } = partsOf(form);
  if (files) showFiles(files);
  if (box) grow(box);
}

/** @param {HTMLTextAreaElement} box */
function grow(box) {
  box.rows = Math.min(10, box.value.split('\n').length);
}

/** @param {HTMLInputElement} input */
function showFiles(input) {
  const list = input.form?.querySelector('.chosen-files');
  const names = [...(input.files ?? [])].map(({ name }) => {
    const item = document.createElement('li');
    item.textContent = name;
    return item;
  });
  list?.replaceChildren(...names);
}

const own = document.querySelector('#composer textarea');
if (own instanceof HTMLElement && matchMedia('(hover: hover)').matches) own.focus();

import { acts, post } from './page.js';

const title = document.title;
let read = 0;

/** Notes how far somebody has read, while they look; and how much waits elsewhere, in the title. */
async function note() {
  const unread = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-unread]')]);
  const count = unread.reduce((sum, { dataset }) => sum + Number(dataset['unread']), 0);
  document.title = count > 0 ? `(${count}) ${title}` : title;
  if (document.hidden) return;
  const messages = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#messages > [data-latest]')]);
  const latest = Math.max(0, ...messages.map(({ dataset }) => Number(dataset['latest'])));
  if (latest <= read) return;
  const before = read;
  read = latest;
  if (!(await post(`${acts}/read`, { message: `${latest}` }))) read = before;
}

document.addEventListener('docket:placed', note);
document.addEventListener('visibilitychange', note);
void note();

for (const scroll of document.querySelectorAll('.scroll')) scroll.scrollTo({ top: scroll.scrollHeight });

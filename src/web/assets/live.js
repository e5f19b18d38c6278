import { htmx, stream } from './page.js';
import { place } from './place.js';

/** How long a page that nobody looks at keeps its stream: browsers open only six connections to one server. */
const patienceMs = 60_000;

/** @type {EventSource | null} */
let source = null;
/** Up to which moment this page is complete, as the stream told last. */
let upTo = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

function connect() {
  disconnect();
  const url = new URL(stream, location.href);
  if (upTo !== '') url.searchParams.set('since', upTo);
  source = new EventSource(url);
  source.addEventListener('open', () => tell(true));
  source.addEventListener('show', (event) => {
    upTo = event.lastEventId;
    place(event.data);
  });
  source.addEventListener('refresh', (event) => htmx.trigger(`#${event.data}-refreshed`, 'refresh', {}));
  source.addEventListener('error', () => {
    tell(false);
    // While it connects again by itself it is not closed; it is when the server said no.
    if (source?.readyState === EventSource.CLOSED) later = setTimeout(connect, 3000);
  });
}

function disconnect() {
  clearTimeout(later);
  source?.close();
  source = null;
}

/** @param {boolean} connected */
function tell(connected) {
  const note = document.getElementById('connection');
  if (note !== null) note.hidden = connected;
}

if (stream !== '') {
  connect();
  document.addEventListener('visibilitychange', () => {
    clearTimeout(later);
    if (document.hidden) later = setTimeout(disconnect, patienceMs);
    else if (source === null || source.readyState === EventSource.CLOSED) connect();
  });
}

import { esc, type Html } from '../../src/web/html.ts';
import { Icon } from '../../src/web/icon.tsx';

/** Where messages are written: the channel's own composer, or that of a thread. */
export function Composer({ base, thread, hint }: { base: string; thread: number | null; hint: string }): Html {
  const id = thread === null ? 'composer' : 'thread-composer';
  const list = `${id}-suggestions`;
  return (
    <form
      id={id}
      class="composer"
      method="post"
      action={esc(`${base}/messages`)}
      enctype="multipart/form-data"
      hx-post={esc(`${base}/messages`)}
      hx-encoding="multipart/form-data"
      hx-swap="none"
      hx-sync="this:drop"
      data-complete={esc(`${base}/complete`)}
    >
      {thread === null ? null : <input type="hidden" name="thread" value={`${thread}`} />}
      <div id={list} class="suggestions" role="listbox" aria-label="Suggestions" hidden />
      <div class="composer-box">
        <textarea
          name="text"
          rows="1"
          aria-label={thread === null ? 'Message' : 'Reply in thread'}
          placeholder={esc(hint)}
          aria-autocomplete="list"
          aria-controls={list}
        />
        <label class="attach" title="Attach files">
          <Icon name="clip" />
          <span class="visually-hidden">Attach files</span>
          <input type="file" name="files" multiple />
        </label>
        <button type="submit" class="primary send">
          Send
        </button>
      </div>
      <ul class="chosen-files" aria-label="Files to send" />
    </form>
  );
}

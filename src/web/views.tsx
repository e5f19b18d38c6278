import type { HistoryView, LineView, ListView, NoticeView } from '../desk/view.ts';
import type { Attachment } from '../ticket/change.ts';
import { Buttons, type Pressed } from './buttons.tsx';
import { Priority, TicketMarks } from './card.tsx';
import { esc, type Html } from './html.ts';
import { Icon } from './icon.tsx';
import { Inlines, Moment, type Reader, TextBlocks } from './text.tsx';

/** What every view is drawn with. `id` is unique on the page. */
interface Drawn {
  readonly id: string;
  readonly pressed: Pressed;
  readonly reader: Reader;
}

/** One happening, in a sentence; with a lock when only staff see it. */
export function Line({ id, line, pressed, reader }: Drawn & { line: LineView }): Html {
  return (
    <div class={line.staffOnly ? 'line staff-only' : 'line'}>
      <p class="head">
        {line.staffOnly ? <Lock /> : null}
        <Inlines inlines={line.head} reader={reader} />{' '}
        <span class="when">
          <Moment at={line.at} reader={reader} />
        </span>
      </p>
      {line.body.length === 0 ? null : (
        <div class="text body">
          <TextBlocks text={line.body} reader={reader} />
        </div>
      )}
      <Files files={line.attachments} under={`/tickets/${line.ticket}`} />
      <Buttons id={id} buttons={line.buttons} pressed={pressed} />
    </div>
  );
}

export function Lock(): Html {
  return (
    <span class="lock" title="Only staff see this">
      <Icon name="lock" label="Staff only" />
    </span>
  );
}

export function List({ id, list, pressed, reader }: Drawn & { list: ListView }): Html {
  return (
    <section class="list" aria-label={esc(list.title)}>
      <h3>
        <span safe>{list.title}</span> <small>{list.total}</small>
      </h3>
      {list.rows.length === 0 ? (
        <p class="empty">
          <Inlines inlines={list.empty} reader={reader} />
        </p>
      ) : (
        <TicketRows rows={list.rows} reader={reader} />
      )}
      <Buttons id={id} buttons={list.buttons} pressed={pressed} />
    </section>
  );
}

/** Tickets below each other, one a line. `grouped`: queue and status stand above them already. */
export function TicketRows({
  rows,
  reader,
  grouped = false,
}: {
  rows: ListView['rows'];
  reader: Reader;
  grouped?: boolean;
}): Html {
  return (
    <ul class="rows">
      {rows.map((row) => (
        <li>
          <a href={`/tickets/${row.ticket}`}>
            <span class="number">{`#${row.ticket}`}</span>{' '}
            <span class="subject" safe>
              {row.subject}
            </span>
          </a>
          <span class="row-facts">
            <Inlines inlines={row.facts} reader={reader} />
          </span>
          {grouped ? (
            <Priority priority={row.priority} />
          ) : (
            <TicketMarks queue={row.queue} status={row.status} kind={row.kind} priority={row.priority} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** What happened to a ticket, oldest first. */
export function History({ id, history, pressed, reader }: Drawn & { history: HistoryView }): Html {
  return (
    <section class="list" aria-label={esc(`History of #${history.ticket}`)}>
      <h3>
        <a class="number" href={`/tickets/${history.ticket}`}>{`#${history.ticket}`}</a>{' '}
        <span safe>{history.subject}</span>
      </h3>
      <ol class="history">
        {history.lines.map((line, index) => (
          <li>
            <Line id={`${id}-${index}`} line={line} pressed={pressed} reader={reader} />
          </li>
        ))}
      </ol>
      <Buttons id={id} buttons={history.buttons} pressed={pressed} />
    </section>
  );
}

export function Notice({ id, notice, pressed, reader }: Drawn & { notice: NoticeView }): Html {
  return (
    <div class={`notice ${notice.tone}`}>
      <div class="text">
        <TextBlocks text={notice.text} reader={reader} />
      </div>
      <Buttons id={id} buttons={notice.buttons} pressed={pressed} />
    </div>
  );
}

/** Attached files as links; `under` is the address of the message or ticket that they belong to. */
export function Files({ files, under }: { files: readonly Attachment[]; under: string }): Html {
  if (files.length === 0) return '';
  return (
    <ul class="files">
      {files.map((file) => (
        <li>
          <a href={esc(`${under}/files/${file.id}`)} download={esc(file.name)}>
            <Icon name="clip" /> <span safe>{file.name}</span> <small>{bytes(file.size)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${Math.round(size / 1024)} kB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

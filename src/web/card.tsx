import { fileLines } from '../desk/phrases.ts';
import type { CardView } from '../desk/view.ts';
import type { Right } from '../ticket/policy.ts';
import { plain } from '../ticket/text.ts';
import { allowed, Buttons, type Pressed } from './buttons.tsx';
import { esc, type Html } from './html.ts';
import { Inlines, type Reader, TextBlocks } from './text.tsx';

/** The live message that shows a ticket: an article named by its number, with the buttons its reader may press. */
export function Card({
  id,
  card,
  rights,
  pressed,
  reader,
}: {
  id: string;
  card: CardView;
  rights: ReadonlySet<Right>;
  pressed: Pressed;
  reader: Reader;
}): Html {
  return (
    <article
      class={`card ${card.kind}`}
      id={esc(id)}
      tabindex="-1"
      data-ticket={card.ticket}
      aria-label={esc(`#${card.ticket} ${card.subject}`)}
    >
      <header>
        <h3>
          <a href={`/tickets/${card.ticket}`}>
            <span class="number">{`#${card.ticket}`}</span> <span safe>{card.subject}</span>
          </a>
        </h3>
        <TicketMarks queue={card.queue} status={card.status} kind={card.kind} priority={card.priority} />
      </header>
      {plain(card.excerpt) === card.subject || card.excerpt.length === 0 ? null : (
        <div class="excerpt text">
          <TextBlocks text={card.excerpt} reader={reader} />
        </div>
      )}
      {fileLines(card.attachments ?? []).length === 0 ? null : (
        <ul class="files">
          {fileLines(card.attachments ?? []).map((file) => (
            <li safe>{file}</li>
          ))}
        </ul>
      )}
      <dl>
        {card.facts.map(({ label, value }) => (
          <div>
            <dt safe>{label}</dt>
            <dd>
              <Inlines inlines={value} reader={reader} />
            </dd>
          </div>
        ))}
      </dl>
      <Buttons id={id} buttons={allowed(card.buttons, rights)} more={allowed(card.more, rights)} pressed={pressed} />
    </article>
  );
}

/** Queue, status and priority, as they stand beside every ticket. */
export function TicketMarks({
  queue,
  status,
  kind,
  priority,
}: Pick<CardView, 'queue' | 'status' | 'kind' | 'priority'>): Html {
  return (
    <p class="marks">
      <span class={`status ${kind} is-${esc(status.replaceAll(/\W/g, '-'))}`} safe>
        {status}
      </span>
      <span class="queue" safe>
        {queue}
      </span>
      <Priority priority={priority} />
    </p>
  );
}

/** The priority of a ticket, 0 to 100, the urgent ones standing out. */
export function Priority({ priority }: { priority: number }): Html {
  return (
    <span class={`priority ${urgency(priority)}`} title="Priority, 0 to 100">
      {`P${priority}`}
    </span>
  );
}

function urgency(priority: number): 'high' | 'middle' | 'low' {
  if (priority >= 70) return 'high';
  return priority >= 30 ? 'middle' : 'low';
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Reads, TicketData } from '../desk/reads.ts';
import { Card } from './card.tsx';
import { esc, type Html, sendPage } from './html.ts';
import { Icon } from './icon.tsx';
import { Page } from './layout.tsx';
import { Refreshed } from './refreshed.tsx';
import { checked, notFound } from './refusal.ts';
import { sendFile } from './send-file.ts';
import type { Reader } from './text.tsx';
import { rowNumber } from './typed.ts';
import { Line } from './views.tsx';
import type { SignedIn, Visitors } from './visitors.ts';

const numbered = z.object({ ticket: rowNumber });
/** `before`: the part of the history that is older than this transaction. */
const shownPart = z.object({
  part: z.literal('ticket').optional(),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  originals: z.literal('shown').optional(),
});
const filed = numbered.extend({ file: z.uuid() });

/** A ticket's page, live: its facts and buttons, its whole history, and where to answer. */
export function ticketRoutes(app: FastifyInstance, visitors: Visitors, reads: Reads): void {
  app.get('/tickets/:ticket', async (request, reply) => {
    const visitor = await visitors.signedIn(request);
    const params = numbered.safeParse(request.params);
    const { part, before, originals } = checked(shownPart, request.query);
    const asked = { before: before ?? null, originals: originals === 'shown' };
    const ticket = params.success ? await reads.ticket(visitor.viewer.person, params.data.ticket, asked) : null;
    if (ticket === null) throw notFound();
    if ('mergedInto' in ticket) return reply.redirect(`/tickets/${ticket.mergedInto}`, 303);
    const reader = { zone: visitor.viewer.zone, now: new Date() };
    const acts = encodeURI(`/c/@${visitor.viewer.handle}`);
    const live = <LiveTicket ticket={ticket} acts={acts} reader={reader} before={before} />;
    return sendPage(
      reply,
      part === 'ticket' ? (
        live
      ) : (
        <TicketPage visitor={visitor} ticket={ticket} acts={acts} live={live} before={before} />
      ),
    );
  });

  app.get('/tickets/:ticket/files/:file', async (request, reply) => {
    const { viewer } = await visitors.signedIn(request);
    const { ticket, file: id } = checked(filed, request.params);
    const file = await reads.file(viewer.person, ticket, id);
    if (file === null) throw notFound();
    return sendFile(reply, viewer.person, file);
  });
}

function TicketPage({
  visitor,
  ticket,
  acts,
  live,
  before,
}: {
  visitor: SignedIn;
  ticket: TicketData;
  acts: string;
  live: Html;
  before: number | undefined;
}): Html {
  const { card, rights } = ticket;
  const title = `#${card.ticket} ${card.subject}`;
  return (
    <Page
      title={title}
      visitor={visitor}
      current="none"
      page={randomUUID()}
      follows={{ ticket: `${card.ticket}` }}
      acts={acts}
    >
      <main id="content" class="ticket-page">
        <h1 class="visually-hidden">{esc(title)}</h1>
        <Refreshed
          part="ticket"
          url={`/tickets/${card.ticket}?part=ticket${before === undefined ? '' : `&before=${before}`}${ticket.originals === 'shown' ? '&originals=shown' : ''}`}
          delayMs={50}
        >
          {live}
        </Refreshed>
        <ul id="answers" class="messages" aria-label="Answers" />
        {rights.has('ReplyToTicket') ? <Writer acts={acts} verb="reply" ticket={card.ticket} /> : null}
        {rights.has('CommentOnTicket') ? <Writer acts={acts} verb="comment" ticket={card.ticket} /> : null}
      </main>
    </Page>
  );
}

function LiveTicket({
  ticket,
  acts,
  reader,
  before,
}: {
  ticket: TicketData;
  acts: string;
  reader: Reader;
  before: number | undefined;
}): Html {
  const { card, rights, history, older } = ticket;
  const pressed = { to: `${acts}/press`, message: null };
  return (
    <div id="ticket">
      <Card
        id={`card-${card.ticket}`}
        card={{ ...card, excerpt: [] }}
        rights={rights}
        pressed={pressed}
        reader={reader}
      />
      <h2>History</h2>
      <Originals ticket={ticket} before={before} />
      {older === null ? null : (
        <p class="history-part">
          <a href={`/tickets/${card.ticket}?before=${older}`}>Show older entries</a>
        </p>
      )}
      <ol class="history">
        {history.map((line, index) => (
          <li>
            <Line id={`line-${index}`} line={line} pressed={pressed} reader={reader} />
          </li>
        ))}
      </ol>
      {before === undefined ? null : (
        <p class="history-part">
          <a href={`/tickets/${card.ticket}`}>Back to the newest entries</a>
        </p>
      )}
    </div>
  );
}

/** The way to texts as they were before they were edited or deleted, and back. */
function Originals({ ticket, before }: { ticket: TicketData; before: number | undefined }): Html {
  if (ticket.originals === null) return '';
  const shown = ticket.originals === 'shown';
  const asked = new URLSearchParams({
    ...(before === undefined ? {} : { before: `${before}` }),
    ...(shown ? {} : { originals: 'shown' }),
  });
  return (
    <p class="history-part">
      <a href={`/tickets/${ticket.card.ticket}?${asked}`}>
        {shown ? 'Show texts as they are now' : 'Show original texts'}
      </a>
    </p>
  );
}

const writers = {
  reply: { label: 'Reply', hint: 'The requestor sees this.', send: 'Send reply' },
  comment: { label: 'Comment', hint: 'Only staff see this.', send: 'Add comment' },
} as const;

/** Where something is written to a ticket: the same answers that the form of the button would bring. */
function Writer({ acts, verb, ticket }: { acts: string; verb: keyof typeof writers; ticket: number }): Html {
  const { label, hint, send } = writers[verb];
  return (
    <form
      class={`writer ${verb}`}
      method="post"
      action={`${acts}/submit`}
      hx-post={`${acts}/submit`}
      hx-swap="none"
      hx-sync="this:drop"
    >
      <input type="hidden" name="command" value={`${verb} ${ticket}`} />
      <input type="hidden" name="back" value={`/tickets/${ticket}`} />
      <label for={`write-${verb}`}>
        {verb === 'comment' ? <Icon name="lock" /> : null}
        {label} <small>{hint}</small>
      </label>
      <textarea id={`write-${verb}`} name="answer.text" rows="3" required />
      <button type="submit" class={verb === 'reply' ? 'primary' : 'plain'}>
        {send}
      </button>
    </form>
  );
}

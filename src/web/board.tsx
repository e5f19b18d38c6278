import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BoardData, Reads } from '../desk/reads.ts';
import { esc, type Html, sendPage } from './html.ts';
import { Page } from './layout.tsx';
import { Refreshed } from './refreshed.tsx';
import { checked } from './refusal.ts';
import type { Reader } from './text.tsx';
import { TicketRows } from './views.tsx';
import type { SignedIn, Visitors } from './visitors.ts';

const narrowed = z.object({
  queue: z.string().max(100).optional(),
  status: z.string().max(100).optional(),
  part: z.literal('board').optional(),
});

/** The board: tickets by queue and status. `?queue=` and `?status=` narrow it; `?part=board` gives what changes on it. */
export function boardRoutes(app: FastifyInstance, visitors: Visitors, reads: Reads): void {
  app.get('/board', async (request, reply) => {
    const visitor = await visitors.signedIn(request);
    const { queue = null, status = null, part } = checked(narrowed, request.query);
    const board = await reads.board(visitor.viewer.person, { queue, status });
    const reader = { zone: visitor.viewer.zone, now: new Date() };
    const live = <LiveBoard board={board} only={{ queue, status }} reader={reader} />;
    return sendPage(
      reply,
      part === 'board' ? live : <BoardPage visitor={visitor} only={{ queue, status }} live={live} />,
    );
  });
}

type Only = { readonly queue: string | null; readonly status: string | null };

function BoardPage({ visitor, only, live }: { visitor: SignedIn; only: Only; live: Html }): Html {
  const acts = encodeURI(`/c/@${visitor.viewer.handle}`);
  return (
    <Page
      title="Board"
      visitor={visitor}
      current="board"
      page={randomUUID()}
      follows={{ board: '1', ...given(only) }}
      acts={acts}
    >
      <main id="content" class="board">
        <h1>Board</h1>
        <Refreshed part="board" url={address({ ...only, part: 'board' })} delayMs={200}>
          {live}
        </Refreshed>
        <ul id="answers" class="messages" aria-label="Answers" />
      </main>
    </Page>
  );
}

function LiveBoard({ board, only, reader }: { board: BoardData; only: Only; reader: Reader }): Html {
  return (
    <div id="board">
      <QuickSearch queues={board.queues} only={only} />
      {board.groups.length === 0 ? (
        <div class="onboarding shown">
          <h2>{board.queues.length === 0 ? 'No queue is open to you' : 'Nothing to do here'}</h2>
          <p>
            {only.queue === null && only.status === null
              ? 'Tickets show up here as soon as there are any that you may see.'
              : 'No ticket matches. '}
            {only.queue === null && only.status === null ? null : <a href="/board">Show the whole board</a>}
          </p>
        </div>
      ) : (
        board.groups.map((group) => <Group group={group} reader={reader} />)
      )}
    </div>
  );
}

/** RT's quick search: queues down, statuses across, each number a link to those tickets. */
function QuickSearch({ queues, only }: { queues: BoardData['queues']; only: Only }): Html {
  const statuses = columns(queues);
  const current = (queue: string | null, status: string | null): 'page' | undefined =>
    queue === only.queue && status === only.status ? 'page' : undefined;
  return (
    <div class="quick-search">
      <table>
        <caption class="visually-hidden">Tickets by queue and status</caption>
        <thead>
          <tr>
            <th scope="col">
              <a href="/board" aria-current={current(null, null)}>
                All queues
              </a>
            </th>
            {statuses.map((status) => (
              <th scope="col">
                <a href={esc(address({ queue: null, status }))} aria-current={current(null, status)} safe>
                  {status}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map(({ name, description, counts }) => (
            <tr>
              <th scope="row">
                <a
                  href={esc(address({ queue: name, status: null }))}
                  aria-current={current(name, null)}
                  title={esc(description)}
                  safe
                >
                  {name}
                </a>
              </th>
              {statuses.map((status) => {
                const found = counts.find((one) => one.status === status);
                if (found === undefined) return <td class="none">–</td>;
                return (
                  <td class={found.count === 0 ? 'zero' : found.kind}>
                    <a
                      href={esc(address({ queue: name, status }))}
                      aria-current={current(name, status)}
                      aria-label={esc(`${name}, ${status}: ${found.count}`)}
                    >
                      {found.count}
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The statuses to show: those of work, and of ended work the first of each lifecycle and those that have tickets. */
function columns(queues: BoardData['queues']): readonly string[] {
  const shown = queues.flatMap(({ counts }) => {
    const ended = counts.find(({ kind }) => kind === 'inactive');
    return counts.filter((one) => one.kind !== 'inactive' || one === ended || one.count > 0);
  });
  return [...new Set(shown.map(({ status }) => status))];
}

function Group({ group, reader }: { group: BoardData['groups'][number]; reader: Reader }): Html {
  const more = group.total - group.rows.length;
  return (
    <section class="group" aria-label={esc(`${group.queue}, ${group.status}`)}>
      <h2>
        <span safe>{group.queue}</span>
        <span class={`status ${group.kind} is-${esc(group.status.replaceAll(/\W/g, '-'))}`} safe>
          {group.status}
        </span>
        <small>{group.total}</small>
      </h2>
      <TicketRows rows={group.rows} reader={reader} grouped />
      {more > 0 ? <p class="more-rows">{`and ${more} more`}</p> : null}
    </section>
  );
}

function address(query: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams(given(query));
  return search.size === 0 ? '/board' : `/board?${search}`;
}

function given(query: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]])),
  );
}

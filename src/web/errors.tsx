import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TookTooLong } from '../store/pool.ts';
import { type Html, sendPage } from './html.ts';
import { Shell } from './layout.tsx';
import { HttpRefusal, notFound } from './refusal.ts';
import { admit, type Bound } from './security.ts';

/** What Fastify refuses by itself, in words for people. */
const words: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE:
    'That is more than Docket reads at once. A message holds at most 20,000 characters: send less, or attach it as a file.',
  FST_REQ_FILE_TOO_LARGE: 'A file may have at most 10 MB. Nothing was sent.',
  FST_PARTS_LIMIT: 'That form has too many parts. Nothing was sent.',
  FST_FIELDS_LIMIT: 'That form has too many fields. Nothing was sent.',
  FST_FILES_LIMIT: 'A message may carry at most 10 files. Nothing was sent.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send a form or JSON.',
};

/** Answers every error: people get a page, scripts get `{ "error": … }`. What is our own fault tells nothing of itself. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => tell(request, reply, notFound()));
  app.setErrorHandler((error: FastifyError | HttpRefusal | TookTooLong, request, reply) => {
    if (error instanceof HttpRefusal) return tell(request, reply, error);
    if (error instanceof TookTooLong) return tell(request, reply, new HttpRefusal(503, error.message));
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const known = words[error.code] ?? 'Docket could not read that. Reload the page and try again.';
      return tell(request, reply, new HttpRefusal(status, known));
    }
    const { method, routeOptions } = request;
    request.log.error({ err: error, method, route: routeOptions.url }, 'a request failed');
    return tell(request, reply, new HttpRefusal(500, 'Something went wrong on our side. Try again in a moment.'));
  });
}

/** Answers an address that no route can be found for, because it is malformed: Fastify runs no hook before it. */
export function answerBadAddress(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  bound: Bound,
): void {
  const refusal = admit(request, reply, bound) ?? new HttpRefusal(error.statusCode ?? 400, malformed);
  tell(request, reply, refusal).catch((reason: unknown) => {
    request.log.error({ err: reason }, 'a malformed address could not be answered');
    reply.raw.destroy();
  });
}

const malformed = 'That address is malformed. Check it, or start from the first page.';

/** Bytes of a refused request that are read so that its sender gets the answer. */
const discarded = 2 * 1024 * 1024;

async function tell(request: FastifyRequest, reply: FastifyReply, refusal: HttpRefusal): Promise<FastifyReply> {
  reply.code(refusal.statusCode).header('cache-control', 'no-store');
  if (!request.raw.complete) {
    // A connection that is closed on what was not read can take the refusal with it. Node reads the rest and throws it away;
    // of what is too much for that, nothing is read.
    if (Number(request.headers['content-length'] ?? Infinity) <= discarded) reply.removeHeader('connection');
    else reply.header('connection', 'close');
  }
  const wantsPage = request.headers.accept?.includes('text/html') === true && request.headers['x-docket'] === undefined;
  if (!wantsPage) return reply.send({ error: refusal.message });
  if (refusal.statusCode === 401) return reply.redirect('/sign-in', 303);
  return sendPage(reply, <ErrorPage refusal={refusal} />);
}

function ErrorPage({ refusal }: { refusal: HttpRefusal }): Html {
  const title = refusal.statusCode === 404 ? 'Not found' : refusal.statusCode >= 500 ? 'Out of order' : 'Not done';
  return (
    <Shell title={title}>
      <main class="lone">
        <h1>{title}</h1>
        <p safe>{refusal.message}</p>
        <p>
          <a class="button" href="/">
            Go to Docket
          </a>
        </p>
      </main>
    </Shell>
  );
}

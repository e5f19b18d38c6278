import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { esc, type Html, sendPage } from './html.ts';
import { Shell, SitInForm } from './layout.tsx';
import { checked, HttpRefusal, notFound } from './refusal.ts';
import { openRoute } from './routes.ts';
import { closeSession, openSession, signInName, useSignInLink } from './sessions.ts';
import type { Visitor, Visitors } from './visitors.ts';

const linkAddress = z.object({ token: z.string().regex(/^[\w-]{20,100}$/) });
const seat = z.object({ handle: z.string().min(1).max(100) });

/** Signing in by a one-time link, sitting in as somebody of the sample, and signing out. */
export function signInRoutes(app: FastifyInstance, visitors: Visitors): void {
  const { db } = visitors;

  app.get('/sign-in', async (request, reply) => {
    const visitor = await visitors.visitor(request);
    return visitor.viewer === null ? sendPage(reply, <Welcome visitor={visitor} />) : reply.redirect('/', 303);
  });

  // Looking at the link does not use it up: mail filters and chats that preview addresses look, and never press.
  app.get('/sign-in/:token', async (request, reply) => {
    const { token } = checked(linkAddress, request.params);
    const name = await signInName(db, token);
    if (name === null) throw usedUp();
    return sendPage(reply, <Confirm token={token} name={name} />);
  });

  app.post('/sign-in/:token', openRoute, async (request, reply) => {
    const { token } = checked(linkAddress, request.params);
    const signedIn = await useSignInLink(db, token);
    if (signedIn === null) throw usedUp();
    const before = visitors.token(request);
    if (before !== null) await closeSession(db, before);
    visitors.remember(reply, await openSession(db, signedIn.person, false));
    request.log.info({ person: signedIn.handle, address: request.ip }, 'signed in with a link');
    return reply.redirect('/', 303);
  });

  // Whoever opens the address that was printed at the start can sit in from then on, with this browser.
  app.get('/sit-in', async (request, reply) => {
    const { key } = checked(z.object({ key: z.string().max(100) }), request.query);
    if (!visitors.unlock(request, reply, key)) throw oldKey();
    return reply.redirect('/sign-in', 303);
  });

  app.post('/sit-in', openRoute, async (request, reply) => {
    const { menu } = await visitors.visitor(request);
    if (menu.length === 0) throw notFound();
    const { handle } = checked(seat, request.body);
    if (!menu.some((person) => person.handle === handle)) throw notFound();
    const { rows } = await db.query<{ id: number }>('select id from people where name = $1 and active', [handle]);
    const [person] = rows;
    if (person === undefined) throw notFound();
    const before = visitors.token(request);
    if (before !== null) await closeSession(db, before);
    visitors.remember(reply, await openSession(db, person.id, true));
    request.log.info({ person: handle, address: request.ip }, 'sat in from the sample menu');
    return reply.redirect(backTo(request.headers.referer), 303);
  });

  app.post('/sign-out', openRoute, async (request, reply) => {
    const { viewer } = await visitors.visitor(request);
    const token = visitors.token(request);
    if (token !== null) await closeSession(db, token);
    if (viewer !== null) request.log.info({ person: viewer.handle, address: request.ip }, 'signed out');
    visitors.forget(reply);
    return reply.redirect('/sign-in', 303);
  });
}

function oldKey(): HttpRefusal {
  return new HttpRefusal(
    404,
    'That is not the address of the sample that runs now. Each start prints a new one: open that, on the same machine.',
  );
}

function usedUp(): HttpRefusal {
  return new HttpRefusal(
    404,
    'This sign-in link has been used, or is too old. Links work once, within 24 hours. Ask for a new one.',
  );
}

/** Whoever sits in stays where they were, if that is a place that the next person may well see. */
function backTo(referer: string | undefined): string {
  const path = referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname : '/';
  if (/^\/c\/[a-z0-9-]+$/.test(path)) return `${path}?or=home`;
  return /^\/(board|tickets\/\d+)$/.test(path) ? path : '/';
}

function Welcome({ visitor }: { visitor: Visitor }): Html {
  return (
    <Shell title="Sign in">
      <main class="lone">
        <h1>Docket</h1>
        {visitor.menu.length > 0 ? (
          <>
            <p>
              This is the sample desk. Choose whose chair you take; you can change it at any time, at the top right.
            </p>
            <h2>Sit in as</h2>
            <SitInForm menu={visitor.menu} current={null} />
          </>
        ) : visitor.locked ? (
          <p>
            This is the sample desk. To sit in as one of its people, open the address that Docket printed when it
            started. Or sign in with a one-time link:
          </p>
        ) : (
          <p>You sign in with a one-time link. Ask your administrator for one: they get it with</p>
        )}
        {visitor.menu.length > 0 ? null : (
          <pre>
            <code>npx docket sign-in NAME</code>
          </pre>
        )}
      </main>
    </Shell>
  );
}

function Confirm({ token, name }: { token: string; name: string }): Html {
  return (
    <Shell title="Sign in">
      <main class="lone">
        <h1>Docket</h1>
        <p>
          This link signs you in as <strong safe>{name}</strong>, once.
        </p>
        <form method="post" action={`/sign-in/${esc(token)}`}>
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
      </main>
    </Shell>
  );
}

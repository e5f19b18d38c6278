import type { Children } from '@kitajs/html';
import { esc, type Html } from './html.ts';
import type { SamplePerson, SignedIn } from './visitors.ts';

/** The frame of every page: what stands in `<head>`, and an empty body. */
export function Shell({
  title,
  body = {},
  children,
}: {
  title: string;
  body?: Readonly<Record<string, string>>;
  children: Children;
}): Html {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{esc(title)} · Docket</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={esc(htmxConfig)} />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        {styles.map((name) => (
          <link rel="stylesheet" href={`/assets/${name}.css`} />
        ))}
        <script src="/assets/htmx.js" defer />
        <script src="/assets/main.js" type="module" />
      </head>
      <body attrs={body}>{children}</body>
    </html>
  );
}

const styles = ['base', 'controls', 'header', 'tickets', 'message', 'composer', 'chat', 'board'];

/** Without eval and inline styles, which the content security policy refuses. */
const htmxConfig = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  defaultSettleDelay: 0,
  selfRequestsOnly: true,
});

export interface PageProps {
  readonly title: string;
  readonly visitor: SignedIn;
  readonly current: 'chat' | 'board' | 'none';
  /** Names this page among all that are open: what is answered to it alone finds it by this. */
  readonly page: string;
  /** What this page follows: the search part of the address of its event stream. */
  readonly follows: Readonly<Record<string, string>>;
  /** Where its buttons and forms are sent. */
  readonly acts: string;
  readonly children: Children;
}

/** A page for someone who is signed in: the header with its navigation, who they are, and below it the content. */
export function Page({ title, visitor, current, page, follows, acts, children }: PageProps): Html {
  const { viewer, menu } = visitor;
  const stream = `/events?${new URLSearchParams({ ...follows, page, as: viewer.handle })}`;
  const body = { 'data-page': page, 'data-as': esc(viewer.handle), 'data-stream': esc(stream), 'data-acts': esc(acts) };
  return (
    <Shell title={title} body={body}>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="top">
        <a class="brand" href="/">
          <span class="brand-mark" aria-hidden="true" />
          <span class="brand-name">Docket</span>
        </a>
        <nav aria-label="Main">
          <a href="/" aria-current={current === 'chat' ? 'page' : undefined}>
            Chat
          </a>
          <a href="/board" aria-current={current === 'board' ? 'page' : undefined}>
            Board
          </a>
        </nav>
        <p class="connection" role="status" id="connection" hidden>
          Reconnecting…
        </p>
        <div class="me">
          {menu.length > 0 ? <SitIn menu={menu} current={viewer.handle} /> : null}
          <span class="me-name">
            <Avatar person={viewer.person} name={viewer.name} />
            <span class="me-words" safe>
              {viewer.name}
            </span>
          </span>
          <form method="post" action="/sign-out">
            <button class="quiet" type="submit">
              Sign out
            </button>
          </form>
        </div>
      </header>
      {children}
      <div id="dialogs" />
      <div id="toasts" role="alert" />
    </Shell>
  );
}

function SitIn({ menu, current }: { menu: readonly SamplePerson[]; current: string }): Html {
  return (
    <div class="menu sit-in">
      <button type="button" id="sit-in" data-menu aria-expanded="false" aria-haspopup="true">
        Sit in as
      </button>
      <div class="menu-items" hidden>
        <SitInForm menu={menu} current={current} />
      </div>
    </div>
  );
}

/** The sample's people, each with a button that signs in as them. */
export function SitInForm({ menu, current }: { menu: readonly SamplePerson[]; current: string | null }): Html {
  return (
    <form method="post" action="/sit-in" class="people" aria-label="Sit in as">
      {menu.map(({ handle, name, about }) => (
        <button type="submit" name="handle" value={esc(handle)} aria-current={handle === current ? 'true' : undefined}>
          <span safe>{name}</span> <small safe>{about}</small>
        </button>
      ))}
    </form>
  );
}

/** Somebody's initials on a colour of their own. */
export function Avatar({ person, name }: { person: number; name: string }): Html {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  return (
    <span class={`avatar hue-${person % 8}`} aria-hidden="true" safe>
      {initials.toUpperCase()}
    </span>
  );
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import './routes.ts';
import { HttpRefusal } from './refusal.ts';
import { type Bound, isLocal } from './security.ts';
import { type Viewer, viewerOf } from './sessions.ts';

/** Someone of the sample configuration, as the menu shows them. */
export interface SamplePerson {
  readonly handle: string;
  readonly name: string;
  /** What they are: "operator", "requestor". */
  readonly about: string;
}

/** Who asks, and whom they may sit in as: nobody, wherever the sample's menu does not exist. */
export interface Visitor {
  readonly viewer: Viewer | null;
  readonly menu: readonly SamplePerson[];
  /** The menu exists here, but its key is missing. */
  readonly locked: boolean;
}

export interface SignedIn extends Visitor {
  readonly viewer: Viewer;
}

/** Recognises who is behind a request, by the session in its cookie. */
export class Visitors {
  private readonly cookieName: string;
  /** Sessions that are being looked up. */
  private readonly asked = new Map<string, Promise<Viewer | null>>();
  /** Who was found to be behind a request that is being answered. */
  private readonly known = new WeakMap<FastifyRequest, Promise<SignedIn>>();

  constructor(
    readonly db: Pool,
    private readonly bound: Bound,
    /** The people of the sample configuration, and the key to sit in as them; null with any other. */
    private readonly sample: { readonly people: readonly SamplePerson[]; readonly key: string } | null,
  ) {
    // The prefix makes browsers refuse such a cookie from a neighbouring site of the same domain.
    this.cookieName = this.overTls() ? '__Host-docket_session' : 'docket_session';
  }

  /** Refuses whoever is not signed in before anything of what they send is read. Routes that are `open` check by themselves. */
  guard(app: FastifyInstance): void {
    app.addHook('onRequest', async (request) => {
      if (readOnly.has(request.method) || request.routeOptions.config.open === true) return;
      await this.signedIn(request);
    });
  }

  async visitor(request: FastifyRequest): Promise<Visitor> {
    const sample = isLocal(request, this.bound) ? this.sample : null;
    const token = this.token(request);
    // Who sat in with the key of an earlier start stays where they are; the menu is for who has the present one.
    const viewer = token === null ? null : await this.viewer(token, sample !== null);
    const hasKey = sample !== null && same(request.cookies[keyCookie] ?? '', sample.key);
    return { viewer, menu: hasKey ? sample.people : [], locked: sample !== null && !hasKey };
  }

  /**
   * The same, for what only people who are signed in may do. Refuses everyone else, and a page that was drawn for
   * another person than the one who is signed in by now: they would act under the wrong name.
   */
  signedIn(request: FastifyRequest): Promise<SignedIn> {
    const known = this.known.get(request);
    if (known !== undefined) return known;
    const asked = this.recognise(request);
    this.known.set(request, asked);
    return asked;
  }

  /** The same once more, for an answer that goes on for long. */
  signedInStill(request: FastifyRequest): Promise<SignedIn> {
    return this.recognise(request);
  }

  private async recognise(request: FastifyRequest): Promise<SignedIn> {
    const { viewer, ...rest } = await this.visitor(request);
    if (viewer === null) throw new HttpRefusal(401, 'You are not signed in, or no longer. Sign in and try again.');
    const drawnFor = request.headers['x-docket-as'];
    if (drawnFor !== undefined && drawnFor !== viewer.handle) {
      throw new HttpRefusal(409, `You are now signed in as ${viewer.name}. Reload this page first.`);
    }
    return { viewer, ...rest };
  }

  /** Remembers the key to the sample's menu in the browser. Gives whether it is the right one, and the menu exists here. */
  unlock(request: FastifyRequest, reply: FastifyReply, key: string): boolean {
    if (this.sample === null || !isLocal(request, this.bound) || !same(key, this.sample.key)) return false;
    reply.setCookie(keyCookie, key, { path: '/', httpOnly: true, sameSite: 'lax' });
    return true;
  }

  /** Whose session it is. Requests that ask at the same time share the answer: many from one browser take one statement. */
  private viewer(token: string, menu: boolean): Promise<Viewer | null> {
    const key = `${menu} ${token}`;
    const asked = this.asked.get(key) ?? viewerOf(this.db, token, menu).finally(() => this.asked.delete(key));
    this.asked.set(key, asked);
    return asked;
  }

  token(request: FastifyRequest): string | null {
    return request.cookies[this.cookieName] ?? null;
  }

  remember(reply: FastifyReply, token: string): void {
    reply.setCookie(this.cookieName, token, this.cookie(30 * 24 * 60 * 60));
  }

  forget(reply: FastifyReply): void {
    reply.clearCookie(this.cookieName, this.cookie(0));
  }

  private cookie(maxAge: number) {
    return {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.overTls(),
      maxAge,
    } as const;
  }

  private overTls(): boolean {
    return this.bound.url?.protocol === 'https:';
  }
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

const keyCookie = 'docket_sample_key';
const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

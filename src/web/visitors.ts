import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
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
}

export interface SignedIn extends Visitor {
  readonly viewer: Viewer;
}

const cookieName = 'docket_session';

/** Recognises who is behind a request, by the session in its cookie. */
export class Visitors {
  constructor(
    readonly db: Pool,
    private readonly bound: Bound,
    /** The people of the sample configuration; empty with any other. */
    private readonly sample: readonly SamplePerson[],
  ) {}

  async visitor(request: FastifyRequest): Promise<Visitor> {
    const menu = isLocal(request, this.bound) ? this.sample : [];
    const token = this.token(request);
    const viewer = token === null ? null : await viewerOf(this.db, token, menu.length > 0);
    return { viewer, menu };
  }

  /**
   * The same, for what only people who are signed in may do. Refuses everyone else, and a page that was drawn for
   * another person than the one who is signed in by now: they would act under the wrong name.
   */
  async signedIn(request: FastifyRequest): Promise<SignedIn> {
    const { viewer, menu } = await this.visitor(request);
    if (viewer === null) throw new HttpRefusal(401, 'You are not signed in, or no longer. Sign in and try again.');
    const drawnFor = request.headers['x-docket-as'];
    if (drawnFor !== undefined && drawnFor !== viewer.handle) {
      throw new HttpRefusal(409, `You are now signed in as ${viewer.name}. Reload this page first.`);
    }
    return { viewer, menu };
  }

  token(request: FastifyRequest): string | null {
    return request.cookies[cookieName] ?? null;
  }

  remember(reply: FastifyReply, token: string): void {
    reply.setCookie(cookieName, token, this.cookie(30 * 24 * 60 * 60));
  }

  forget(reply: FastifyReply): void {
    reply.clearCookie(cookieName, this.cookie(0));
  }

  private cookie(maxAge: number) {
    return {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.bound.url?.protocol === 'https:',
      maxAge,
    } as const;
  }
}

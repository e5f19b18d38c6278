import type { Ask } from './request.ts';

/** Does what a request asks for, and gives the answer; null where there is nothing to say (204). */
export type Route = (ask: Ask) => unknown;

/** Routes by method and path, as Discord's description writes them. */
export type Routes = Readonly<Record<string, Route>>;

/** An answer with a status of its own. */
export class Answered {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

import { Refusal } from './refusal.ts';

/** The tokens of the app, and what they are granted. */
export class Tokens {
  #revoked = false;

  constructor(
    readonly bot: string,
    readonly app: string,
    readonly scopes: Set<string>,
  ) {}

  revoke(): void {
    this.#revoked = true;
  }

  restore(): void {
    this.#revoked = false;
  }

  /** @throws Refusal not_authed, invalid_auth, token_revoked, not_allowed_token_type */
  check(token: string, method: string): void {
    if (token === '') throw new Refusal('not_authed');
    if (token !== this.bot && token !== this.app) throw new Refusal('invalid_auth');
    if (this.#revoked && token === this.bot) throw new Refusal('token_revoked');
    if ((token === this.app) !== (method === 'apps.connections.open')) throw new Refusal('not_allowed_token_type');
  }

  /** The bot's token is good, and has the scope. */
  opens(token: string, scope: string): boolean {
    return token === this.bot && !this.#revoked && this.scopes.has(scope);
  }

  /** @throws Refusal missing_scope, unless any of these scopes is granted, or none is needed */
  need(scopes: readonly string[]): void {
    if (scopes.length === 0 || scopes.some((scope) => this.scopes.has(scope))) return;
    throw new Refusal('missing_scope', { needed: scopes.join(','), provided: [...this.scopes].join(',') });
  }
}

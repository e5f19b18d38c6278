import pg from 'pg';

/** What a server may ask of whoever connects, in the words of libpq's `require_auth`. */
type Method = 'none' | 'password' | 'md5' | 'scram-sha-256';

/** The parts of node-postgres' client that decide how it authenticates. They are not in its types. */
interface Authentication {
  readonly connection: NodeJS.EventEmitter;
  _handleAuthCleartextPassword(message: unknown): void;
  _handleAuthMD5Password(message: unknown): void;
  _handleAuthSASLFinal(message: unknown): void;
  _handleReadyForQuery(message: unknown): void;
}

const proto = pg.Client.prototype as unknown as Authentication;

/**
 * A connection to PostgreSQL that never gives its password away: it answers SCRAM only, in which both sides prove that they
 * know the password. node-postgres answers whatever it is asked, so that whoever listens on the port of a server that died
 * would be told the password in clear text.
 *
 * `require_auth` in the connection string changes that, as it does in libpq: `scram-sha-256` also refuses a server that
 * asks for nothing; `password` and `md5` allow what is refused otherwise, for servers that have nothing better.
 *
 * @throws AuthenticationRefused on connecting, where the server asks for something else
 */
export class Client extends pg.Client {
  readonly #allowed: ReadonlySet<string>;
  #proved = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.#allowed = allowedBy(typeof config === 'string' ? config : config?.connectionString);
  }

  // biome-ignore-start lint/style/useNamingConvention: these are the names that node-postgres calls.
  _handleAuthCleartextPassword(message: unknown): void {
    if (this.#permits('password')) proto._handleAuthCleartextPassword.call(this, message);
  }

  _handleAuthMD5Password(message: unknown): void {
    if (this.#permits('md5')) proto._handleAuthMD5Password.call(this, message);
  }

  _handleAuthSASLFinal(message: unknown): void {
    proto._handleAuthSASLFinal.call(this, message);
    // The session is gone once the server has proved that it knows the password; otherwise an error was raised.
    this.#proved = (this as unknown as { saslSession: unknown }).saslSession === null;
  }

  _handleReadyForQuery(message: unknown): void {
    const { _connecting: connecting } = this as unknown as { _connecting: boolean };
    if (connecting && !this.#proved && this.#onlyScram() && !this.#permits('none')) return;
    proto._handleReadyForQuery.call(this, message);
  }
  // biome-ignore-end lint/style/useNamingConvention: as above

  #onlyScram(): boolean {
    return this.#allowed.size === 1 && this.#allowed.has('scram-sha-256');
  }

  #permits(method: Method): boolean {
    if (this.#allowed.has(method)) return true;
    const { connection } = this as unknown as Authentication & { connection: { stream: NodeJS.WritableStream } };
    connection.emit('error', new AuthenticationRefused(method));
    connection.stream.end();
    return false;
  }
}

/** The server asked for the password in a way that would give it away, or did not prove that it knows it. */
export class AuthenticationRefused extends Error {
  override readonly name = 'AuthenticationRefused';

  constructor(method: Method) {
    super(`${asked[method]} ${method === 'none' ? proveIt : useScram}`);
  }
}

const asked: Record<Method, string> = {
  none: 'The server let Docket in without proving that it knows the password.',
  password: 'The server asked for the password in clear text, and Docket did not send it.',
  md5: 'The server asked for the password as an MD5 hash, and Docket did not send it.',
  'scram-sha-256': '',
};
const proveIt = 'Another program may be listening in place of PostgreSQL.';
const useScram =
  'Use scram-sha-256 in pg_hba.conf, and set the password again with password_encryption = scram-sha-256. ' +
  'If the server cannot do that, allow it by require_auth=password,md5 in DATABASE_URL.';

/** Everything but the passwords in a readable form, unless the connection string says otherwise. */
function allowedBy(connectionString: string | undefined): ReadonlySet<string> {
  const asked = /[?&]require_auth=([^&]*)/.exec(connectionString ?? '')?.[1];
  if (asked === undefined) return new Set(['none', 'scram-sha-256']);
  return new Set(
    decodeURIComponent(asked)
      .split(',')
      .map((method) => method.trim()),
  );
}

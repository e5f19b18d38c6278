import { createHmac } from 'node:crypto';
import type { ClientBase } from 'pg';
import { Client } from './client.ts';
import type { Address } from './postmaster.ts';

/** Who made the cluster: a superuser, who keeps house and does nothing else. Its name is older than the plain role. */
export const bootstrapRole = 'docket';

/** Who Docket works as: a plain role, which owns Docket's database and cannot read the server's files or memory. */
export const applicationRole = 'docket_app';

/** Docket's database. */
export const databaseName = 'docket';

/** Where and how to connect to a server of Docket's own. */
export interface Login {
  readonly address: Address;
  /** The password of the bootstrap role, from the file beside the cluster. */
  readonly password: string;
}

/** The address of a database for Docket itself. The server has to prove that it knows the password. */
export function applicationUrl(login: Login, database = databaseName): string {
  return urlOf(login, applicationRole, applicationPassword(login), database);
}

/** The address of a database for what only a superuser may do. */
export function bootstrapUrl(login: Login, database = databaseName): string {
  return urlOf(login, bootstrapRole, login.password, database);
}

function urlOf({ address: { folder, port } }: Login, role: string, password: string, database: string): string {
  const host = folder === null ? '127.0.0.1' : encodeURIComponent(folder);
  return `postgresql://${role}:${password}@${host}:${port}/${database}?require_auth=scram-sha-256`;
}

/** One file to keep for both roles: from this password nobody finds the one that it is made of. */
function applicationPassword({ password }: Login): string {
  return createHmac('sha256', password).update(applicationRole).digest('hex');
}

/** A connection as the bootstrap role. */
export async function connectAsBootstrap(login: Login, database: string): Promise<Client> {
  const client = new Client({
    connectionString: bootstrapUrl(login, database),
    application_name: `docket ${process.pid}`,
    keepAlive: true,
  });
  // Losing the server ends the connection, which whoever uses it learns from the statement.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Makes the plain role where there is none. */
export async function ensureApplicationRole(client: ClientBase, login: Login): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [applicationRole]);
  if (rowCount !== 0) return;
  await client.query(`create role ${applicationRole} login password '${applicationPassword(login)}'`);
}

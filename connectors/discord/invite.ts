import { permissions } from './app.ts';

/**
 * The address by which an administrator of a server invites the bot, with exactly the permissions that it uses.
 *
 * @param app the application's id
 */
export function inviteLink(app: string): string {
  const query = new URLSearchParams({
    client_id: app,
    scope: 'bot applications.commands',
    permissions: String(permissions),
    integration_type: '0',
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The id of the application that a token belongs to: its first part, in base64. Null where it is no token. */
export function applicationOf(token: string): string | null {
  const id = Buffer.from(token.split('.')[0] ?? '', 'base64').toString('latin1');
  return isApplication(id) ? id : null;
}

/** Whether a text can be the id of an application. */
export function isApplication(id: string): boolean {
  return /^\d{15,20}$/.test(id);
}

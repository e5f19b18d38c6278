import { paragraph } from '../../src/ticket/text.ts';
import type { Address, Inbound } from '../connector.ts';
import { answerIn } from './answering.ts';
import type { Channel } from './channels.ts';
import { type Discord, whereIs } from './discord.ts';
import { platform } from './platform.ts';

/** A place, and whether it is to be completed by `enrich`. */
export interface RawPlace {
  readonly where: Address;
  readonly raw?: Record<string, never>;
}

/**
 * Where somebody is, without asking Discord which server somebody belongs to who acts directly: that is left out where it is
 * not known, for an interaction is to be acknowledged within three seconds. Null where Docket does not work.
 *
 * @throws TryLater, Undeliverable where a server's channel has to be asked for
 */
export async function rawPlace(
  discord: Discord,
  at: { guild: string | null | undefined; channel: Channel | string; user: string },
): Promise<RawPlace | null> {
  const { guild, channel, user } = at;
  if (guild) {
    const where = await whereIs(discord, at);
    return where === null ? null : { where };
  }
  const home = discord.people.seenIn(user);
  const id = typeof channel === 'string' ? channel : channel.id;
  const where = { platform, workspace: home ?? '', channel: id, thread: null, direct: true };
  return home === null ? { where, raw: {} } : { where };
}

/**
 * Fills in the server that somebody belongs to who acted directly. Null for those who are in none that Docket serves: they
 * are told so.
 *
 * @throws TryLater, Undeliverable
 */
export async function enrich(discord: Discord, { raw, ...inbound }: Inbound): Promise<Inbound | null> {
  if (raw === undefined) return inbound;
  const home = await discord.people.guildOf(inbound.sender.id);
  if (home !== null) return { ...inbound, where: { ...inbound.where, workspace: home } };
  const text = [paragraph('You are in no server that Docket works in.')];
  const views = [{ view: 'notice', tone: 'refused', text, buttons: [] } as const];
  await answerIn(discord, inbound, { reaction: null, audience: 'author', views, form: null, tickets: [] });
  return null;
}

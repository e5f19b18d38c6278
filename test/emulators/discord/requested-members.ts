import { GatewayIntentBits } from 'discord.js';
import type { Core } from './core.ts';
import type { Session } from './sessions.ts';
import { type Json, textOf, textsOf } from './shapes.ts';
import { fullMemberJson } from './wire.ts';

/** Answers opcode 8 with the members that were asked for: by id, by the beginning of a name, or all with the intent. */
export function requestedMembers({ world }: Core, session: Session, data: Json): void {
  const guild = world.guilds.get(textOf(data['guild_id']));
  if (guild === undefined || !guild.members.has(world.app)) return;
  const { query, user_ids: asked, limit, nonce } = data;
  const ids = typeof asked === 'string' ? [asked] : textsOf(asked);
  const intended = (session.intents & GatewayIntentBits.GuildMembers) !== 0;
  const members = [...guild.members.values()].filter(({ user }) => {
    if (asked !== undefined) return ids.includes(user);
    const { username, globalName } = world.user(user);
    const start = textOf(query).toLowerCase();
    if (start === '') return intended;
    return [username, globalName ?? ''].some((name) => name.toLowerCase().startsWith(start));
  });
  const most = Number(limit) || members.length;
  session.send('GUILD_MEMBERS_CHUNK', {
    guild_id: guild.id,
    members: members.slice(0, most).map((each) => fullMemberJson(world, each)),
    ...{ chunk_index: 0, chunk_count: 1, not_found: ids.filter((id) => !guild.members.has(id)) },
    ...(nonce === undefined ? {} : { nonce }),
  });
}

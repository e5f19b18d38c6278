import type { Client } from '../synapse/client.ts';
import { type Synapse, serverName } from '../synapse/synapse.ts';
import type { Channel } from './user.ts';

const people: Readonly<Record<string, string>> = {
  admin: 'Alex Admin',
  ada: 'Ada Okafor',
  bo: 'Bo Lindqvist',
  sue: 'Sue Tanaka',
  rita: 'Rita Gomez',
  rob: 'Rob Weiss',
};
const everyone = Object.keys(people);
const members: Readonly<Record<Channel, readonly string[]>> = {
  helpdesk: everyone,
  lobby: everyone,
  noc: ['admin', 'ada', 'bo', 'sue'],
  security: ['admin', 'sue'],
};

/** The people and rooms of the scenarios on a homeserver, under names that nobody had there before. */
export interface MatrixWorld {
  readonly bot: Client;
  readonly people: ReadonlyMap<string, Client>;
  readonly rooms: ReadonlyMap<Channel, string>;
}

let worlds = 0;

/** The id of somebody in the newest world. */
export function userId(handle: string): string {
  return `@${handle}${worlds}:${serverName}`;
}

/** Lets the people of the scenarios in; the bot is invited to their rooms. */
export async function openMatrixWorld(synapse: Synapse): Promise<MatrixWorld> {
  worlds += 1;
  const [bot, ...others] = await Promise.all([
    synapse.register(`docket${worlds}`),
    ...Object.entries(people).map(([handle, displayName]) => synapse.register(`${handle}${worlds}`, { displayName })),
  ]);
  const clients = new Map(everyone.flatMap((handle, nth) => (others[nth] ? [[handle, others[nth]] as const] : [])));
  const names = ['helpdesk', 'lobby', 'noc', 'security'] as const;
  const rooms = new Map(
    await Promise.all(names.map(async (name) => [name, await openRoom(name, clients, bot)] as const)),
  );
  await Promise.all([...clients.values()].map((client) => client.listen()));
  return { bot, people: clients, rooms };
}

async function openRoom(name: Channel, clients: ReadonlyMap<string, Client>, bot: Client): Promise<string> {
  const theirs = members[name].flatMap((handle) => clients.get(handle) ?? []);
  const [admin, ...others] = theirs;
  if (admin === undefined) throw new Error(`nobody is in ${name}`);
  const invite = [bot, ...others].map((client) => client.userId);
  const room = await admin.createRoom({ name, preset: 'private_chat', invite });
  for (const client of others) await client.join(room);
  return room;
}

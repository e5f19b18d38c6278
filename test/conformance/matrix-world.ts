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
  const bot = await synapse.register(`docket${worlds}`, { displayName: 'Docket' });
  const clients = new Map<string, Client>();
  for (const [handle, displayName] of Object.entries(people)) {
    clients.set(handle, await synapse.register(`${handle}${worlds}`, { displayName }));
  }
  const rooms = new Map<Channel, string>();
  for (const name of ['helpdesk', 'lobby', 'noc', 'security'] as const) {
    rooms.set(name, await openRoom(name, clients, bot));
  }
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

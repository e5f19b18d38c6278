import { openWire, type Wire } from '../matrix/wire.ts';
import { type Synapse, serverName } from '../synapse/synapse.ts';
import { matrixUser } from './matrix-client.ts';
import { type MatrixWorld, openMatrixWorld, userId } from './matrix-world.ts';
import type { Channel, Platform } from './user.ts';

/** Matrix, as people use it: on a real homeserver, each person at a plain client of their own. */
export function matrixPlatform(synapse: () => Synapse): Platform {
  let world: MatrixWorld | null = null;
  const there = (): MatrixWorld => {
    if (world === null) throw new Error('the rooms are not there yet');
    return world;
  };
  return {
    name: 'matrix',
    lacks: ['held messages', 'own views', 'completion'],
    async prepare() {
      world = await openMatrixWorld(synapse());
    },
    place: (channel) => `matrix:${serverName}/${roomOf(there(), channel)}`,
    account: (handle) => `matrix:${serverName}/${userId(handle)}`,
    settings: '',
    async start(startDocket) {
      const { bot, people, rooms } = there();
      const wire = await openWire(synapse().url);
      const login = { accessToken: bot.accessToken };
      await startDocket({ matrix: { homeserverUrl: wire.url, login, inviters: [] } });
      const [admin] = people.values();
      for (const room of rooms.values()) await admin?.until(() => isIn(admin.state(room, 'm.room.member', bot.userId)));
      return {
        user: (handle) => matrixUser(there(), wire, handle),
        reconnect: () => listensAgain(there(), wire),
        stop: async () => {
          for (const client of people.values()) client.stop();
          await wire.close();
        },
      };
    },
  };
}

function roomOf({ rooms }: MatrixWorld, channel: Channel): string {
  const room = rooms.get(channel);
  if (room === undefined) throw new Error(`there is no room ${channel}`);
  return room;
}

function isIn(member: Readonly<Record<string, unknown>> | null): boolean {
  return member?.['membership'] === 'join';
}

/** Docket hears something again: a state event of no meaning, so that nothing comes of it. */
async function listensAgain({ people, rooms }: MatrixWorld, wire: Wire): Promise<void> {
  const room = rooms.get('security') ?? '';
  const event = await people.get('admin')?.setState(room, 'm.room.topic', { topic: 'Docket is back' });
  if (event !== undefined) await wire.heard(event);
}

import type { MatrixEnvironment } from '../../src/config/matrix.ts';
import { openWire, type Wire } from '../matrix/wire.ts';
import { type Synapse, serverName } from '../synapse/synapse.ts';
import { matrixUser } from './matrix-client.ts';
import { type MatrixWorld, openMatrixWorld, userId } from './matrix-world.ts';
import type { Channel, Platform } from './user.ts';

/** Matrix, with a look behind what people see of it. */
export interface MatrixPlatform extends Platform {
  /** Who and what is there, once it is prepared. */
  world(): MatrixWorld;
  /** Between Docket and the homeserver, once Docket is started. */
  wire(): Wire;
}

/**
 * Matrix, as people use it: on a real homeserver, each person at a plain client of their own.
 *
 * @param settings beside where the homeserver is
 */
export function matrixPlatform(synapse: () => Synapse, settings: Partial<MatrixEnvironment> = {}): MatrixPlatform {
  let world: MatrixWorld | null = null;
  let between: Wire | null = null;
  const there = (): MatrixWorld => {
    if (world === null) throw new Error('the rooms are not there yet');
    return world;
  };
  return {
    world: there,
    wire: () => {
      if (between === null) throw new Error('Docket was not started');
      return between;
    },
    name: 'matrix',
    lacks: ['held messages', 'own views', 'completion', 'typed mentions'],
    async prepare() {
      world = await openMatrixWorld(synapse());
    },
    place: (channel) => `matrix:${serverName}/${roomOf(there(), channel)}`,
    account: (handle) => `matrix:${serverName}/${userId(handle)}`,
    settings: '',
    async start(startDocket) {
      const { bot, people, rooms } = there();
      const wire = await openWire(synapse().url);
      between = wire;
      const login = { accessToken: bot.accessToken };
      await startDocket({
        matrix: { homeserverUrl: wire.url, login, password: null, recoveryKey: null, inviters: [], ...settings },
      });
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

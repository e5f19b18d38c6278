import { z } from 'zod';
import { type Connector, type Door, type Memory, TryLater } from '../connector.ts';
import { answerIn } from './answering.ts';
import { Api } from './api.ts';
import { Attempts } from './attempts.ts';
import { checkUp } from './checkup.ts';
import { Device } from './device.ts';
import { Directs } from './directs.ts';
import { download } from './downloads.ts';
import { erase } from './erasing.ts';
import { serverOf } from './ids.ts';
import { listen } from './listening.ts';
import type { Matrix } from './matrix.ts';
import { membersOf } from './members.ts';
import type { MatrixOptions } from './options.ts';
import { platform } from './platform.ts';
import { edit, fits, membersAmong, post } from './posting.ts';
import { nameAccount } from './profile.ts';
import { setRow } from './reactions.ts';
import { Rooms } from './rooms.ts';
import { Rows } from './rows.ts';
import { SignIn } from './session.ts';
import { Successors } from './successors.ts';

export type { MatrixSettings } from './options.ts';

/** How long to wait before the homeserver is tried again, where it could not be reached at the start. Milliseconds. */
const retryMs = 5_000;

interface Connected {
  readonly matrix: Matrix;
  /** Ends listening here; another process goes on. */
  readonly stopListening: () => Promise<void>;
}

/** Rejects while the homeserver or the database is away. */
async function answers(api: Api, memory: Memory): Promise<void> {
  await api.call({ path: '/client/v3/account/whoami', shape: z.unknown() });
  await memory.load('matrix answers');
}

/**
 * Matrix. It connects as soon as the homeserver can be reached; until then, what is to be told waits. Every process on the
 * database speaks; one of them listens.
 */
export function matrixConnector(options: MatrixOptions): Connector {
  const { settings, memory, log } = options;
  let connected: Connected | null = null;
  let retry: NodeJS.Timeout | null = null;
  const ending = new AbortController();

  function now(): Matrix {
    if (connected === null) throw new TryLater('Docket is not connected to Matrix', null);
    return connected.matrix;
  }

  /** Connects; where the homeserver cannot be reached, or does not let Docket in, it is tried again in a while. */
  async function connect(door: Door): Promise<void> {
    try {
      connected = await open(door);
    } catch (error) {
      log.error({ err: error }, 'Matrix cannot be connected to; it is tried again');
      if (!ending.signal.aborted) retry = setTimeout(() => void connect(door), retryMs);
    }
  }

  async function open(door: Door): Promise<Connected> {
    await options.unlock();
    const signIn = await SignIn.begin(settings, memory);
    const { userId: bot } = signIn.now();
    const api = new Api(settings.homeserverUrl, signIn);
    const rooms = new Rooms(api);
    const isNamed = (room: string) => options.channels.some(({ channel }) => channel === room);
    const successors = new Successors(memory, isNamed);
    const matrix: Matrix = {
      server: serverOf(bot),
      bot,
      api,
      rooms,
      directs: new Directs(bot, api, rooms),
      successors,
      rows: new Rows((room, event, signs) => setRow(matrix, successors.newest(room), event, signs), log),
      device: new Device(async (room) => (await rooms.state(room, 'm.room.encryption')) !== null),
      attempts: new Attempts(() => answers(api, memory), log),
      door,
      options,
      log,
      ending: ending.signal,
    };
    await matrix.successors.load();
    await nameAccount(api, bot, log);
    for (const trouble of await checkUp(matrix)) log.warn(trouble);
    const stopListening = options.alone('matrix sync', (signal) => listen(matrix, () => signIn.now(), signal));
    return { matrix, stopListening };
  }

  return {
    platform,
    capabilities: { buttons: false, forms: false, privateNotices: false, threads: true, edits: true },
    start: (door) => connect(door),
    async stop() {
      ending.abort();
      if (retry !== null) clearTimeout(retry);
      await connected?.stopListening();
      await connected?.matrix.rows.stop();
    },
    post: (to, view, key) => post(now(), to, view, key),
    fits: (line) => fits(options, line),
    edit: (to, message, view) => edit(now(), to, message, view),
    erase: (to, message) => erase(now(), to, message),
    answer: (inbound, answer) => answerIn(now(), inbound, answer),
    async direct(_workspace, person) {
      const matrix = now();
      const channel = await matrix.directs.with(person);
      return { platform, workspace: matrix.server, channel, thread: null, direct: true };
    },
    members: ({ channel }) => membersOf(now(), channel),
    reachedByMention: ({ channel }, accounts) => membersAmong(now(), channel, accounts),
    fetchFile: (ref) => download(now(), ref),
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { run, Logger as WorkerLogger } from 'graphile-worker';
import type { Logger } from 'pino';
import { Allowance, usualLimits } from '../src/desk/allowance.ts';
import type { Desk } from '../src/desk/desk.ts';
import { createDirectory } from '../src/desk/directory.ts';
import { openDoor } from '../src/desk/door.ts';
import { openWorkshop } from '../src/desk/workshop.ts';
import { announce } from '../src/jobs/announce.ts';
import type { Store } from '../src/store/store.ts';
import { workerSchema } from '../src/store/worker-schema.ts';
import { policy, where, words } from './seed.ts';

/** What is measured: a command's way in, and the job that announces it. */
export interface Path {
  /** Resolves when the command on this ticket, by this person, is committed. */
  readonly command: (ticket: number, person: number) => Promise<void>;
  /** Resolves when everything that was committed is announced. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The real way: Docket's own door, inbox, desk, store and announce job; only the platform is missing. */
export async function openPath(store: Store, log: Logger): Promise<Path> {
  const committed = new Map<string, () => void>();
  const desk: Desk = {
    store,
    directory: createDirectory(store),
    policy,
    intakes: [],
    allowance: new Allowance({ ...usualLimits, messagesPerMinute: 1e9, ticketsPerHour: 1e9 }, () =>
      new Date().toISOString(),
    ),
    ticketUrl: null,
    now: () => new Date().toISOString(),
    answer: async (inbound, { reaction }) => {
      if (reaction === '❓') throw new Error('A command of the bench was refused.');
      committed.get(inbound.event)?.();
      committed.delete(inbound.event);
    },
    fetchFile: () => Promise.reject(new Error('The bench sends no files.')),
    membersOf: async () => null,
    reachedByMention: async (_where, accounts) => new Set(accounts),
    enrich: async (inbound) => inbound,
    log,
  };
  const door = openDoor(desk, openWorkshop(desk));
  const worker = await run({
    pgPool: store.pool,
    schema: workerSchema,
    concurrency: 2,
    noHandleSignals: true,
    logger: new WorkerLogger(() => () => undefined),
    taskList: { announce: () => announce(desk) },
  });

  return {
    command: async (ticket, person) => {
      const event = randomUUID();
      const done = new Promise<void>((resolve) => committed.set(event, resolve));
      await door.receive({
        kind: 'command',
        event,
        at: new Date().toISOString(),
        sender: { id: `bench${person}`, name: `Bench ${person}` },
        where,
        answerTo: {},
        line: `comment ${ticket} ${words}`,
      });
      await done;
    },
    settled: async () => {
      while ((await store.pool.query('select from unannounced limit 1')).rowCount !== 0) await setTimeout(5);
    },
    stop: () => worker.stop(),
  };
}

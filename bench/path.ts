import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Logger, run } from 'graphile-worker';
import { announce, announcements } from '../src/store/deliveries.ts';
import type { Store } from '../src/store/store.ts';
import { text } from '../src/ticket/text.ts';
import { channels } from './seed.ts';

/** What is measured: a command's way in, and the job that announces it. */
export interface Path {
  /** Resolves when the command on this ticket is committed. */
  readonly command: (ticket: number) => Promise<void>;
  /** Resolves when everything that was committed is announced. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The way through the store, with a decision that always says yes. */
export async function openPath(store: Store): Promise<Path> {
  const runner = await run({
    pgPool: store.pool,
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: {
      announce: async (payload) => {
        const said = await announcements(store, payload as number[]);
        await announce(
          store,
          said.map(({ ticket, transactions }) => ({
            ticket: ticket.id,
            transaction: transactions.at(-1)?.id ?? 0,
            to: { place: 1 + (ticket.id % channels) },
            part: 'card',
            urgency: 0,
            audience: 'staff',
          })),
        );
        // While this job holds its queue, what is committed gathers in the next one.
        await setTimeout(25);
      },
      deliver: async () => undefined,
    },
  });

  return {
    command: async (id) => {
      const event = randomUUID();
      const where = { platform: 'bench', workspace: 'bench', channel: 'noc', thread: null, direct: false };
      const payload = {
        kind: 'command',
        line: `comment ${id} Rebooted the router, again`,
        sender: { id: 'bench1', name: 'Bench 1' },
        where,
      };
      const kept = await store.keep({ platform: 'bench', workspace: 'bench', event, payload });
      const inbox = kept?.id ?? 0;
      for (;;) {
        const before = (await store.load([id])).get(id);
        if (!before) throw new Error(`There is no ticket ${id}.`);
        const at = new Date().toISOString();
        const change = { type: 'comment', text: text('Rebooted the router, again'), attachments: [] } as const;
        const result = await store.commit({
          inbox,
          command: randomUUID(),
          actor: 2,
          via: 'bench',
          at,
          tickets: [{ before, after: { ...before, updated: at }, changes: [change] }],
          taken: [],
          conversations: [],
        });
        if (result === 'committed') return;
      }
    },
    settled: async () => {
      for (;;) {
        const { rows } = await store.pool.query(
          `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where t.identifier = 'announce' limit 1`,
        );
        if (rows.length === 0) return;
        await setTimeout(5);
      }
    },
    stop: () => runner.stop(),
  };
}

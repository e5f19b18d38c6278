import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..', '..');

/** Docket as a process of its own, as people run it. */
export interface DocketProcess {
  readonly url: string;
  readonly pid: number;
  /** The address, with its key, by which one sits in as somebody of the sample; the plain address with another configuration. */
  readonly entrance: string;
  /** Ends it like the power going off. */
  kill(): Promise<void>;
  /** Ends it in order; gives its exit code. */
  stop(): Promise<number | null>;
}

const asWritten = ['--import', 'tsx', 'src/main.ts'];
/** What `npm start` runs: as it was last built. */
export const asBuilt = ['dist/src/main.js'];

/** The sample configuration, with room for scripts, which type faster than people. */
function roomySample(): string {
  const file = path.join(tmpdir(), `docket-sample-${process.pid}.yaml`);
  const limits = 'limits: { messages per minute: 100000, tickets per hour: 100000 }';
  writeFileSync(file, `${readFileSync(path.join(root, 'docket.yaml'), 'utf8')}\n${limits}\n`);
  return file;
}

/**
 * Starts Docket on a database, with the sample configuration unless `variables` say otherwise; resolves when it says that it
 * is ready.
 */
export async function startProcess(
  databaseUrl: string,
  variables: NodeJS.ProcessEnv = {},
  program: readonly string[] = asWritten,
): Promise<DocketProcess> {
  const sample = { DOCKET_CONFIG: roomySample() };
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...sample,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const entrance = await readyAt(child);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0] as number | null;
  };
  return {
    url: new URL(entrance).origin,
    entrance,
    pid: child.pid ?? 0,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

async function readyAt(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /^Docket is ready at (\S+)/.exec(line);
    if (ready?.[1] !== undefined) {
      child.stdout.resume();
      return ready[1];
    }
  }
  throw new Error('Docket ended before it was ready');
}

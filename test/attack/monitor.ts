import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What was measured in a while: the slowest answer of /healthz, in milliseconds, and the most memory, in MB. */
export interface Measured {
  readonly healthMs: number;
  readonly rssMb: number;
}

/** Looks every 100 ms whether Docket answers, and how much memory it has: from a thread of its own, that nothing else delays. */
export class Monitor {
  private constructor(private readonly worker: Worker) {}

  static async start(url: string, pid: number): Promise<Monitor> {
    const worker = new Worker(code, { eval: true, workerData: { url, pid } });
    await once(worker, 'online');
    return new Monitor(worker);
  }

  /** After so many milliseconds more, what was measured since the last time. An answer that is still out counts as it is. */
  async measure(afterMs: number): Promise<Measured> {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const answer = once(this.worker, 'message');
    this.worker.postMessage('measure');
    return (await answer)[0] as Measured;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

const code = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const http = require('node:http');
let healthMs = 0;
let rssMb = 0;
let asked = null;
function ask() {
  asked = performance.now();
  const answered = () => {
    healthMs = Math.max(healthMs, performance.now() - asked);
    asked = null;
    setTimeout(ask, 100);
  };
  const request = http.get(workerData.url + '/healthz', { agent: false }, (response) => response.resume().on('end', answered));
  request.on('error', () => {
    healthMs = Infinity;
    answered();
  });
}
setInterval(() => {
  const rss = /VmRSS:\\s+(\\d+) kB/.exec(readFileSync('/proc/' + workerData.pid + '/status', 'utf8'));
  if (rss !== null) rssMb = Math.max(rssMb, Number(rss[1]) / 1024);
}, 50);
parentPort.on('message', () => {
  const out = asked === null ? 0 : performance.now() - asked;
  parentPort.postMessage({ healthMs: Math.max(healthMs, out), rssMb });
  healthMs = 0;
  rssMb = 0;
});
ask();
`;

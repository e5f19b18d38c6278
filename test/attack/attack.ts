// `npm run attack`: one person, or nobody in particular, tries to stop a real Docket or to fill its memory. Every attack is
// bounded in count and time and stays on 127.0.0.1. Meanwhile /healthz has to answer within a second, and the process has to
// stay under 400 MB. Prints what it measured; ends with 1 where that does not hold.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sitIn } from '../hostile/person.ts';
import { asBuilt, startProcess } from '../hostile/process.ts';
import { type Attacked, attacks } from './attacks.ts';
import { Monitor } from './monitor.ts';

const most = { healthMs: 1_000, rssMb: 400 };
const folder = path.join(tmpdir(), `docket-attack-${process.pid}`);
const root = path.join(import.meta.dirname, '..', '..');

/** The sample, with a pattern that takes a backtracking engine for ever. */
function attackedConfiguration(): string {
  const sample = readFileSync(path.join(root, 'docket.yaml'), 'utf8');
  const file = path.join(folder, 'docket.yaml');
  const pattern = /circuit: \{ type: text, pattern: '[^']+'/;
  if (!pattern.test(sample)) throw new Error('The sample has no field `circuit` with a pattern any more.');
  writeFileSync(file, sample.replace(pattern, "circuit: { type: text, pattern: '(a+)+b'"));
  return file;
}

await mkdir(folder, { recursive: true });
const config = attackedConfiguration();
const docket = await startProcess('', { DOCKET_DATA: path.join(folder, 'data'), DOCKET_CONFIG: config }, asBuilt);
const failures: string[] = [];
try {
  const [rita, ada] = [await sitIn(docket.entrance, 'rita'), await sitIn(docket.entrance, 'ada')];
  const attacked: Attacked = { url: docket.url, rita, ada };
  const monitor = await Monitor.start(docket.url, docket.pid);
  await monitor.measure(1_000);
  for (const { name, attack } of attacks) {
    const began = performance.now();
    const { failed, said } = await attack(attacked).then(
      (words) => ({ failed: false, said: words }),
      (error: unknown) => ({ failed: true, said: String(error) }),
    );
    // What was begun goes on for a moment.
    const { healthMs, rssMb } = await monitor.measure(1_000);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const bad = failed || healthMs > most.healthMs || rssMb > most.rssMb;
    if (bad) failures.push(name);
    console.log(
      `${bad ? 'FAILED' : 'held  '}  ${name.padEnd(44)} ${seconds.padStart(5)} s  /healthz ${Math.round(healthMs)
        .toString()
        .padStart(5)} ms  RSS ${Math.round(rssMb).toString().padStart(4)} MB  ${said}`,
    );
  }
  await monitor.stop();
} finally {
  if ((await Promise.race([docket.stop(), new Promise((resolve) => setTimeout(resolve, 20_000, 'late'))])) === 'late') {
    failures.push('ending in order');
    await docket.kill();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
console.log(failures.length === 0 ? 'All attacks held.' : `Failed: ${failures.join(', ')}.`);
process.exit(failures.length === 0 ? 0 : 1);

import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems give ports from here on to whoever asks for any: to the many connections of other tests, too. */
const givenToAnybody = 32_768;
const first = 20_000;

/**
 * A port of this machine for a server that comes up later, or that goes away and comes back: meanwhile nobody is given it.
 */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * (givenToAnybody - first));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}

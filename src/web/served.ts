import { memoryIn } from '../store/memory.ts';
import type { Database } from '../store/pool.ts';

const name = 'console address';

/** Notes the address at which the pages are served, for commands that run beside. */
export async function noteServed(db: Database, address: string): Promise<void> {
  await memoryIn(db).save(name, address);
}

/** The address at which pages were last served from this database, without a slash at its end; null when never. */
export async function servedAt(db: Database): Promise<string | null> {
  const address = await memoryIn(db).load(name);
  return typeof address === 'string' ? address : null;
}

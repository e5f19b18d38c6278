import { type Database, rows } from './pool.ts';

/** What a connector keeps from one process to the next, by name; plain JSON. */
export interface Memory {
  /** What was saved last; null when nothing was. */
  load(name: string): Promise<unknown>;
  save(name: string, value: unknown): Promise<void>;
}

/** The memory of connectors, in the database: another process that takes over goes on where this one ended. */
export function memoryIn(db: Database): Memory {
  return {
    load: async (name) => {
      const [found] = await rows<{ value: unknown }>(db, 'select value from connector_memory where name = $1', [name]);
      return found?.value ?? null;
    },
    save: async (name, value) => {
      await rows(
        db,
        `insert into connector_memory (name, value) values ($1, $2)
         on conflict (name) do update set value = excluded.value`,
        [name, JSON.stringify(value)],
      );
    },
  };
}

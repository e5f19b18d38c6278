import type { ClientBase } from 'pg';

/** A table, as it is copied. */
export interface Table {
  readonly name: string;
  /** Those that hold something of their own: not those that PostgreSQL generates. */
  readonly columns: readonly string[];
  /** Its primary key: what its rows are ordered by, text by its bytes, so that the order is the same in every database. */
  readonly order: readonly string[];
}

/** Prisma's own history, which every database writes for itself. */
const notCopied = ['_prisma_migrations'];

/**
 * The tables of the schema `public` in an order in which each can be filled after those that it refers to; by name where
 * that leaves a choice.
 *
 * @throws Error where tables refer to each other in a circle
 */
export async function tablesInOrder(client: ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<Table & { refers_to: readonly string[] }>(
    `
    select c.relname as name,
      array(select quote_ident(a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)
        as columns,
      array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
        from pg_index i, unnest(i.indkey) with ordinality k (attnum, nth), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum order by k.nth)
        as "order",
      array(select distinct f.relname::text from pg_constraint r join pg_class f on f.oid = r.confrelid
        where r.conrelid = c.oid and r.contype = 'f' and r.confrelid <> c.oid) as refers_to
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
    order by c.relname collate "C"`,
    [notCopied],
  );
  const left = new Map(rows.map((row) => [row.name, row]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].find((table) => !table.refers_to.some((name) => left.has(name)));
    if (next === undefined) throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    left.delete(next.name);
    const { refers_to: _, ...table } = next;
    ordered.push(table);
  }
  return ordered;
}

/** The rows of a table in their order, as `COPY` writes them. */
export function copyOut({ name, columns, order }: Table): string {
  const sorted = order.length === 0 ? '' : ` order by ${order.join(', ')}`;
  return `copy (select ${columns.join(', ')} from public.${quoted(name)}${sorted}) to stdout`;
}

/** Takes what `copyOut` gave. */
export function copyIn({ name, columns }: Table): string {
  return `copy public.${quoted(name)} (${columns.join(', ')}) from stdin`;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

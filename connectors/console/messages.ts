import type { Pool } from 'pg';
import type { Attachment } from '../../src/ticket/change.ts';
import type { Text } from '../../src/ticket/text.ts';
import type { View } from '../connector.ts';
import type { Released } from './held.ts';
import { type ChatMessage, type Guarded, platform, workspace } from './message.ts';

// The tables of the chat. What is written here is told to every process by triggers on them.

interface Row extends Omit<ChatMessage, 'author' | 'writer' | 'created' | 'changed'> {
  readonly author_id: number;
  readonly handle: string;
  readonly name: string;
  readonly created: Date;
  readonly changed: Date;
}

/** Messages of one thread that the same people may see. */
export interface ThreadCount extends Guarded {
  readonly root: number;
  readonly count: number;
  /** The highest of their numbers. */
  readonly latest: number;
  readonly changed: string;
}

const select = `
  select m.id, m.channel, m.thread_root_id as root, m.author_id, p.name as handle, p.display_name as name, m.text,
    m.source, m.files, m.view, m.tickets, m.staff_only as "staffOnly", m.held, m.created, m.changed,
    m.edited_at is not null as edited, m.deleted_at is not null as deleted,
    coalesce((
      select json_agg(json_build_object('emoji', r.emoji, 'person', r.person_id, 'name', rp.display_name)
                      order by r.emoji, r.person_id)
      from console_reactions r join people rp on rp.id = r.person_id where r.message_id = m.id), '[]') as reactions
  from console_messages m join people p on p.id = m.author_id`;

/** Reads and writes the messages of the chat. Asks nobody's rights. */
export class Messages {
  constructor(private readonly db: Pool) {}

  /** The database's clock: what was changed before is seen by whoever reads after it. */
  async now(): Promise<string> {
    const { rows } = await this.db.query<{ now: Date }>('select clock_timestamp() as now');
    return (rows[0]?.now ?? new Date()).toISOString();
  }

  /** The last messages of a channel's top level, or of a thread; `before` a message, if one is named. Oldest first. */
  async latest(channel: string, root: number | null, before: number | null, limit: number): Promise<ChatMessage[]> {
    const messages = await this.read(
      `${select} where m.channel = $1 and m.thread_root_id is not distinct from $2 and ($3::int is null or m.id < $3)
       order by m.id desc limit $4`,
      [channel, root, before, limit],
    );
    return messages.reverse();
  }

  async byIds(ids: readonly number[]): Promise<ChatMessage[]> {
    return this.read(`${select} where m.id = any($1) order by m.id`, [ids]);
  }

  async byId(id: number): Promise<ChatMessage | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** What a channel's pages may have missed since a moment: a statement can take a while from its clock to its commit. */
  async changedSince(channel: string, since: string, limit: number): Promise<ChatMessage[]> {
    return this.read(
      `${select} where m.channel = $1 and m.changed >= $2::timestamptz - interval '5 seconds' order by m.changed desc limit $3`,
      [channel, since, limit],
    );
  }

  /** The cards in the threads of these messages, oldest first. */
  async cardsIn(roots: readonly number[]): Promise<ChatMessage[]> {
    if (roots.length === 0) return [];
    return this.read(`${select} where m.thread_root_id = any($1) and m.view->>'view' = 'card' order by m.id`, [roots]);
  }

  /** How many messages besides cards are in the threads of these messages, counted by who may see them. */
  async countsIn(roots: readonly number[]): Promise<ThreadCount[]> {
    if (roots.length === 0) return [];
    const { rows } = await this.db.query<Omit<ThreadCount, 'changed'> & { changed: Date }>(
      `select thread_root_id as root, tickets, staff_only as "staffOnly", held, case when held then author_id end as writer,
         count(*)::int as count, max(id) as latest, max(changed) as changed
       from console_messages
       where thread_root_id = any($1) and deleted_at is null and coalesce(view->>'view', '') <> 'card'
       group by 1, 2, 3, 4, 5`,
      [roots],
    );
    return rows.map((row) => ({ ...row, changed: row.changed.toISOString() }));
  }

  /** What a person has not read yet, the newest of each channel up to `limit`, and nothing of their own. */
  async unread(person: number, channels: readonly string[], limit: number): Promise<ChatMessage[]> {
    return this.read(
      `${select} where m.id in (
         select n.id from unnest($2::text[]) as c(channel)
         cross join lateral (
           select id from console_messages m2
           where m2.channel = c.channel and m2.author_id <> $1 and not m2.held and m2.deleted_at is null
             and m2.id > coalesce((select read from console_reads where person_id = $1 and channel = c.channel), 0)
           order by id desc limit $3) n)`,
      [person, channels, limit],
    );
  }

  /** Notes how far a person has read; going back is not noted. */
  async markRead(person: number, channel: string, message: number): Promise<void> {
    await this.db.query(
      `insert into console_reads (person_id, channel, read) values ($1, $2, $3)
       on conflict (person_id, channel) do update set read = excluded.read where console_reads.read < excluded.read`,
      [person, channel, message],
    );
  }

  /** Keeps a message under its key. A second one with the same key is the same message: gives the id of the first. */
  async add(message: {
    key: string;
    channel: string;
    root: number | null;
    author: number;
    text: Text;
    source: string;
    files: readonly Attachment[];
    view: View | null;
    tickets: readonly number[];
    staffOnly: boolean;
    held: boolean;
  }): Promise<number> {
    const { rows } = await this.db.query<{ id: number }>(
      `with added as (
         insert into console_messages
           (key, channel, thread_root_id, author_id, text, source, files, view, tickets, staff_only, held)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (key) do nothing returning id)
       select id from added union all select id from console_messages where key = $1 limit 1`,
      [
        message.key,
        message.channel,
        message.root,
        message.author,
        JSON.stringify(message.text),
        message.source,
        JSON.stringify(message.files),
        message.view === null ? null : JSON.stringify(message.view),
        message.tickets,
        message.staffOnly,
        message.held,
      ],
    );
    // Nothing comes back where another connection added it in the same instant: by now it can be read.
    return rows[0]?.id ?? (await this.byKey(message.key)) ?? this.add(message);
  }

  async byKey(key: string): Promise<number | null> {
    const { rows } = await this.db.query<{ id: number }>('select id from console_messages where key = $1', [key]);
    return rows[0]?.id ?? null;
  }

  /** Puts another view in place of one that Docket posted. Gives whether it is there. */
  async redraw(id: number, view: View, tickets: readonly number[], staffOnly: boolean): Promise<boolean> {
    const { rowCount } = await this.db.query(
      'update console_messages set view = $2, tickets = $3, staff_only = $4 where id = $1 and view is not null',
      [id, JSON.stringify(view), tickets, staffOnly],
    );
    return rowCount === 1;
  }

  /**
   * Lets the others see a message that may have been held back: all of them, or those who may see the tickets.
   *
   * @param ifHeld only where it is held back still: who was let see it since then goes on seeing it
   */
  async release(id: number, { tickets, staffOnly }: Released, ifHeld = false): Promise<void> {
    await this.db.query(
      'update console_messages set held = false, tickets = $2, staff_only = $3 where id = $1 and (held or not $4)',
      [id, tickets, staffOnly, ifHeld],
    );
  }

  /**
   * Releases what was taken up, but whose answer was lost with a process that was killed in between, to those who may see
   * what came of it: that more may read it only the answer knew (held.ts). What was refused stays with its author.
   */
  async releaseTakenUp(): Promise<void> {
    await this.db.query(
      `with taken as (
         select m.message::int as id, array_agg(distinct x.ticket_id) as tickets,
           bool_or(x.staff_only) as staff_only
         from messages m join transactions x on x.id = m.transaction_id
         where m.platform = $1 and m.workspace = $2
           and m.message in (select id::text from console_messages where held)
         group by m.message)
       update console_messages c set held = false, tickets = t.tickets, staff_only = t.staff_only
       from taken t where c.id = t.id and c.held`,
      [platform, workspace],
    );
  }

  async react(id: number, person: number, emoji: string): Promise<void> {
    await this.db.query(
      'insert into console_reactions (message_id, person_id, emoji) values ($1, $2, $3) on conflict do nothing',
      [id, person, emoji],
    );
  }

  async edit(id: number, text: Text, source: string): Promise<void> {
    await this.db.query(
      'update console_messages set text = $2, source = $3, edited_at = now() where id = $1 and deleted_at is null',
      [id, JSON.stringify(text), source],
    );
  }

  /** The words of a deleted message are not kept here; what a ticket's history has of them is the desk's to say. */
  async remove(id: number): Promise<void> {
    await this.db.query(
      `update console_messages set text = '[]', source = '', files = '[]', deleted_at = now()
       where id = $1 and deleted_at is null`,
      [id],
    );
  }

  private async read(sql: string, values: readonly unknown[]): Promise<ChatMessage[]> {
    const { rows } = await this.db.query<Row>(sql, [...values]);
    return rows.map(({ author_id, handle, name, created, changed, ...rest }) => ({
      ...rest,
      author: { person: author_id, handle, name },
      writer: rest.view === null ? author_id : null,
      created: created.toISOString(),
      changed: changed.toISOString(),
    }));
  }
}

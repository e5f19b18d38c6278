import type { Pool } from 'pg';
import type { View } from '../connector.ts';

/** What Docket answered to one page of one person. */
export interface PrivateAnswer {
  readonly id: number;
  readonly page: string;
  readonly channel: string;
  readonly thread: number | null;
  readonly view: View;
  readonly created: string;
}

const columns = 'id, page, channel, thread, view, created, person_id';

/** The private answers: kept until their page has come to fetch them, put away by their reader. */
export class Answers {
  constructor(private readonly db: Pool) {}

  /** Keeps answers for a page, in this order; a trigger tells the process that holds the page's stream. */
  async add(
    to: { person: string; page: string; channel: string; thread: number | null },
    views: readonly View[],
  ): Promise<void> {
    await this.db.query(
      `with old as (delete from console_answers where created < now() - interval '1 hour')
       insert into console_answers (person_id, page, channel, thread, view)
       select p.id, $2, $3, $4, v.view from people p, jsonb_array_elements($5::jsonb) with ordinality as v(view, place)
       where p.name = $1 order by v.place`,
      [to.person, to.page, to.channel, to.thread, JSON.stringify(views)],
    );
  }

  /** The answers that a page of a person still shows, oldest first. */
  async of(person: number, page: string): Promise<PrivateAnswer[]> {
    const { rows } = await this.db.query<Row>(
      `select ${columns} from console_answers where person_id = $1 and page = $2 order by id`,
      [person, page],
    );
    return rows.map(answer);
  }

  /** Certain answers, each with the person it is for. */
  async byIds(ids: readonly number[]): Promise<(PrivateAnswer & { readonly person: number })[]> {
    const { rows } = await this.db.query<Row>(`select ${columns} from console_answers where id = any($1) order by id`, [
      ids,
    ]);
    return rows.map((row) => ({ ...answer(row), person: row.person_id }));
  }

  /** Puts an answer away. Those of others stay. */
  async dismiss(person: number, id: number): Promise<void> {
    await this.db.query('delete from console_answers where id = $1 and person_id = $2', [id, person]);
  }
}

type Row = Omit<PrivateAnswer, 'created'> & { created: Date; person_id: number };

function answer({ person_id: _, created, ...rest }: Row): PrivateAnswer {
  return { ...rest, created: created.toISOString() };
}

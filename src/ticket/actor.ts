import type { PersonId } from './ticket.ts';

/** Who acts: a person with the groups they are in, resolved before anything is decided. */
export interface Actor {
  readonly person: PersonId;
  readonly name: string;
  /** Every group the person is in, also by way of other groups. */
  readonly groups: ReadonlySet<string>;
  /** May do everything everywhere: an administrator, or Docket itself (alarms, rules). */
  readonly superuser: boolean;
  /** IANA zone in which this person's times are read and written. */
  readonly zone: string;
}

import type { House } from './house.ts';
import type { Ability } from './user.ts';

/** What a scenario shows, in a sentence, and the scenario. */
export type Scenarios = Readonly<Record<string, (house: House) => Promise<void>>>;

/** Scenarios about one thing. */
export interface Theme {
  readonly title: string;
  readonly scenarios: Scenarios;
  /** What a scenario takes that a platform may lack; where it does, the scenario is left out. */
  readonly needs?: Readonly<Record<string, Ability>>;
}

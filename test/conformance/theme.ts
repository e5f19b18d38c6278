import type { House } from './house.ts';

/** What a scenario shows, in a sentence, and the scenario. */
export type Scenarios = Readonly<Record<string, (house: House) => Promise<void>>>;

/** Scenarios about one thing. */
export interface Theme {
  readonly title: string;
  readonly scenarios: Scenarios;
}

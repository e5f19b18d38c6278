import { type Refusal, refuse } from '../ticket/refusal.ts';

export interface Help {
  readonly heading: string;
  readonly rows: readonly { readonly syntax: string; readonly summary: string; readonly example: string }[];
}

/** Help on everything (null), a topic, or a verb. Refuses a topic that there is none of, with the nearest one. */
export function help(_topic: string | null): Help | Refusal {
  return refuse('not found', 'Not yet.');
}

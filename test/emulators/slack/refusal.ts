import type { Json } from './shapes.ts';

/** Slack says no, with an error code of the method's page at docs.slack.dev/reference/methods. */
export class Refusal extends Error {
  /** @param more what the answer holds beside `ok` and `error` */
  constructor(
    readonly code: string,
    readonly more: Json = {},
  ) {
    super(code);
  }
}

/** `invalid_arguments` and the like, which say what was wrong in `response_metadata.messages`. */
export function refusedFor(code: string, faults: readonly string[]): Refusal {
  return new Refusal(code, {
    errors: faults,
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
  });
}

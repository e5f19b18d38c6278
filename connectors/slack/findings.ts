import type { Logger } from 'pino';
import { TryLater, Undeliverable } from '../connector.ts';
import { askAdministrator, causeOf } from './failure.ts';

/** What a look at a workspace has found. */
export interface Findings {
  /** What stands in the way, a sentence each with its fix. */
  readonly troubles: readonly string[];
  /** Slack, or the database, had trouble of its own: it is to be asked again soon. */
  readonly again: boolean;
}

export const nothing: Findings = { troubles: [], again: false };

export function together(findings: readonly Findings[]): Findings {
  return { troubles: findings.flatMap(({ troubles }) => troubles), again: findings.some(({ again }) => again) };
}

/**
 * What Slack answers about something that it will not tell, and what an administrator does about it
 * (docs.slack.dev/reference/methods: the errors of conversations.info and usergroups.users.list).
 */
const refusals: Readonly<Record<string, readonly [why: string, fix: string]>> = {
  plan_upgrade_required: [
    'the plan of this workspace has no user groups',
    'Take the user group out of the configuration and name its people instead, or change the plan.',
  ],
  paid_teams_only: [
    'the plan of this workspace has no user groups',
    'Take the user group out of the configuration and name its people instead, or change the plan.',
  ],
  permission_denied: ['the app may not see it', askAdministrator],
  method_deprecated: ['Slack has ended this method', 'Update Docket.'],
};

/**
 * What it means that something about a workspace could not be learned. Whatever Slack answers, what else is to be looked
 * at is not held up by it.
 *
 * @param what of which nothing is known, as the beginning of a sentence: `Who is in the user group S1 is not known`
 */
export function finding(what: string, error: unknown, log: Logger): Findings {
  const code = causeOf(error);
  if (error instanceof Undeliverable) return { troubles: [`${what}: ${error.message}. ${error.mend}`], again: false };
  if (error instanceof TryLater || code === null) {
    log.warn({ err: error }, `${what} for now; Slack is asked again`);
    return { troubles: [], again: true };
  }
  const [why, fix] = refusals[code] ?? [
    `Slack answers \`${code}\``,
    'Look the code up at docs.slack.dev/reference/methods, under the errors of the method.',
  ];
  return { troubles: [`${what}: ${why}. ${fix}`], again: false };
}

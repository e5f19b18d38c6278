import { nextStatuses } from '../ticket/lifecycle.ts';
import type { Lifecycle, StatusKind, StatusVerb } from '../ticket/policy.ts';
import { cite, unknown } from './mistake.ts';
import type { Scope } from './scope.ts';

/** Where each verb of the grammar may lead: "resolve" ends the work, whatever the status is called. */
const leadsTo: Readonly<Record<StatusVerb, readonly StatusKind[]>> = {
  open: ['active'],
  stall: ['active'],
  resolve: ['inactive'],
  reject: ['inactive'],
  reopen: ['initial', 'active'],
  delete: ['inactive'],
};

/** Statuses: that moves and verbs name real ones, and that a ticket can come to each. */
export function checkLifecycles(scope: Scope): void {
  const { file, config } = scope;
  for (const name of Object.keys(file.lifecycles)) {
    const lifecycle = config.policy.lifecycles.get(name);
    if (lifecycle === undefined) continue;
    const namesReal = checkMoves(scope, lifecycle);
    checkVerbs(scope, lifecycle);
    checkKinds(scope, lifecycle);
    // A mistyped move would make all behind it seem out of reach.
    if (namesReal && lifecycle.initial !== '') checkReach(scope, lifecycle);
  }
}

function checkMoves({ file, report }: Scope, { name, statuses }: Lifecycle): boolean {
  const known = [...statuses.map((status) => status.name), '*'];
  const path = ['lifecycles', name, 'moves'];
  let real = true;
  for (const [from, tos] of Object.entries(file.lifecycles[name]?.moves ?? {})) {
    for (const [status, at] of [
      [from, [...path, from]],
      ...Object.keys(tos).map((to) => [to, [...path, from, to]] as const),
    ] as const) {
      if (known.includes(status)) continue;
      report(at, unknown('status', status, known), 'key');
      real = false;
    }
  }
  return real;
}

function checkVerbs({ file, report }: Scope, { name, statuses }: Lifecycle): void {
  for (const [verb, to] of Object.entries(file.lifecycles[name]?.verbs ?? {}) as [StatusVerb, string][]) {
    const path = ['lifecycles', name, 'verbs', verb];
    const status = statuses.find((each) => each.name === to);
    if (status === undefined)
      report(
        path,
        unknown(
          'status',
          to,
          statuses.map((each) => each.name),
        ),
      );
    else if (!leadsTo[verb].includes(status.kind)) {
      report(
        path,
        `${cite(verb)} must lead to a status of the kind ${leadsTo[verb].join(' or ')}; ${cite(to)} is ${status.kind}.`,
      );
    }
  }
}

function checkKinds({ report }: Scope, { name, statuses }: Lifecycle): void {
  for (const kind of ['initial', 'inactive'] as const) {
    if (statuses.some((status) => status.kind === kind)) continue;
    const why = kind === 'initial' ? 'a new ticket has no status' : 'no ticket ever ends';
    report(['lifecycles', name, 'statuses'], `there is no status of the kind ${kind}, so ${why}. Add one.`);
  }
}

function checkReach({ report }: Scope, lifecycle: Lifecycle): void {
  const reached = new Set([lifecycle.initial]);
  for (const status of reached) for (const next of nextStatuses(lifecycle, status)) reached.add(next);
  for (const { name } of lifecycle.statuses) {
    if (reached.has(name)) continue;
    const said = `no move leads from ${cite(lifecycle.initial)} to ${cite(name)}. Add one, or take the status out.`;
    report(['lifecycles', lifecycle.name, 'statuses', name], said, 'key');
  }
}

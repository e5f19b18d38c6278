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
  const { file, config, anyMistake } = scope;
  for (const name of Object.keys(file.lifecycles)) {
    const lifecycle = config.policy.lifecycles.get(name);
    if (lifecycle === undefined) continue;
    checkMoves(scope, name);
    checkVerbs(scope, lifecycle);
    // A mistyped status would be missed, and a mistyped move would make all behind it seem out of reach.
    if (!anyMistake(['lifecycles', name, 'statuses'])) checkKinds(scope, lifecycle);
    if (!anyMistake(['lifecycles', name])) checkReach(scope, lifecycle);
  }
}

function checkMoves({ file, keys, report }: Scope, lifecycle: string): void {
  const known = [...keys('lifecycles', lifecycle, 'statuses'), '*'];
  const check = (status: string, ...path: readonly string[]): void => {
    if (known.includes(status)) return;
    report(['lifecycles', lifecycle, 'moves', ...path, status], () => unknown('status', status, known), 'key');
  };
  for (const [from, tos] of Object.entries(file.lifecycles[lifecycle]?.moves ?? {})) {
    check(from);
    for (const to of Object.keys(tos)) check(to, from);
  }
}

function checkVerbs({ file, keys, report }: Scope, { name, statuses }: Lifecycle): void {
  const known = keys('lifecycles', name, 'statuses');
  for (const [verb, to] of Object.entries(file.lifecycles[name]?.verbs ?? {})) {
    const path = ['lifecycles', name, 'verbs', verb];
    const kinds: readonly StatusKind[] = leadsTo[verb as StatusVerb];
    const status = statuses.find((each) => each.name === to);
    if (!known.includes(to)) report(path, () => unknown('status', to, known));
    else if (status !== undefined && !kinds.includes(status.kind)) {
      const said = `must lead to a status of the kind ${kinds.join(' or ')}; ${cite(to)} is ${status.kind}.`;
      report(path, `${cite(verb)} ${said}`);
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

import { defaultLifecycle } from '../ticket/lifecycle.ts';
import type { Lifecycle, Policy, Queue } from '../ticket/policy.ts';
import type { Channel, Config } from './config.ts';
import { consoleChannel } from './references.ts';
import type { Written } from './schema.ts';

/** The configuration that was written, with its defaults and its names resolved. It has been checked before. */
export function build(written: Written): Config {
  const people = Object.keys(written.people);
  return {
    sample: written.sample,
    url: written.url === null ? null : new URL(written.url),
    people: Object.entries(written.people).map(([name, person]) => ({
      name,
      displayName: person.name,
      email: person.mail,
      zone: person.zone ?? written.zone,
      administrator: person.administrator,
      about: person.about,
    })),
    groups: Object.entries(written.groups).map(([name, members]) => ({
      name,
      people: members.filter((member) => people.includes(member)),
      groups: members.filter((member) => !people.includes(member)),
    })),
    policy: policy(written),
    channels: Object.entries(written.channels).map(([name, channel]) => ({ name, ...channel })),
    intakes: Object.entries(written.queues).flatMap(([queue, { intake }]) =>
      intake.map((place) => ({ queue, ...channelOf(place) })),
    ),
    feeds: Object.entries(written.queues).flatMap(([queue, { feeds }]) =>
      feeds.map(({ place, staff, search }) => ({
        queue,
        ...channelOf(place),
        audience: staff ? ('staff' as const) : ('requestor' as const),
        search,
      })),
    ),
  };
}

function policy(written: Written): Policy {
  const queues = new Map(Object.entries(written.queues).map(([name, queue]) => [name, queueOf(name, queue)]));
  const lifecycles = new Map(Object.entries(written.lifecycles).map(([name, each]) => [name, lifecycleOf(name, each)]));
  return {
    queues,
    lifecycles: new Map([['default', defaultLifecycle], ...lifecycles]),
    defaultQueue: written['default queue'] ?? [...queues.keys()][0] ?? '',
  };
}

function queueOf(name: string, queue: Written['queues'][string]): Queue {
  return {
    name,
    description: queue.description,
    lifecycle: queue.lifecycle,
    priority: queue.priority,
    dueIn: queue['due in'] === null ? null : minutes(queue['due in']),
    rights: queue.rights,
    fields: Object.entries(queue.fields).map(([field, { 'required to resolve': requiredToResolve, ...rest }]) => ({
      name: field,
      ...rest,
      requiredToResolve,
    })),
  };
}

function lifecycleOf(name: string, lifecycle: Written['lifecycles'][string]): Lifecycle {
  const of = (kind: 'initial' | 'active' | 'inactive') => lifecycle[kind].map((status) => ({ name: status, kind }));
  return {
    name,
    statuses: [...of('initial'), ...of('active'), ...of('inactive')],
    initial: lifecycle.initial[0] ?? '',
    moves: lifecycle.moves,
    verbs: lifecycle.verbs,
  };
}

const minutesIn = { m: 1, h: 60, d: 24 * 60 } as const;

/** The minutes of a span such as `4h`. */
function minutes(span: string): number {
  const unit = span.at(-1) as keyof typeof minutesIn;
  return Number(span.slice(0, -1)) * minutesIn[unit];
}

/** The channel of a place as it is written: `console:#noc`, `slack:T123/C456`. */
function channelOf(place: string): Channel {
  const channel = consoleChannel(place);
  if (channel !== null) return { platform: 'console', workspace: 'docket', channel };
  const [platform = '', rest = ''] = split(place, ':');
  const [workspace = '', id = ''] = split(rest, '/');
  return { platform, workspace, channel: id };
}

function split(words: string, separator: string): readonly string[] {
  const index = words.indexOf(separator);
  return [words.slice(0, index), words.slice(index + 1)];
}

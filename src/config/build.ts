import type { FieldDefinition } from '../ticket/field.ts';
import { defaultLifecycle } from '../ticket/lifecycle.ts';
import { type Lifecycle, type Policy, type Queue, type Right, rights } from '../ticket/policy.ts';
import type { Config, ConfiguredFeed, ConsoleChannel, Person } from './config.ts';
import { consoleWorkspace, isOutside, readPlace, readPlatformId } from './place.ts';
import type { ConfigFile } from './schema.ts';

type Wishes<K extends 'people' | 'queues' | 'lifecycles'> = ConfigFile[K][string];

/** Makes a Config of what was written. Names that lead nowhere stay in it, for `check` to find, or are left out. */
export function build(file: ConfigFile): Config {
  const intakes = entries(file.queues).flatMap(([queue, { intake }]) =>
    intake.map(readPlace).flatMap((place) => (typeof place === 'string' ? [] : [{ ...place, queue }])),
  );
  return {
    sample: file.sample,
    zone: file.zone,
    web: { url: file.web.url ?? null },
    people: entries(file.people).map(([name, wishes]) => person(name, wishes)),
    groups: entries(file.groups).map(([name, members]) => ({
      name,
      people: members.filter((member) => member in file.people),
      groups: members.filter((member) => member in file.groups || isOutside(member)),
    })),
    policy: policy(file),
    intakes: intakes.map(({ platform, workspace, channel, queue }) => ({ platform, workspace, channel, queue })),
    feeds: entries(file.queues).flatMap(([queue, { feeds }]) => feeds.flatMap((feed) => configuredFeed(queue, feed))),
    limits: {
      messagesPerMinute: file.limits['messages per minute'],
      ticketsPerHour: file.limits['tickets per hour'],
      uploadsPerDay: file.limits['megabytes per day'] * 1_000_000,
      openPages: file.limits['open pages'],
    },
    channels: entries(file.console.channels).map(
      ([name, { topic, members }]): ConsoleChannel => ({
        name,
        topic,
        members,
        intake: intakes.find(({ platform, channel }) => platform === 'console' && channel === name)?.queue ?? null,
      }),
    ),
  };
}

function person(
  name: string,
  { name: displayName, mail, zone, about, administrator, accounts }: Wishes<'people'>,
): Person {
  return {
    name,
    displayName,
    email: mail ?? null,
    zone: zone ?? null,
    about,
    superuser: administrator,
    // In the console somebody is known by the name that @ names.
    identities: [
      ...accounts.map((account) => readPlatformId(account, 'account')).filter((read) => typeof read !== 'string'),
      { platform: 'console', workspace: consoleWorkspace, id: name },
    ],
  };
}

function policy(file: ConfigFile): Policy {
  const queues = entries(file.queues).map(([name, wishes]) => [name, queue(name, wishes, file.rights)] as const);
  const lifecycles = entries(file.lifecycles).map(([name, wishes]) => [name, lifecycle(name, wishes)] as const);
  return {
    queues: new Map(queues),
    lifecycles: new Map([[defaultLifecycle.name, defaultLifecycle], ...lifecycles]),
    defaultQueue: file['default queue'] ?? queues[0]?.[0] ?? '',
  };
}

function queue(name: string, wishes: Wishes<'queues'>, sets: ConfigFile['rights']): Queue {
  return {
    name,
    description: wishes.description,
    lifecycle: wishes.lifecycle,
    priority: wishes.priority,
    dueIn: wishes['due in'] === undefined ? null : minutes(wishes['due in']),
    fields: entries(wishes.fields).map(
      ([name, field]): FieldDefinition => ({
        name,
        type: field.type,
        values: field.values ?? [],
        pattern: field.pattern ?? null,
        min: field.min ?? null,
        max: field.max ?? null,
        requiredToResolve: field['required to resolve'],
      }),
    ),
    texts: wishes.texts,
    rights: Object.fromEntries(entries(wishes.rights).map(([holder, listed]) => [holder, granted(listed, sets)])),
  };
}

/** The rights of a list in which sets may stand for theirs, each right once. */
function granted(listed: readonly string[], sets: ConfigFile['rights']): readonly Right[] {
  const all = listed.flatMap((each): readonly Right[] => (isRight(each) ? [each] : (sets[each] ?? [])));
  return [...new Set(all)];
}

export function isRight(word: string): word is Right {
  return Object.hasOwn(rights, word);
}

function lifecycle(name: string, { statuses, moves, verbs }: Wishes<'lifecycles'>): Lifecycle {
  const listed = entries(statuses).map(([status, kind]) => ({ name: status, kind }));
  return {
    name,
    statuses: listed,
    initial: listed.find(({ kind }) => kind === 'initial')?.name ?? '',
    moves: entries(moves).flatMap(([from, tos]) => entries(tos).map(([to, right]) => ({ from, to, right }))),
    verbs,
  };
}

function configuredFeed(queue: string, feed: ConfigFile['queues'][string]['feeds'][number]): readonly ConfiguredFeed[] {
  const key = readPlace(feed.place);
  return typeof key === 'string' ? [] : [{ queue, audience: feed.audience, search: feed.search ?? '', key }];
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 };

/** Minutes of a length of time that the schema has let through: `2d`. */
function minutes(length: string): number {
  return Number.parseInt(length, 10) * (unitMinutes[length.slice(-1)] ?? 1);
}

const entries = Object.entries;

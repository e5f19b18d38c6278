import { Client } from '../src/store/client.ts';
import { syncConfiguredFeeds } from '../src/store/feeds.ts';
import { syncConfigured } from '../src/store/groups.ts';
import type { Store } from '../src/store/store.ts';
import { defaultLifecycle } from '../src/ticket/lifecycle.ts';
import type { Policy, Queue } from '../src/ticket/policy.ts';

/** So many queues, each with a channel that is told of it, so that nobody waits for a lock on the row of the only one. */
export const queues = 8;
/** One for each of those who are there at once: what one person sends is worked in its order. */
export const people = 128;

/** Where commands come from: a direct conversation, so that each is told in the queue's channel. */
export const where = { platform: 'bench', workspace: 'bench', channel: 'direct', thread: null, direct: true };

/** What every command says. */
export const words = 'Rebooted the router, again';

const names = Array.from({ length: queues }, (_, n) => `queue${n + 1}`);

const queue = (name: string): Queue => ({
  name,
  description: '',
  lifecycle: defaultLifecycle.name,
  priority: 50,
  dueIn: null,
  texts: {},
  fields: [],
  rights: { operators: ['SeeQueue', 'ShowTicket', 'ShowTicketComments', 'CommentOnTicket', 'ModifyTicket'] },
});

export const policy: Policy = {
  queues: new Map(names.map((name) => [name, queue(name)])),
  lifecycles: new Map([[defaultLifecycle.name, defaultLifecycle]]),
  defaultQueue: 'queue1',
};

/** Fills the database up to so many tickets, as use leaves them: owners, people on them, some words, a card in a feed. */
export async function seed(store: Store, tickets: number, superuserUrl: string): Promise<void> {
  const named = Array.from({ length: people }, (_, n) => `bench${n + 1}`);
  const identity = (id: string) => ({ platform: where.platform, workspace: where.workspace, id });
  await syncConfigured(
    store,
    named.map((name) => ({
      name,
      displayName: name,
      email: null,
      zone: null,
      superuser: false,
      identities: [identity(name)],
    })),
    [{ name: 'operators', people: named, groups: [] }],
  );
  await syncConfiguredFeeds(
    store,
    names.map((name) => ({
      queue: name,
      audience: 'staff',
      search: '',
      key: { platform: 'bench', workspace: 'bench', channel: name, thread: null, direct: false },
    })),
  );
  const client = new Client(superuserUrl);
  await client.connect();
  await client.query(fill, [tickets, queues, people, words]);
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.end();
}

const fill = `
with made as (
  insert into tickets (id, version, queue, subject, status, priority, owner_id, next, resolution, time_worked,
    created, started, updated)
  select n, 1, 'queue' || 1 + n % $2::int, 'Link ' || md5(n::text) || ' is down',
    (array['new', 'open', 'stalled'])[1 + n % 3], n % 100, 2 + n % $3::int, '', '', 0,
    now() - n * interval '1 minute', now(), now()
  from generate_series((select coalesce(max(id), 0) + 1 from tickets), $1::int) n
  returning id
), watched as (
  insert into watchers (ticket_id, role, person_id)
  select id, role, 2 + (id + length(role)) % $3::int from made cross join unnest(array['requestor', 'cc']) role
)
insert into transactions (ticket_id, at, actor_id, command, via, type, change, body, staff_only)
select id, now(), 2 + id % $3::int, gen_random_uuid(), 'bench', 'comment',
  jsonb_build_object('type', 'comment', 'attachments', '[]'::jsonb, 'text', jsonb_build_array(jsonb_build_object(
    'block', 'paragraph', 'inlines', jsonb_build_array($4::text)))),
  $4::text || ' at ' || md5(id::text), true
from made`;

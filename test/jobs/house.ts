import { pino } from 'pino';
import { Allowance } from '../../src/desk/allowance.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { createDirectory } from '../../src/desk/directory.ts';
import { openDoor } from '../../src/desk/door.ts';
import type { Door } from '../../src/desk/inbound.ts';
import { openWorkshop, type Workshop } from '../../src/desk/workshop.ts';
import { type Jobs, startJobs } from '../../src/jobs/jobs.ts';
import { syncConfiguredFeeds } from '../../src/store/feeds.ts';
import { syncConfigured } from '../../src/store/groups.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { silent } from '../store/samples.ts';
import { validConfig } from '../support/config.ts';
import { freshDatabase } from '../support/postgres.ts';
import { Clock, settled } from '../support/time.ts';
import { Paper } from './paper.ts';

const team = 'T1';

export const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor }
  rita: { name: Rita Gomez }
groups: { staff: [ada] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  noc:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
    feeds: [{ place: 'slack:${team}/noc', audience: staff }, { place: 'slack:${team}/wall', audience: staff }]
    texts: { thanks: 'Thank you, we look at it.' }
  secret:
    rights: { staff: [work] }
  partner:
    rights: { 'slack:T2': [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
`;

/** A desk with its jobs, on a platform in memory. */
export interface House {
  readonly store: Store;
  readonly desk: Desk;
  readonly door: Door;
  readonly workshop: Workshop;
  readonly paper: Paper;
  /** A second platform: guild 1000. */
  readonly discord: Paper;
  readonly jobs: Jobs;
  /** Types a command as somebody (`ada`), in a place where nobody else hears it. */
  say(who: string, line: string, workspace?: string): Promise<void>;
  /** Lets time pass. */
  advance(ms: number): Promise<void>;
  /** Resolves when nothing is left that is due. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** @param yaml the docket.yaml */
export async function openHouse(yaml = configuration): Promise<House> {
  const config = validConfig(yaml);
  const database = await freshDatabase();
  const store = await openStore({ databaseUrl: database.url, log: silent });
  const people = config.people.map((person) => ({
    ...person,
    identities: [...person.identities, { platform: 'slack', workspace: team, id: person.name }],
  }));
  await syncConfigured(store, people, config.groups);
  await syncConfiguredFeeds(store, config.feeds);
  const paper = new Paper();
  const discord = new Paper('discord');
  const platforms = new Map([paper, discord].map((each) => [each.platform, each]));
  const clock = new Clock();
  const desk: Desk = {
    store,
    directory: createDirectory(store),
    policy: config.policy,
    intakes: config.intakes,
    ticketUrl: (ticket) => `https://desk.example.org/tickets/${ticket}`,
    now: () => clock.now().toISOString(),
    allowance: new Allowance(config.limits, () => clock.now().toISOString()),
    answer: async (inbound, answer) => platforms.get(inbound.where.platform)?.answer(inbound, answer),
    fetchFile: () => paper.fetchFile(),
    reachedByMention: async (where, accounts) =>
      (await platforms.get(where.platform)?.reachedByMention(where, accounts)) ?? new Set(accounts),
    membersOf: async (where) => (await platforms.get(where.platform)?.members(where)) ?? null,
    enrich: async (inbound) => inbound,
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
  };
  const workshop: Workshop = openWorkshop(desk);
  const door = openDoor(desk, workshop);
  await paper.start(door);
  const jobs = await startJobs({ desk, connectors: platforms });
  const running = { store, workshop };
  let events = 0;
  return {
    store,
    desk,
    door,
    workshop,
    paper,
    discord,
    jobs,
    say: async (who, line, workspace = team) => {
      await door.receive({
        kind: 'command',
        line,
        event: `e${++events}`,
        at: desk.now(),
        sender: { id: who, name: who },
        where: { platform: 'slack', workspace, channel: 'lobby', thread: null, direct: false },
        answerTo: {},
      });
      await workshop.idle();
    },
    advance: (ms) => clock.advance(running, ms),
    quiet: () => settled(running),
    close: async () => {
      await workshop.idle();
      await jobs.stop();
      await store.close();
      await database.drop();
    },
  };
}

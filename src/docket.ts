import type { Logger } from 'pino';
import { consoleConnector } from '../connectors/console/index.ts';
import type { Config } from './config/config.ts';
import type { Environment } from './config/environment.ts';
import { Allowance } from './desk/allowance.ts';
import type { Desk } from './desk/desk.ts';
import { createDirectory } from './desk/directory.ts';
import { openDoor } from './desk/door.ts';
import type { Door } from './desk/inbound.ts';
import { type Connector, Undeliverable } from './desk/outlet.ts';
import { createReads } from './desk/reads.ts';
import { openWorkshop, type Workshop } from './desk/workshop.ts';
import { startCalendar } from './jobs/calendar.ts';
import { type Jobs, startJobs } from './jobs/jobs.ts';
import { acquainted } from './store/acquaintances.ts';
import { attachmentBytes, attachmentPieces, keepAttachment, uploadedWithinDay } from './store/attachments.ts';
import { startEmbedded } from './store/embedded.ts';
import { syncConfiguredFeeds } from './store/feeds.ts';
import { membersOf, syncConfigured } from './store/groups.ts';
import { leaseMs } from './store/inbox.ts';
import { alone } from './store/lease.ts';
import { matrixKeys } from './store/matrix-keys.ts';
import { memoryIn } from './store/memory.ts';
import { actor } from './store/people.ts';
import { isMatrixSession, lazySecrets, sealedKeys, sealedMemory } from './store/sealed.ts';
import { openStore, type Store } from './store/store.ts';
import type { PlaceKey } from './store/unit.ts';
import { openPages } from './web/pages.ts';
import { removeExpired } from './web/sessions.ts';

/** A Docket that runs. */
export interface Docket {
  /** Where its pages are. */
  readonly url: string;
  /** The address, with its key, by which people sit in as those of the sample; null where there is no such menu. */
  readonly menuUrl: string | null;
  readonly store: Store;
  readonly door: Door;
  readonly workshop: Workshop;
  readonly jobs: Jobs;
  /** Ends everything in order: nothing new comes in, what is in hand comes to its end. */
  stop(): Promise<void>;
}

export interface DocketOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Logger;
  /** Tells whoever waits for the start what takes long. */
  readonly say?: (line: string) => void;
  /** The clock; tests bring their own. */
  readonly now?: () => Date;
}

/** Puts the house together and starts it: database, desk, connectors, jobs, pages. */
export async function startDocket(options: DocketOptions): Promise<Docket> {
  const { databaseUrl, data } = options.environment;
  if (databaseUrl !== null) return startOn(databaseUrl, options);
  const postgres = await startEmbedded(data, { say: () => undefined, ...options });
  try {
    const docket = await startOn(postgres.url, options);
    return { ...docket, stop: () => docket.stop().finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function startOn(databaseUrl: string, options: DocketOptions): Promise<Docket> {
  const store = await openStore({ databaseUrl, log: options.log });
  try {
    return await assemble(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(store: Store, options: DocketOptions): Promise<Docket> {
  const { config, environment, log, now = () => new Date() } = options;
  await keepConfigured(store, config);
  await removeExpired(store.pool);

  const connectors = new Map<string, Connector>();
  const connectorOf = (platform: string): Connector => {
    const connector = connectors.get(platform);
    if (connector === undefined) throw new Undeliverable(`no connector runs for ${platform}`);
    return connector;
  };
  const pages = await openPages({ config, environment, store, log });
  const desk: Desk = {
    store,
    directory: createDirectory(store),
    policy: config.policy,
    intakes: config.intakes,
    ticketUrl: (ticket) => `${pages.url()}/tickets/${ticket}`,
    now: () => now().toISOString(),
    allowance: new Allowance(config.limits, () => now().toISOString()),
    answer: (inbound, answer) => connectorOf(inbound.where.platform).answer(inbound, answer),
    fetchFile: (platform, ref) => connectorOf(platform).fetchFile(ref),
    reachedByMention: async (where, accounts) => {
      if (accounts.length === 0) return new Set();
      const connector = connectors.get(where.platform);
      if (connector === undefined) return new Set();
      if (connector.reachedByMention === undefined) return new Set(accounts);
      try {
        return await connector.reachedByMention(where, accounts);
      } catch (error) {
        log.info(
          { err: error, channel: where.channel },
          'it is not known whom a mention reaches; they are told directly',
        );
        return new Set();
      }
    },
    membersOf: async (where) => {
      try {
        return (await connectorOf(where.platform).members?.(where)) ?? null;
      } catch (error) {
        log.info({ err: error, channel: where.channel }, 'the members of a place are not known');
        return null;
      }
    },
    enrich: async (inbound) => {
      const connector = connectorOf(inbound.where.platform);
      return connector.enrich === undefined ? inbound : connector.enrich(inbound);
    },
    log,
  };
  const workshop = openWorkshop(desk);
  const door = openDoor(desk, workshop);
  pages.show(createReads(desk));
  connectors.set(
    'console',
    consoleConnector({
      app: pages.app,
      db: store.pool,
      visitors: pages.visitors,
      streams: pages.streams,
      channels: config.channels,
      actorOf: (person) => actor(store, person),
      membersOf: (group) => membersOf(store, group),
      acquainted: async (person, people) =>
        acquainted(store, { reader: await actor(store, person), policy: config.policy }, people),
      files: {
        keep: (file) => keepAttachment(store, file),
        bytes: (id) => attachmentBytes(store, id),
        pieces: (id) => attachmentPieces(store, id),
        uploadedWithinDay: (person) => uploadedWithinDay(store, person),
      },
      uploadsPerDay: config.limits.uploadsPerDay,
      written: (person) => desk.allowance.written(person),
      now: desk.now,
    }),
  );

  // The libraries of platforms that are not in use are not loaded: together they take a second.
  if (environment.slack !== null) {
    const { slackConnector } = await import('../connectors/slack/index.ts');
    connectors.set(
      'slack',
      slackConnector({
        settings: environment.slack,
        app: pages.app,
        log,
        ticketUrl: desk.ticketUrl,
        channels: channelsOn(config, 'slack'),
        now: desk.now,
      }),
    );
  }
  if (environment.discord !== null) {
    const { discordConnector } = await import('../connectors/discord/index.ts');
    connectors.set(
      'discord',
      discordConnector({
        settings: environment.discord,
        log,
        ticketUrl: desk.ticketUrl,
        channels: channelsOn(config, 'discord'),
        statuses: [...config.policy.lifecycles.values()].flatMap(({ statuses }) => statuses.map(({ name }) => name)),
        alone: alone(store.pool, log),
        memory: memoryIn(store),
        now: desk.now,
      }),
    );
  }

  if (environment.matrix !== null) {
    const { matrixConnector } = await import('../connectors/matrix/index.ts');
    const secrets = lazySecrets(store, environment.secretKey, environment.data);
    connectors.set(
      'matrix',
      matrixConnector({
        settings: environment.matrix,
        log,
        ticketUrl: desk.ticketUrl,
        zone: config.zone,
        channels: channelsOn(config, 'matrix'),
        alone: alone(store.pool, log),
        unlock: async () => void (await secrets()),
        memory: sealedMemory(memoryIn(store), secrets, isMatrixSession),
        keys: sealedKeys(matrixKeys(store), secrets),
        folder: environment.data,
        now: desk.now,
      }),
    );
  }

  for (const connector of connectors.values()) await connector.start(door);
  await workshop.recover();
  await pages.listen();
  const jobs = await startJobs({ desk, connectors });
  const endCalendar = startCalendar(
    [
      {
        name: 'recover',
        when: '*/5 * * * * *',
        act: async () => void (await Promise.all([workshop.recover(leaseMs), jobs.recover()])),
      },
      { name: 'remove expired sessions', when: '17 * * * *', act: () => removeExpired(store.pool) },
    ],
    log,
  );
  return {
    url: pages.url(),
    menuUrl: pages.menuUrl(),
    store,
    door,
    workshop,
    jobs,
    stop: async () => {
      await pages.close();
      for (const connector of connectors.values()) await connector.stop();
      await endCalendar();
      await workshop.close();
      await jobs.stop();
      await store.close();
    },
  };
}

/** The channels of a platform that the configuration feeds or takes messages from. */
function channelsOn(
  { intakes, feeds }: Config,
  name: string,
): readonly Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>[] {
  return [...intakes, ...feeds.map(({ key }) => key)].filter(({ platform }) => platform === name);
}

/** Brings people, groups and feeds of the configuration into the tables. */
async function keepConfigured(store: Store, { people, groups, feeds, zone }: Config): Promise<void> {
  await syncConfigured(store, people, groups, zone);
  await syncConfiguredFeeds(store, feeds);
}

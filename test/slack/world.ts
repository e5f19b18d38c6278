import pg from 'pg';
import { type Logger, pino } from 'pino';
import { type Docket, startDocket } from '../../src/docket.ts';
import { configuration } from '../conformance/configuration.ts';
import { consolePlatform, consoleUser } from '../conformance/console.ts';
import { slackPlatform } from '../conformance/slack.ts';
import { slackUser } from '../conformance/slack-client.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import type { User } from '../conformance/user.ts';
import type { SlackOptions } from '../emulators/slack/options.ts';
import { type Slack, startSlack } from '../emulators/slack/slack.ts';
import { validConfig } from '../support/config.ts';
import { Gate } from '../support/gate.ts';
import { freshDatabase } from '../support/postgres.ts';
import { settled } from '../support/time.ts';

/** Docket between Slack and its own console: the feeds are in Slack, and who asks for help does so in the console. */
export interface World {
  readonly slack: Slack;
  readonly docket: Docket;
  readonly ada: User;
  readonly bo: User;
  /** Alone of these knows of the private queue. */
  readonly sue: User;
  readonly rob: User;
  /** At the console. */
  readonly rita: User;
  /** Somebody else at the console, until the next restart. */
  atConsole(handle: string): Promise<User>;
  /** The way to the database. */
  readonly gate: Gate;
  /** Keeps a table from everybody until it is released: what needs it waits. */
  hold(table: 'inbox' | 'tickets'): Promise<() => Promise<void>>;
  /** Ends Docket, and starts it again. */
  restart(): Promise<void>;
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface Told {
  readonly yaml?: string;
  readonly log?: Logger;
  /** What happens in Slack before Docket comes. */
  readonly before?: (slack: Slack) => void;
}

/** The docket.yaml of such a house. */
export function mixed(): string {
  const slack = slackPlatform('socket');
  return configuration({
    ...slack,
    place: (channel) => (channel === 'helpdesk' ? consolePlatform : slack).place(channel),
    settings: consolePlatform.settings,
  });
}

/** @param more what the workspace has beside the people and channels of the scenarios */
export async function openWorld(more: SlackOptions = {}, told: Told = {}): Promise<World> {
  const { yaml = mixed(), log = pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }), before } = told;
  const config = validConfig(yaml);
  const database = await freshDatabase();
  const gate = await Gate.before(database.url);
  const slack = await startSlack({ ...workspace, ...more });
  before?.(slack);
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  const way = more.mode === 'http' ? { appToken: null, signingSecret } : { appToken, signingSecret: null };
  const start = async () => {
    const docket = await startDocket({
      config,
      environment: {
        ...{
          config: '',
          data: '',
          databaseUrl: gate.url,
          secretKey: null,
          host: '127.0.0.1',
          port: 0,
          logLevel: 'warn',
        },
        slack: { botToken, ...way, apiUrl, messageInterval: 0 },
        ...{ discord: null, matrix: null },
      },
      log,
    });
    slack.postEventsTo(`${docket.url}/slack/events`);
    return docket;
  };
  let docket = await start();
  const closings: (() => void)[] = [];
  const atConsole = (handle: string) => consoleUser(docket, handle, (client) => closings.push(() => client.close()));
  const rita = await atConsole('rita');
  return {
    ...{ slack, rita, atConsole, gate },
    get docket() {
      return docket;
    },
    ada: slackUser(slack, 'ada'),
    bo: slackUser(slack, 'bo'),
    sue: slackUser(slack, 'sue'),
    rob: slackUser(slack, 'rob'),
    hold: (table) => held(database.url, table),
    restart: async () => {
      await docket.stop();
      docket = await start();
    },
    quiet: () => settled(docket),
    close: async () => {
      for (const close of closings) close();
      await docket.stop();
      await slack.stop();
      await gate.close();
      await database.drop();
    },
  };
}

async function held(url: string, table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return () => client.end();
}

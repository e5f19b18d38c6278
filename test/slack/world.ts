import { pino } from 'pino';
import { isMistaken, parseConfig } from '../../src/config/load.ts';
import { type Docket, startDocket } from '../../src/docket.ts';
import { configuration } from '../conformance/configuration.ts';
import { consolePlatform, consoleUser } from '../conformance/console.ts';
import { slackPlatform } from '../conformance/slack.ts';
import { slackUser } from '../conformance/slack-client.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import type { User } from '../conformance/user.ts';
import type { SlackOptions } from '../emulators/slack/options.ts';
import { type Slack, startSlack } from '../emulators/slack/slack.ts';
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
  quiet(): Promise<void>;
  close(): Promise<void>;
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

/** @param more what the workspace has beside the people and channels of the scenarios; @param yaml the docket.yaml */
export async function openWorld(more: SlackOptions = {}, yaml = mixed()): Promise<World> {
  const config = parseConfig(yaml, 'docket.yaml');
  if (isMistaken(config)) throw new Error(JSON.stringify(config.mistakes, null, 2));
  const database = await freshDatabase();
  const slack = await startSlack({ ...workspace, ...more });
  const { botToken, appToken, apiUrl } = slack;
  const docket = await startDocket({
    config,
    environment: {
      ...{ config: '', data: '', databaseUrl: database.url, host: '127.0.0.1', port: 0, logLevel: 'warn' },
      ...{ discord: null, matrix: null },
      slack: { botToken, appToken, signingSecret: null, apiUrl, messageInterval: 0 },
    },
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }),
  });
  const closings: (() => void)[] = [];
  const rita = await consoleUser(docket.url, 'rita', (client) => closings.push(() => client.close()));
  return {
    ...{ slack, docket, rita },
    ada: slackUser(slack, 'ada'),
    bo: slackUser(slack, 'bo'),
    sue: slackUser(slack, 'sue'),
    rob: slackUser(slack, 'rob'),
    quiet: () => settled(docket),
    close: async () => {
      for (const close of closings) close();
      await docket.stop();
      await slack.stop();
      await database.drop();
    },
  };
}

import pg from 'pg';
import { type Logger, pino } from 'pino';
import { type Docket, startDocket } from '../../src/docket.ts';
import { configuration } from '../conformance/configuration.ts';
import { consoleUser } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { discordUser } from '../conformance/discord-client.ts';
import { guild, guildId } from '../conformance/discord-guild.ts';
import { inHandAt } from '../conformance/in-hand.ts';
import type { User } from '../conformance/user.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import type { DiscordOptions } from '../emulators/discord/options.ts';
import { validConfig } from '../support/config.ts';
import { freshDatabase } from '../support/postgres.ts';
import { settled } from '../support/time.ts';

/** Docket in Discord, with the people and the server of the scenarios unless it is said otherwise. */
export interface World {
  readonly discord: Discord;
  readonly docket: Docket;
  readonly ada: User;
  readonly bo: User;
  /** Alone of these knows of the private queue. */
  readonly sue: User;
  readonly rita: User;
  readonly rob: User;
  /** Somebody at the console, until the next restart. */
  atConsole(handle: string): Promise<User>;
  /** Keeps a table from everybody until it is released: what needs it waits. */
  hold(table: 'inbox' | 'tickets'): Promise<() => Promise<void>>;
  /** Ends Docket, and starts it again, with another docket.yaml where it is said. */
  restart(changed?: string): Promise<void>;
  /** Resolves when all that has happened in Discord has come in, is worked and told. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface Told {
  readonly yaml?: string;
  /** The server that Docket is kept to; null: all that its bot is in. */
  readonly only?: string | null;
  readonly log?: Logger;
}

/** The docket.yaml of the scenarios, in Discord. */
export const yaml = () => configuration(discordPlatform);

/** @param more what Discord is like, beside the people and the server of the scenarios */
export async function openWorld(more: DiscordOptions = {}, told: Told = {}): Promise<World> {
  const { only = guildId, log = pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }) } = told;
  let config = validConfig(told.yaml ?? yaml());
  const database = await freshDatabase();
  const discord = await startDiscord({ ...guild, ...more });
  let kept = async () => {};
  const start = async () => {
    const docket = await startDocket({
      config,
      environment: {
        ...{
          config: '',
          data: '',
          databaseUrl: database.url,
          secretKey: null,
          host: '127.0.0.1',
          port: 0,
          logLevel: 'warn',
        },
        ...{ slack: null, matrix: null, discord: { token: discord.token, guild: only, apiUrl: discord.apiUrl } },
      },
      log,
    });
    kept = inHandAt(docket.door);
    await Promise.all([discord.listening(), discord.registered()]);
    return docket;
  };
  let docket = await start();
  const closings: (() => void)[] = [];
  const allTold = async () => {
    await discord.told();
    await kept();
  };
  const user = (handle: string) => discordUser(discord, handle, allTold);
  return {
    discord,
    get docket() {
      return docket;
    },
    ...{ ada: user('ada'), bo: user('bo'), sue: user('sue'), rita: user('rita'), rob: user('rob') },
    atConsole: (handle) => consoleUser(docket, handle, (client) => closings.push(() => client.close())),
    hold: (table) => held(database.url, table),
    restart: async (changed) => {
      await docket.stop();
      if (changed !== undefined) config = validConfig(changed);
      docket = await start();
    },
    quiet: async () => {
      await allTold();
      await settled(docket);
    },
    close: async () => {
      for (const close of closings) close();
      await docket.stop();
      await discord.stop();
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

import { pino } from 'pino';
import type { Environment } from '../../src/config/environment.ts';
import { type Docket, startDocket } from '../../src/docket.ts';
import { validConfig } from '../support/config.ts';
import { freshDatabase } from '../support/postgres.ts';
import { Clock, settled } from '../support/time.ts';
import { configuration } from './configuration.ts';
import type { Ability, Platform, User } from './user.ts';

/** A Docket on a platform, with its people at their clients. */
export interface House {
  readonly ada: User;
  readonly bo: User;
  readonly sue: User;
  readonly rita: User;
  readonly rob: User;
  /** Whether the platform has an ability that others lack. */
  has(ability: Ability): boolean;
  /** Lets time pass. */
  advance(ms: number): Promise<void>;
  /** Ends Docket, and starts it again after a while. */
  restart(awayMs: number): Promise<void>;
  /** Resolves when nothing is left to be done or told: what has not come by then does not come. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export async function openHouse(platform: Platform): Promise<House> {
  await platform.prepare?.();
  const config = validConfig(configuration(platform));
  const database = await freshDatabase();
  const clock = new Clock();
  let docket: Docket | null = null;
  let secrets: Partial<Environment> = {};
  const start = async (more = secrets): Promise<Docket> => {
    secrets = more;
    docket = await startDocket({
      config,
      environment: {
        config: '',
        data: '',
        databaseUrl: database.url,
        secretKey: Buffer.alloc(32, 7),
        host: '127.0.0.1',
        port: 0,
        logLevel: 'warn',
        slack: null,
        discord: null,
        matrix: null,
        ...secrets,
      },
      log: pino({ level: process.env['LOG_LEVEL'] ?? 'error' }),
      now: clock.now,
    });
    return docket;
  };
  const surface = await platform.start(start);
  const running = (): Docket => {
    if (docket === null) throw new Error(`${platform.name} did not start Docket`);
    return docket;
  };
  const [ada, bo, sue, rita, rob] = await Promise.all([
    surface.user('ada'),
    surface.user('bo'),
    surface.user('sue'),
    surface.user('rita'),
    surface.user('rob'),
  ]);
  return {
    ada,
    bo,
    sue,
    rita,
    rob,
    has: (ability) => !platform.lacks.includes(ability),
    advance: (ms) => clock.advance(running(), ms),
    restart: async (awayMs) => {
      await running().stop();
      clock.skip(awayMs);
      await surface.reconnect(await start());
      await clock.advance(running(), 0);
    },
    quiet: () => settled(running()),
    close: async () => {
      await running().stop();
      await surface.stop();
      await database.drop();
    },
  };
}

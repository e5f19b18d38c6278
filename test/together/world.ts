import { pino } from 'pino';
import type { Environment } from '../../src/config/environment.ts';
import { type Docket, startDocket } from '../../src/docket.ts';
import { configuration } from '../conformance/configuration.ts';
import type { Platform, Surface, User } from '../conformance/user.ts';
import { validConfig } from '../support/config.ts';
import { freshDatabase } from '../support/postgres.ts';
import { settled } from '../support/time.ts';

/** One Docket on several platforms: every channel and everybody is on each of them. */
export interface World {
  readonly docket: Docket;
  /** Somebody at their client of a platform, which is named by where it stands in the list. */
  user(platform: number, handle: string): Promise<User>;
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** @param more what the docket.yaml says beside that of the scenarios */
export async function openTogether(platforms: readonly Platform[], more = ''): Promise<World> {
  for (const platform of platforms) await platform.prepare?.();
  const config = validConfig(configuration(...platforms) + more);
  const database = await freshDatabase();
  const surfaces: Surface[] = [];
  const none = { slack: null, discord: null, matrix: null };

  /** Each platform tells how it is reached, and Docket starts when all have. */
  async function start([first, ...rest]: readonly Platform[], told: Partial<Environment>): Promise<Docket> {
    if (first === undefined) {
      return startDocket({
        config,
        environment: {
          ...{
            config: '',
            data: '',
            databaseUrl: database.url,
            secretKey: Buffer.alloc(32, 7),
            host: '127.0.0.1',
            port: 0,
            logLevel: 'warn',
          },
          ...none,
          ...told,
        },
        log: pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' }),
      });
    }
    let docket: Docket | null = null;
    const surface = await first.start(async (also) => {
      docket = await start(rest, { ...told, ...also });
      return docket;
    });
    surfaces.push(surface);
    if (docket === null) throw new Error(`${first.name} did not start Docket`);
    return docket;
  }

  const docket = await start(platforms, {});
  // The innermost platform was ready first.
  const inOrder = surfaces.toReversed();
  return {
    docket,
    user: async (platform, handle) => {
      const surface = inOrder[platform];
      if (surface === undefined) throw new Error(`there is no platform ${platform}`);
      return surface.user(handle);
    },
    quiet: () => settled(docket),
    close: async () => {
      await docket.stop();
      for (const surface of surfaces) await surface.stop();
      await database.drop();
    },
  };
}

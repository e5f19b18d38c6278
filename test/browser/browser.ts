import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { isMistaken, loadConfig } from '../../src/config/load.ts';
import { type Docket, startDocket } from '../../src/docket.ts';
import { freshDatabase } from '../support/postgres.ts';

/** How long anything may take to be seen: generous, for a test waits no longer than it must. */
const patienceMs = 15_000;

/** A Docket of its own with the sample configuration, and a browser. */
export interface Site {
  docket(): Docket;
  /** Opens a page in a fresh browser profile. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Opens the chat as one of the sample's people, in a browser profile of their own. */
  sitIn(name: string, options?: BrowserContextOptions): Promise<Page>;
}

export interface SiteOptions {
  readonly host: string;
  readonly sample: boolean;
}

/** Declares tests in a browser; says so and leaves them out where there is none. */
export function inBrowser(title: string, tests: (site: Site) => void, options?: Partial<SiteOptions>): void {
  const executable = findBrowser();
  if (executable === null) {
    console.log(`Left out, for no browser was found: ${title}. Install chromium, or name one in CHROMIUM_PATH.`);
  }
  describe.skipIf(executable === null)(title, () => tests(openSite(executable ?? '', options)));
}

/** Does what leads to another page, and waits for that: before its scripts have come, what is pressed there does nothing. */
export async function follow(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** The browser to test with: CHROMIUM_PATH, else the first that stands in PATH; null where there is none. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not to be run: either way it is none.
  }
}

function openSite(executablePath: string, options: Partial<SiteOptions> = {}): Site {
  let docket: Docket | null = null;
  let browser: Browser | null = null;
  let database: Awaited<ReturnType<typeof freshDatabase>> | null = null;

  beforeAll(async () => {
    database = await freshDatabase();
    const config = { ...sample(), sample: options.sample ?? true };
    const host = options.host ?? '127.0.0.1';
    docket = await startDocket({
      config,
      environment: {
        ...{ config: '', data: '', databaseUrl: database.url, secretKey: null, host, port: 0, logLevel: 'error' },
        ...{ slack: null, discord: null, matrix: null },
      },
      log: pino({ level: 'error' }),
    });
    // What a browser fetches of its own accord has nothing to do here, and no way out.
    const quiet = ['no-first-run', 'background-networking', 'component-update', 'sync'];
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet.map(asSwitch)];
    browser = await chromium.launch({ executablePath, args });
  });

  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await docket?.stop();
    await database?.drop();
  });

  const running = (): Docket => {
    if (docket === null) throw new Error('Docket was not started');
    return docket;
  };
  const open: Site['open'] = async (at, profile) => {
    const context = await browser?.newContext({ reducedMotion: 'reduce', ...profile });
    if (context === undefined) throw new Error('the browser was not started');
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${new URL(running().url).port}${at}`);
    return page;
  };
  return {
    docket: running,
    open,
    sitIn: async (name, profile) => {
      const { pathname, search } = new URL(running().menuUrl ?? '');
      const page = await open(`${pathname}${search}`, profile);
      await page.getByRole('button', { name }).click();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      await page.waitForLoadState(); // Before its scripts have come, Enter is a line break.
      return page;
    },
  };
}

function asSwitch(name: string): string {
  return name === 'no-first-run' ? `--${name}` : `--disable-${name}`;
}

function sample(): Config {
  const config = loadConfig('docket.yaml');
  if (isMistaken(config)) throw new Error(JSON.stringify(config.mistakes));
  return config;
}

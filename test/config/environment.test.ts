import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';

describe('the environment', () => {
  test('has defaults for everything, also where a variable is empty', () => {
    const usual = {
      config: 'docket.yaml',
      data: 'data',
      databaseUrl: null,
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      slack: null,
    };
    expect(readEnvironment({})).toEqual(usual);
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '', PATH: '/bin' })).toEqual(usual);
  });

  test('is read from its variables', () => {
    const set = {
      DOCKET_CONFIG: '/etc/docket.yaml',
      DOCKET_DATA: '/var/lib/docket',
      DATABASE_URL: 'postgresql://docket:pass@db/docket?sslmode=require',
      HOST: '::1',
      PORT: '0',
      LOG_LEVEL: 'debug',
    };
    expect(readEnvironment(set)).toEqual({
      config: '/etc/docket.yaml',
      data: '/var/lib/docket',
      databaseUrl: 'postgresql://docket:pass@db/docket?sslmode=require',
      host: '::1',
      port: 0,
      logLevel: 'debug',
      slack: null,
    });
  });

  test.each([
    ['PORT', '80a', 'PORT: `80a` is no port: a number up to 65535, or 0 for any that is free'],
    ['PORT', '65536', 'PORT: `65536` is no port: a number up to 65535, or 0 for any that is free'],
    ['PORT', '-1', 'PORT: `-1` is no port: a number up to 65535, or 0 for any that is free'],
    ['LOG_LEVEL', 'inof', 'LOG_LEVEL: unknown level `inof`: did you mean `info`?'],
    ['HOST', 'http://a', 'HOST: `http://a` is no address to listen on: 127.0.0.1'],
    [
      'DATABASE_URL',
      'mysql://u:hunter2@h/d',
      'DATABASE_URL: is no address of a database: postgresql://USER:PASSWORD@HOST/NAME',
    ],
  ])('%s=%s is refused', (name, value, told) => {
    expect(readEnvironment({ [name]: value })).toEqual({ mistakes: [told] });
  });

  test('is refused with all that is wrong at once', () => {
    expect(readEnvironment({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'x' })).toMatchObject({
      mistakes: { length: 3 },
    });
  });

  test('Slack takes a bot token, and an app token or a signing secret', () => {
    const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:9/api' };
    expect(readEnvironment(socket)).toMatchObject({
      slack: { botToken: 'xoxb-1', appToken: 'xapp-1', signingSecret: null, apiUrl: 'http://127.0.0.1:9/api/' },
    });
    expect(readEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })).toMatchObject({
      slack: { appToken: null, signingSecret: 's', apiUrl: null, messageInterval: 1_000 },
    });
  });

  test.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-hunter2' }, /^SLACK_APP_TOKEN: is missing/],
    [{ SLACK_APP_TOKEN: 'xapp-hunter2' }, /^SLACK_BOT_TOKEN: is missing, though SLACK_APP_TOKEN is set/],
    [{ SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN: is no bot token/],
  ])('what is missing or wrong of Slack is told without its secrets', (variables, told) => {
    const { mistakes } = readEnvironment(variables) as { mistakes: string[] };
    expect(mistakes).toEqual([expect.stringMatching(told)]);
    expect(mistakes.join()).not.toContain('hunter2');
  });
});

import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';

describe('the environment', () => {
  test('has defaults for everything, also where a variable is empty', () => {
    const usual = {
      config: 'docket.yaml',
      data: 'data',
      secretKey: null,
      databaseUrl: null,
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      slack: null,
      discord: null,
      matrix: null,
    };
    expect(readEnvironment({})).toEqual(usual);
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '', PATH: '/bin' })).toEqual(usual);
  });

  test('is read from its variables', () => {
    const set = {
      DOCKET_CONFIG: '/etc/docket.yaml',
      DOCKET_DATA: '/var/lib/docket',
      DOCKET_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      DATABASE_URL: 'postgresql://docket:pass@db/docket?sslmode=require',
      HOST: '::1',
      PORT: '0',
      LOG_LEVEL: 'debug',
    };
    expect(readEnvironment(set)).toEqual({
      config: '/etc/docket.yaml',
      data: '/var/lib/docket',
      secretKey: Buffer.alloc(32, 1),
      databaseUrl: 'postgresql://docket:pass@db/docket?sslmode=require',
      host: '::1',
      port: 0,
      logLevel: 'debug',
      slack: null,
      discord: null,
      matrix: null,
    });
  });

  test.each([
    ['PORT', '80a', 'PORT: `80a` is no port: a number up to 65535, or 0 for any that is free'],
    ['PORT', '65536', 'PORT: `65536` is no port: a number up to 65535, or 0 for any that is free'],
    ['PORT', '-1', 'PORT: `-1` is no port: a number up to 65535, or 0 for any that is free'],
    [
      'DOCKET_SECRET_KEY',
      'hunter2',
      'DOCKET_SECRET_KEY: must be a 32-byte key in base64. Create one with: openssl rand -base64 32',
    ],
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

  test('Discord takes the token of its bot', () => {
    const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.0123456789abcdefghijklmno-_';
    expect(readEnvironment({ DISCORD_TOKEN: token })).toMatchObject({ discord: { token, guild: null, apiUrl: null } });
    const more = { DISCORD_GUILD_ID: '123456789012345678', DISCORD_API_URL: 'http://127.0.0.1:9/api/' };
    expect(readEnvironment({ DISCORD_TOKEN: token, ...more })).toMatchObject({
      discord: { guild: '123456789012345678', apiUrl: 'http://127.0.0.1:9/api' },
    });
  });

  test('Matrix takes an access token, or a user and a password', () => {
    const at = { MATRIX_HOMESERVER_URL: 'https://matrix.example.org/' };
    expect(readEnvironment({ ...at, MATRIX_ACCESS_TOKEN: 'syt_1' })).toMatchObject({
      matrix: {
        homeserverUrl: 'https://matrix.example.org',
        login: { accessToken: 'syt_1' },
        password: null,
        recoveryKey: null,
        inviters: [],
      },
    });
    const inviters = 'example.org, @ada:partner.org [::1]:8448';
    const password = {
      MATRIX_USER: 'docket',
      MATRIX_PASSWORD: 'hunter2',
      MATRIX_INVITERS: inviters,
      MATRIX_RECOVERY_KEY: 'EsT',
    };
    expect(readEnvironment({ ...at, ...password })).toMatchObject({
      matrix: {
        login: { user: 'docket', password: 'hunter2' },
        password: 'hunter2',
        recoveryKey: 'EsT',
        inviters: ['example.org', '@ada:partner.org', '[::1]:8448'],
      },
    });
  });

  test.each([
    [{ DISCORD_TOKEN: 'hunter2' }, /^DISCORD_TOKEN: is no bot token/],
    [{ DISCORD_GUILD_ID: '123456789012345678' }, /^DISCORD_TOKEN: is missing, though DISCORD_GUILD_ID is set/],
    [{ DISCORD_GUILD_ID: 'my server' }, /^DISCORD_GUILD_ID: is no id of a server/],
    [{ MATRIX_ACCESS_TOKEN: 'hunter2' }, /^MATRIX_HOMESERVER_URL: is missing, though MATRIX_ACCESS_TOKEN is set/],
    [
      { MATRIX_HOMESERVER_URL: 'https://m.example.org', MATRIX_PASSWORD: 'hunter2' },
      /^MATRIX_ACCESS_TOKEN: is missing/,
    ],
    [{ MATRIX_INVITERS: 'example.org, ada@example.org' }, /^MATRIX_INVITERS: is no list/],
  ])('what is missing or wrong of Discord and Matrix is told without its secrets', (variables, told) => {
    const { mistakes } = readEnvironment(variables) as { mistakes: string[] };
    expect(mistakes).toEqual([expect.stringMatching(told)]);
    expect(mistakes.join()).not.toContain('hunter2');
  });
});

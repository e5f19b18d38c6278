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
});

import { describe, expect, it } from 'vitest';
import { readFieldValue } from '../../src/ticket/field-value.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { plainInlines } from '../../src/ticket/text.ts';
import { field } from './world.ts';

const name = field('customer');
const asset = field('asset', { pattern: '[A-Z]{2}-\\d+' });
const units = field('units', { type: 'number', min: 1, max: 42 });
const any = field('load', { type: 'number' });
const urgent = field('urgent', { type: 'yesno' });
const day = field('day', { type: 'date' });
const site = field('site', { type: 'choice', values: ['LAX', 'AMS', 'New York'] });
const sites = field('sites', { type: 'choices', values: ['LAX', 'AMS', 'New York'] });
const router = field('router', { type: 'address' });

describe('the values of custom fields', () => {
  it.each([
    [name, ' ACME ', 'ACME'],
    [asset, 'SW-12', 'SW-12'],
    [units, '42', 42],
    [any, '-1.5', -1.5],
    [urgent, 'Yes', true],
    [urgent, 'n', false],
    [day, '2028-02-29', '2028-02-29'],
    [site, 'new york', 'New York'],
    [sites, 'ams, LAX, ams', ['LAX', 'AMS']],
    [router, '192.0.2.1', '192.0.2.1'],
    [router, '192.0.2.0/24', '192.0.2.0/24'],
    [router, '2001:DB8::/32', '2001:db8::/32'],
    [site, '  ', null],
  ])('%o takes %s', (definition, typed, value) => {
    expect(readFieldValue(definition, typed)).toEqual(value);
  });

  it.each([
    [asset, 'xSW-12', 'asset cannot be xSW-12. It has to look like [A-Z]{2}-\\d+.'],
    [units, '43', 'units cannot be 43. It takes a number from 1 to 42, such as 1.'],
    [units, '1e1', 'units cannot be 1e1. It takes a number from 1 to 42, such as 1.'],
    [any, 'NaN', 'load cannot be NaN. It takes a number, such as 42.'],
    [urgent, 'maybe', 'urgent cannot be maybe. It takes yes or no.'],
    [day, '2027-02-29', 'day cannot be 2027-02-29. It takes a day, such as 2026-12-01.'],
    [day, 'tomorrow', 'day cannot be tomorrow. It takes a day, such as 2026-12-01.'],
    [site, 'LAZ', 'site cannot be LAZ. Did you mean LAX? It takes one of: LAX, AMS, New York.'],
    [sites, 'LAX, Mars', 'sites cannot be Mars. It takes one of: LAX, AMS, New York.'],
    [sites, ',', 'sites cannot be ,. It takes one of: LAX, AMS, New York.'],
    [router, '192.0.2.256', 'router cannot be 192.0.2.256. It takes an IP address or a network'],
    [router, '192.0.2.0/33', 'router cannot be 192.0.2.0/33.'],
    [router, 'fe80::1%eth0', 'router cannot be fe80::1%eth0.'],
    [name, 'x'.repeat(1001), 'customer can have 1000 characters.'],
  ])('%o refuses %s and says what it takes', (definition, typed, refusal) => {
    const read = readFieldValue(definition, typed);
    expect(isRefusal(read) && plainInlines(read.text)).toContain(refusal);
  });
});

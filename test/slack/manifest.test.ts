import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { events } from '../../connectors/slack/app.ts';
import { manifest } from '../../connectors/slack/manifest.ts';
import { recordOf } from '../../connectors/slack/shape.ts';

const folder = path.join(import.meta.dirname, '../../connectors/slack');
const code = readdirSync(folder)
  .filter((file) => file.startsWith('hear-'))
  .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n');

test.each(events.map((event) => [event, event.split('.')[0] ?? '']))(
  'the event %s is asked for because it is heard',
  (_, type) => {
    expect(code).toContain(`'${type}'`);
  },
);

test('for Socket Mode it names no address, and for HTTP the same one everywhere', () => {
  expect(JSON.stringify(manifest(null, null))).not.toContain('request_url');
  const described = JSON.stringify(manifest(new URL('https://desk.example.org'), null));
  expect(described.match(/https:\/\/desk\.example\.org\/slack\/events/g)).toHaveLength(3);
});

test.each([
  ['the address of the pages', null, 'https://desk.example.org:8443/x', ['desk.example.org']],
  ['that and the address for Slack', 'https://hooks.example.org', 'https://desk.example.org', 2],
  ['one that is both, once', 'https://desk.example.org', 'https://desk.example.org', ['desk.example.org']],
  ['no machine that only this one knows', null, 'http://localhost:3000', undefined],
  ['no number of a machine', null, 'http://10.0.0.7:3000', undefined],
] as const)('links are unfurled of %s', (_, url, pages, expected) => {
  const made = manifest(url === null ? null : new URL(url), new URL(pages));
  const domains = recordOf(recordOf(made)['features'])['unfurl_domains'];
  if (typeof expected === 'number') expect(domains).toHaveLength(expected);
  else expect(domains).toEqual(expected);
});

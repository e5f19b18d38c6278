import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { events } from '../../connectors/slack/app.ts';
import { manifest } from '../../connectors/slack/manifest.ts';

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
  expect(JSON.stringify(manifest(null))).not.toContain('request_url');
  const described = JSON.stringify(manifest(new URL('https://desk.example.org')));
  expect(described.match(/https:\/\/desk\.example\.org\/slack\/events/g)).toHaveLength(3);
});

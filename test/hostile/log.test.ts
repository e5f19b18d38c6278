import { expect, test } from 'vitest';
import { type Environment, readEnvironment, secretsIn } from '../../src/config/environment.ts';
import { createLog } from '../../src/log.ts';

const discord = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.0123456789abcdefghijklmno-_';
const environment = readEnvironment({
  DATABASE_URL: 'postgresql://docket:pass%22word@db/docket',
  SLACK_BOT_TOKEN: 'xoxb-slack-secret',
  SLACK_APP_TOKEN: 'xapp-slack-secret',
  DISCORD_TOKEN: discord,
  MATRIX_HOMESERVER_URL: 'https://matrix.example.org',
  MATRIX_USER: 'docket',
  MATRIX_PASSWORD: 'matrix-secret',
}) as Environment;

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', secretsIn(environment), { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test.each([discord, 'xoxb-slack-secret', 'xapp-slack-secret', 'matrix-secret', 'pass"word', 'pass%22word'])(
  'the secret %s is in no line of the log, wherever a library puts it',
  (secret) => {
    const written = logged((log) => {
      const err = Object.assign(new Error(`refused: ${secret}`), { request: { deep: { auth: [`Bot ${secret}`] } } });
      log.error({ err, settings: { token: secret } }, `cannot sign in with ${secret}`);
    });
    expect(written).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(JSON.parse(written)).toMatchObject({
      err: { message: 'refused: [secret]' },
      settings: { token: '[secret]' },
    });
  },
);

test('the token by which a Discord interaction is answered is left out of addresses', () => {
  const url = 'https://discord.com/api/v10/webhooks/1234/aW50ZXJhY3Rpb246MTIzNDU2Nzg5/messages/@original';
  expect(logged((log) => log.warn({ url }, 'no answer'))).toContain('/webhooks/1234/[secret]/messages/@original');
});

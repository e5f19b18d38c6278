import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { Gone, Rejected, Undeliverable } from '../../connectors/connector.ts';
import { failure } from '../../connectors/discord/failure.ts';
import { classes, classOf } from './documented-errors.ts';

const says = (code: number, status: number) => {
  const error = new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', '/x', { body: {}, files: [] });
  return failure(error, { guild: '1', channel: '2' }, []);
};

test.each([
  ['an invalid form', 50035, 400, Rejected],
  ['an empty message', 50006, 400, Rejected],
  ['a request that is too large', 40005, 413, Rejected],
  ['what AutoMod blocks', 200000, 400, Rejected],
  ['what the harmful links filter blocks', 240000, 400, Rejected],
  ['a message that is gone', 10008, 404, Gone],
  ['too many active threads', 160006, 400, Undeliverable],
])('%s: Discord’s code %i', (_, code, status, kind) => {
  expect(says(code, status)).toBeInstanceOf(kind);
});

test('an archived thread is no reason to give a message up at once', () => {
  expect(says(50083, 400)).not.toBeInstanceOf(Rejected);
});

test.each(Object.entries(classes))('every documented error that is %s is handled as that', (kind, errors) => {
  expect(errors.map((how) => [how, classOf(how)])).toEqual(errors.map((how) => [how, kind]));
});

import { expect, test } from 'vitest';
import { Rooms } from '../../connectors/matrix/encryption/rooms.ts';

const algorithm = 'm.megolm.v1.aes-sha2';

test('settings of a room’s encryption that make no sense are those that it has by default', async () => {
  const memory = { load: async () => null, save: async () => undefined };
  const rooms = new Rooms({ getRoomStateEvent: async () => ({}) }, memory);
  const content = { algorithm, rotation_period_ms: -5, rotation_period_msgs: 'many' };
  const event = { type: 'm.room.encryption', state_key: '', content };
  await rooms.hear({ rooms: { join: { '!noc': { state: { events: [event] } } } } });
  expect(await rooms.getRoomCryptoConfig('!noc')).toEqual({ algorithm });
  const sensible = { ...event, content: { algorithm, rotation_period_ms: 1_000, rotation_period_msgs: 10 } };
  await rooms.hear({ rooms: { join: { '!noc': { timeline: { events: [sensible] } } } } });
  expect(await rooms.getRoomCryptoConfig('!noc')).toEqual(sensible.content);
});

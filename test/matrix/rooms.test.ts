import { beforeEach, expect, test } from 'vitest';
import { Rooms } from '../../connectors/matrix/encryption/rooms.ts';

const megolm = { algorithm: 'm.megolm.v1.aes-sha2' };
const notFound = Object.assign(new Error('not found'), { errcode: 'M_NOT_FOUND' });

/** What the homeserver says of a room's state, by type; what it does not say it refuses. */
let state: Map<string, object | Error>;
let asked: string[];
let kept: Map<string, unknown>;
beforeEach(() => {
  state = new Map();
  asked = [];
  kept = new Map();
});

function rooms(): Rooms {
  const getRoomStateEvent = async (_room: string, type: string) => {
    asked.push(type);
    const said = state.get(type) ?? notFound;
    if (said instanceof Error) throw said;
    return said;
  };
  const load = async (name: string) => kept.get(name) ?? null;
  const save = async (name: string, value: unknown) => void kept.set(name, value);
  return new Rooms({ getRoomStateEvent }, { load, save });
}

const told = (type: string, content: Record<string, unknown>, where: 'state' | 'timeline' = 'timeline') => ({
  rooms: { join: { '!a': { [where]: { events: [{ type, state_key: '', content }] } } } },
});

test('a room that the homeserver says nothing of is not encrypted, and is asked about once', async () => {
  const known = rooms();
  expect(await known.getRoomCryptoConfig('!a')).toEqual({});
  expect(await known.getRoomCryptoConfig('!a')).toEqual({});
  expect(asked).toEqual(['m.room.encryption']);
});

test('a room that the homeserver fails to tell of is not taken for one that is not encrypted', async () => {
  const known = rooms();
  state.set('m.room.encryption', new Error('502'));
  await expect(known.getRoomCryptoConfig('!a')).rejects.toThrow('502');
  state.set('m.room.encryption', megolm);
  expect(await known.getRoomCryptoConfig('!a')).toMatchObject(megolm);
});

test('a room that was encrypted once stays so, over a restart too, whatever the homeserver says', async () => {
  state.set('m.room.encryption', megolm);
  state.set('m.room.history_visibility', { history_visibility: 'invited' });
  expect(await rooms().getRoomCryptoConfig('!a')).toEqual({ ...megolm, historyVisibility: 'invited' });
  state.clear();
  const after = rooms();
  await after.hear(told('m.room.encryption', {}));
  expect(await after.getRoomCryptoConfig('!a')).toEqual({ ...megolm, historyVisibility: 'invited' });
});

test.each(['state', 'timeline'] as const)(
  'encryption that is turned on in the %s of a sync is known at once',
  async (where) => {
    const known = rooms();
    expect(await known.getRoomCryptoConfig('!a')).toEqual({});
    await known.hear(told('m.room.encryption', megolm, where));
    expect(await known.getRoomCryptoConfig('!a')).toMatchObject(megolm);
  },
);

test('who may read the history is followed in encrypted rooms', async () => {
  const known = rooms();
  await known.hear(told('m.room.history_visibility', { history_visibility: 'shared' }));
  expect(asked).toEqual([]);
  await known.hear(told('m.room.encryption', megolm));
  await known.hear(told('m.room.history_visibility', { history_visibility: 'joined' }));
  expect(await rooms().getRoomCryptoConfig('!a')).toEqual({ ...megolm, historyVisibility: 'joined' });
});

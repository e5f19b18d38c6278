import { describe, expect, it } from 'vitest';
import { decryptFile, encryptFile } from '../../connectors/matrix/encrypted-file.ts';
import { readGroup } from '../../connectors/matrix/groups.ts';
import { Successors } from '../../connectors/matrix/successors.ts';
import { readPlace, readPlatformId } from '../../src/config/place.ts';

/** What is kept, as the database does. */
function keeping() {
  const kept = new Map<string, unknown>();
  return {
    load: async (name: string) => kept.get(name) ?? null,
    save: async (name: string, value: unknown) => void kept.set(name, value),
  };
}

describe('rooms that were replaced', () => {
  it('what is told goes to the newest, and what is said there comes from the one that the house knows', async () => {
    const memory = keeping();
    const successors = new Successors(memory, () => false);
    await successors.learn('!1', '!2');
    await successors.learn('!2', '!3');
    expect(['!1', '!2', '!3', '!x'].map((room) => successors.newest(room))).toEqual(['!3', '!3', '!3', '!x']);
    expect(['!1', '!2', '!3', '!x'].map((room) => successors.known(room))).toEqual(['!1', '!1', '!1', '!x']);

    const another = new Successors(memory, (room) => room === '!2');
    await another.load();
    expect(['!1', '!2', '!3'].map((room) => another.known(room))).toEqual(['!1', '!2', '!2']);
  });

  it('that name each other in turn lead nowhere', async () => {
    const successors = new Successors(keeping(), () => false);
    await successors.learn('!1', '!2');
    await successors.learn('!2', '!1');
    expect(successors.newest('!1')).toBe('!2');
  });
});

describe('the configuration', () => {
  it('names rooms of every version, with or without a server in their ids', () => {
    const rooms = ['!abc:example.org', '!Wz4-k_9bJ0'].map((room) => readPlace(`matrix:example.org/${room}`));
    const place = { platform: 'matrix', workspace: 'example.org', thread: null, direct: false };
    expect(rooms).toEqual([
      { ...place, channel: '!abc:example.org' },
      { ...place, channel: '!Wz4-k_9bJ0' },
    ]);
    expect(readPlace('matrix:example.org:8448/!abc:example.org:8448')).toMatchObject({ workspace: 'example.org:8448' });
  });

  it('names people of any server', () => {
    expect(readPlatformId('matrix:example.org/@ada:other.example', 'account')).toEqual({
      ...{ platform: 'matrix', workspace: 'example.org', id: '@ada:other.example' },
    });
  });

  it('names rooms as groups, and those in them who have some power', () => {
    const read = readPlatformId('matrix:example.org/!noc:example.org?power=50', 'group');
    if (typeof read === 'string') throw new Error(read);
    expect(readGroup(read.id)).toEqual({ room: '!noc:example.org', power: 50 });
    expect(readGroup('!noc:example.org')).toEqual({ room: '!noc:example.org', power: null });
  });
});

describe('an encrypted file', () => {
  it('reads as it was, and not at all when something was changed', () => {
    const { bytes, key } = encryptFile(Buffer.from('lines'));
    expect(Buffer.from(bytes).toString()).not.toBe('lines');
    expect(Buffer.from(decryptFile(bytes, key)).toString()).toBe('lines');
    expect(() => decryptFile(Buffer.concat([bytes, Buffer.from('!')]), key)).toThrow('not what was sent');
  });
});

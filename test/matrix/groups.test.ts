import { pino } from 'pino';
import { expect, test } from 'vitest';
import { TryLater, Undeliverable } from '../../connectors/connector.ts';
import { mirrorGroups } from '../../connectors/matrix/groups.ts';
import type { Matrix } from '../../connectors/matrix/matrix.ts';

const group = '!staff:example.org';

/** As much of Matrix as groups are read from; the homeserver answers so when it is asked who is in a room. */
function matrixOf(members: () => Promise<ReadonlyMap<string, { joined: boolean }>>) {
  const told: (readonly string[])[] = [];
  const matrix = {
    server: 'example.org',
    bot: '@docket:example.org',
    log: pino({ level: 'silent' }),
    rooms: { membersNow: members },
    successors: { newest: (room: string) => room },
    door: {
      groupsWanted: async () => [group],
      group: async (_: unknown, __: string, people: readonly string[]) => void told.push(people),
    },
  } as unknown as Matrix;
  return { matrix, told };
}

test('who is in a group is asked again where the homeserver asks to wait: whoever left does not stay in it', async () => {
  const { matrix, told } = matrixOf(() => Promise.reject(new TryLater('the homeserver asks to wait', 1_000)));
  await expect(mirrorGroups(matrix, group)).rejects.toThrow(TryLater);
  expect(told).toEqual([]);
});

test('a group whose room is closed to Docket stays as it is', async () => {
  const { matrix, told } = matrixOf(() => Promise.reject(new Undeliverable('Docket is not in the room')));
  await mirrorGroups(matrix, group);
  expect(told).toEqual([]);
});

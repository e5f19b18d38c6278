import { expect, test } from 'vitest';
import type { Api } from '../../connectors/discord/api.ts';
import { Roles } from '../../connectors/discord/roles.ts';

test('a role that is taken from somebody while the list of members is being read stays taken', async () => {
  const crew = new Set<string>();
  const door = {
    groupsWanted: async () => ['crew'],
    group: async (_: unknown, role: string, members: readonly string[]) => {
      expect(role).toBe('crew');
      crew.clear();
      for (const member of members) crew.add(member);
    },
    member: async ({ sender }: { sender: { id: string } }, roles: readonly string[]) => {
      if (roles.includes('crew')) crew.add(sender.id);
      else crew.delete(sender.id);
    },
  };
  let answer: (() => void) | null = null;
  const call = async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return [{ user: { id: 'rob' }, roles: ['crew'] }];
  };
  const roles = new Roles({ call } as unknown as Api, door);
  const mirrored = roles.mirror('1000');
  await expect.poll(() => answer).not.toBeNull();
  await roles.told('1000', { id: 'rob', name: 'Rob' }, { roles: [] });
  await roles.told('1000', { id: 'bo', name: 'Bo' }, { roles: ['crew'] });
  (answer as (() => void) | null)?.();
  await mirrored;
  expect([...crew]).toEqual(['bo']);
});

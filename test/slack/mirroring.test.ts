import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mirrorGroup } from '../../connectors/slack/groups.ts';
import type { Slack } from '../../connectors/slack/slack.ts';
import { Turns } from '../../connectors/turns.ts';

test('of two answers about a user group the one that was asked for later counts, whichever comes first', async () => {
  let users = ['rob'];
  let told: readonly string[] = [];
  let asked = 0;
  const slack = {
    team: 'T1',
    mirroring: new Turns(),
    door: {
      groupsWanted: async () => ['S1'],
      group: async (_where: unknown, _id: string, members: readonly string[]) => {
        told = members;
      },
    },
    api: {
      callPatiently: async () => {
        const answer = { users };
        if (++asked === 1) await setTimeout(100);
        return answer;
      },
    },
  } as unknown as Slack;
  const first = mirrorGroup(slack, 'S1');
  await expect.poll(() => asked).toBe(1);
  users = [];
  const second = mirrorGroup(slack, 'S1');
  await Promise.all([first, second]);
  expect(told).toEqual([]);
});

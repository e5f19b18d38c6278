import { PermissionFlagsBits as May } from 'discord.js';
import { expect, test } from 'vitest';
import { permissionsIn } from '../../connectors/discord/permissions.ts';

const guild = '1';
const roles = new Map([
  [guild, May.ViewChannel | May.SendMessages],
  ['2', May.AddReactions],
  ['3', May.Administrator],
]);
const standing = (theirs: string[], overwrites: { id: string; type: number; allow: bigint; deny: bigint }[]) =>
  permissionsIn({ guild, user: '7', roles: theirs, permissions: roles, overwrites });
const none = { allow: 0n, deny: 0n };

test.each<[string, bigint, bigint]>([
  [
    'the role of everyone and their own add up',
    standing(['2'], []),
    May.ViewChannel | May.SendMessages | May.AddReactions,
  ],
  [
    'an administrator may everything, whatever a channel says',
    standing(['3'], [{ ...none, id: guild, type: 0, deny: May.ViewChannel }]) & May.ViewChannel,
    May.ViewChannel,
  ],
  [
    'a channel takes from everyone',
    standing([], [{ ...none, id: guild, type: 0, deny: May.SendMessages }]),
    May.ViewChannel,
  ],
  [
    'a role of theirs gives back what the channel takes from everyone',
    standing(
      ['2'],
      [
        { ...none, id: guild, type: 0, deny: May.SendMessages | May.ViewChannel },
        { ...none, id: '2', type: 0, allow: May.SendMessages | May.ViewChannel },
      ],
    ),
    May.ViewChannel | May.SendMessages | May.AddReactions,
  ],
  [
    'a role that they do not have gives nothing',
    standing([], [{ ...none, id: '2', type: 0, allow: May.AddReactions }]),
    May.ViewChannel | May.SendMessages,
  ],
  [
    'what is said of the member holds over all',
    standing(
      ['2'],
      [
        { ...none, id: '7', type: 1, deny: May.AddReactions },
        { ...none, id: '2', type: 0, allow: May.AddReactions },
      ],
    ),
    May.ViewChannel | May.SendMessages,
  ],
])('%s', (_, held, expected) => {
  expect(held).toBe(expected);
});

import type { DiscordOptions } from './options.ts';

/** Ids of people and places, for the emulator's own tests. */
export const ids = {
  guild: '200000000000000001',
  noc: '300000000000000001',
  secret: '300000000000000002',
  forum: '300000000000000003',
  hidden: '300000000000000004',
  ada: '400000000000000001',
  bo: '400000000000000002',
  staff: '500000000000000001',
  open: '600000000000000001',
  done: '600000000000000002',
} as const;

/** A guild with two people in it, and a channel of each kind. */
export const smallGuild: DiscordOptions = {
  people: [
    { id: ids.ada, name: 'ada', displayName: 'Ada Okafor' },
    { id: ids.bo, name: 'bo', displayName: 'Bo Lindqvist' },
  ],
  guilds: [
    {
      ...{ id: ids.guild, name: 'Docket' },
      members: [{ user: ids.ada, roles: [ids.staff] }, ids.bo],
      roles: [{ id: ids.staff, name: 'staff' }],
      channels: [
        { id: ids.noc, name: 'noc' },
        { id: ids.secret, name: 'secret', members: [ids.ada] },
        {
          ...{ id: ids.forum, name: 'questions', type: 'forum' },
          tags: [
            { id: ids.open, name: 'open' },
            { id: ids.done, name: 'done', moderated: true },
          ],
        },
        { id: ids.hidden, name: 'hidden', withoutBot: true },
      ],
    },
  ],
};

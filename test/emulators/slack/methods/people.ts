import { pageOf } from '../pages.ts';
import { Refusal } from '../refusal.ts';
import type { Method } from '../web-api.ts';
import { groupJson, personJson } from '../wire.ts';

export const peopleMethods: Readonly<Record<string, Method>> = {
  'users.info': ({ workspace }, args) => ({
    user: personJson(workspace.person(args.required('user', 'user_not_found'))),
  }),

  'users.list': ({ workspace }, args) => {
    const { items, response_metadata } = pageOf([...workspace.people.values()], args, 200);
    return { members: items.map((person) => personJson(person)), response_metadata };
  },

  'usergroups.list': ({ workspace }, args) => ({
    usergroups: [...workspace.groups.values()].map((group) => groupJson(workspace, group, args.flag('include_users'))),
  }),

  'usergroups.users.list': ({ workspace }, args) => {
    const group = workspace.groups.get(args.required('usergroup', 'no_such_subteam'));
    if (group === undefined) throw new Refusal('no_such_subteam');
    return { users: group.users };
  },
};

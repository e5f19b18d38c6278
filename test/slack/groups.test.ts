import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, isTold, open } from '../conformance/acts.ts';
import { mixed, openWorld, type World } from './world.ts';

const members = `select from group_members m join groups g on g.id = m.group_id where g.name = 'slack:T0DOCKET/S0CREW'`;

let world: World;
const said: string[] = [];
beforeAll(async () => {
  const lines = { write: (line: string) => void said.push(String(JSON.parse(line).msg)) };
  const crew = { id: 'S0CREW', handle: 'crew', users: ['U0ROB'] };
  world = await openWorld(
    { groups: [crew] },
    {
      yaml: mixed().replace(
        'operators: [ada, bo]',
        'operators: [ada, bo, "slack:T0DOCKET/S0NONE", "slack:T0DOCKET/S0CREW"]',
      ),
      log: pino({ level: 'warn' }, lines),
    },
  );
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

test('of a user group that there is not Docket says so, and mirrors the others', async () => {
  await expect.poll(() => said).toEqual([expect.stringMatching(/no user group S0NONE.*Correct its id/)]);
  const ticket = await open(world.ada, 'in noc For the crew');
  await command(world.rob, `comment ${ticket} of-the-crew`);
  expect((await command(world.ada, `history ${ticket}`)).text).toContain('of-the-crew');
});

test('whoever was in a user group that is gone at the next start has its rights no more', async () => {
  const { ada, rob, slack, restart } = world;
  const ticket = await open(ada, 'in noc No more crew');
  slack.workspace.groups.delete('S0CREW');
  await restart();
  await slack.connected();
  await rob.slash('lobby', `comment ${ticket} still-of-the-crew`);
  await world.quiet();
  expect((await command(ada, `history ${ticket}`)).text).not.toContain('still-of-the-crew');
});

test('where Slack does not say who is in a group, it is asked again, over the same connection', async () => {
  const { slack, restart } = world;
  said.length = 0;
  slack.workspace.groups.set('S0CREW', { id: 'S0CREW', handle: 'crew', name: 'crew', users: ['U0ROB'] });
  slack.askToWait('usergroups.users.list', 60);
  await restart();
  await slack.connected();
  await expect.poll(() => said).toContainEqual(expect.stringMatching(/asked again/));
  const inCrew = async () => (await world.docket.store.pool.query(members)).rowCount;
  await expect.poll(inCrew).toBe(1);
  expect(slack.core.sockets.size).toBe(1);
});

test.each([
  ['plan_upgrade_required', /user group S0CREW is not known: the plan of this workspace has no user groups\. Take/],
  ['a_code_of_next_year', /user group S0CREW is not known: Slack answers `a_code_of_next_year`\. Look/],
])('a workspace that answers %s about its user groups is looked at all the same', async (code, sentence) => {
  const { ada, slack, restart, quiet } = world;
  const ticket = await open(ada, 'in noc Waits for a restart');
  await quiet();
  slack.refuse('usergroups.users.list', code);
  slack.kick('C0NOC');
  await command(ada, `comment ${ticket} waits-in-line`);
  await quiet();
  said.length = 0;
  await restart();
  await slack.connected();
  await expect.poll(() => said.filter((each) => sentence.test(each))).toHaveLength(1);
  await expect.poll(() => said).toContainEqual(expect.stringMatching(/not in the channel #noc/));
  expect(said.filter((each) => /asked again/.test(each))).toEqual([]);
  slack.allow();
  slack.invite('C0NOC');
  await isTold(ada, 'noc', ticket, 'waits-in-line');
});

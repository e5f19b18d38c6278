import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopes } from '../../connectors/slack/app.ts';
import { mixed, openWorld, type World } from './world.ts';

const place = (channel: string, workspace = 'T0DOCKET') =>
  `{ place: "slack:${workspace}/${channel}", audience: staff }`;
const feeds = [place('C0NOC'), place('C0LOBBY'), place('C0SECRET'), place('C0OTHER', 'T0OTHER')].join(', ');

let world: World;
const warnings: string[] = [];
beforeAll(async () => {
  const lines = { write: (line: string) => void warnings.push(String(JSON.parse(line).msg)) };
  world = await openWorld(
    { scopes: scopes.filter((scope) => scope !== 'reactions:write') },
    {
      yaml: mixed().replace(`feeds: [${place('C0NOC')}]`, `feeds: [${feeds}]`),
      log: pino({ level: 'warn' }, lines),
      before: (slack) => {
        slack.kick('C0NOC');
        slack.archive('C0LOBBY');
      },
    },
  );
});
afterAll(() => world?.close());

test.each([
  ['a scope that is missing', /lacks the scope reactions:write\. Bring it up to date .*manifest.*reinstall it/],
  ['a channel that the bot is not in', /not in the channel #noc\. Write `\/invite @docket` there/],
  ['a channel that is archived', /channel #lobby is archived\. Unarchive it, or take it out of the configuration/],
  ['a channel that there is not, or that is private', /no channel C0SECRET that Docket can see.*\/invite @docket/],
  ['a channel of another workspace', /names slack:T0OTHER\/C0OTHER, but the token is of the workspace T0DOCKET/],
])('at its start Docket names %s, with the fix', async (_, sentence) => {
  await expect.poll(() => warnings.filter((warning) => sentence.test(warning))).toHaveLength(1);
});

test('what is as it should be is not spoken of', () => {
  expect(warnings).toHaveLength(5);
});

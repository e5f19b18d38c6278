import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, open } from '../conformance/acts.ts';
import { signed } from '../emulators/slack/signed-requests.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ mode: 'http' });
});
afterAll(() => world?.close());

const seconds = () => Math.floor(Date.now() / 1_000);

/** Posts to Docket as Slack does; gives the status of the answer. */
async function post(body: string, secret = world.slack.signingSecret, timestamp = seconds()): Promise<number> {
  const headers = {
    'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
    ...signed(body, secret, timestamp),
  };
  return (await fetch(`${world.docket.url}/slack/events`, { method: 'POST', body, headers })).status;
}

const typed = (ticket: number, user = 'U0ADA') =>
  new URLSearchParams({
    ...{ command: '/ticket', text: `take ${ticket}`, user_id: user, channel_id: 'C0NOC', team_id: 'T0DOCKET' },
    ...{ trigger_id: `forged-${ticket}`, response_url: 'http://127.0.0.1:9/', api_app_id: 'A0DOCKET' },
  }).toString();

test('Slack takes the address of Docket’s own port', async () => {
  expect(await world.slack.verifyUrl()).toBe(true);
});

test.each([
  ['another secret', 'not the secret', 0],
  ['a moment six minutes ago, as what was overheard is', undefined, -360],
  ['a moment six minutes ahead', undefined, 360],
])('what is signed with %s is refused, and does nothing', async (_, secret, ago) => {
  const { ada, quiet } = world;
  const ticket = await open(ada, 'in noc Forged');
  expect(await post(typed(ticket), secret, seconds() + ago)).toBe(401);
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).not.toContain('took');
});

test.each([
  ['another workspace', 'T0OTHER', 0],
  ['the own workspace', 'T0DOCKET', 1],
])('an event that is meant for an installation of the app in %s (%s): changes %i', async (_, team, changes) => {
  const { ada, quiet } = world;
  const ticket = await open(ada, 'in noc Installed twice');
  const ts = `${seconds()}.00000${changes}`;
  const event = {
    ...{ type: 'message', channel: 'C0LOBBY', channel_type: 'channel', user: 'U0ADA', ts, event_ts: ts },
    text: `#${ticket} !take`,
  };
  const body = JSON.stringify({
    ...{ type: 'event_callback', team_id: 'T0DOCKET', api_app_id: 'A0DOCKET', event, event_id: `Ev0${team}` },
    authorizations: [{ enterprise_id: null, team_id: team, user_id: 'U0DOCKET', is_bot: true }],
  });
  expect(await post(body)).toBe(200);
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text.match(/took/g) ?? []).toHaveLength(changes);
});

test('what Slack has signed is worked, and once when it comes again', async () => {
  const { ada, quiet } = world;
  const ticket = await open(ada, 'in noc Signed');
  expect(await post(typed(ticket))).toBe(200);
  expect(await post(typed(ticket))).toBe(200);
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text.match(/took/g)).toHaveLength(1);
});

test('somebody whom Slack does not show to the app is a stranger, and no member of the workspace', async () => {
  const ticket = await open(world.ada, 'in noc Not for strangers');
  expect(await post(typed(ticket, 'U0GHOST'))).toBe(200);
  await world.quiet();
  const { rows } = await world.docket.store.pool.query(
    `select workspace from identities where platform_id = 'U0GHOST'`,
  );
  expect(rows).toEqual([{ workspace: 'unknown' }]);
});

test('the same address, written otherwise, is answered as well: what Slack has not signed is refused', async () => {
  const written = `${world.docket.url}/slack/%65vents`;
  expect((await fetch(written, { method: 'POST', signal: AbortSignal.timeout(15_000) })).status).toBe(401);
});

test('what is larger than anything that Slack sends is refused', async () => {
  expect(await post(`text=${'x'.repeat(2_000_000)}`)).toBeGreaterThanOrEqual(400);
});

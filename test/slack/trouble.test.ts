import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, eventually, isTold, linesUnder, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ patience: 3_000, retries: Array(20).fill(300) });
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const parked = async () => (await world.docket.store.pool.query('select from parked')).rowCount;

/** What the administrator is told in Slack of places that cannot be told. */
function warnings(): readonly string[] {
  const direct = world.slack.workspace.direct('U0ADMIN');
  return [...direct.messages.values()].map(({ text }) => text).filter((text) => text.includes('cannot be told'));
}

/** The same at the console, where nobody sits in for an administrator. */
async function warningsAtConsole(): Promise<readonly string[]> {
  const { rows } = await world.docket.store.pool.query(
    `select view::text from console_messages where channel = '@admin' and view::text like '%cannot be told%'`,
  );
  return rows.map(({ view }) => String(view));
}

async function ticketWithCard(subject: string): Promise<number> {
  const ticket = await open(world.ada, `in noc ${subject}`);
  await eventually(world.ada, () => cardOf(world.ada, 'noc', ticket));
  return ticket;
}

test('of an archived channel the administrator hears once; what waits for it comes in order when it is back', async () => {
  const { ada, slack, quiet } = world;
  const ticket = await ticketWithCard('Archived meanwhile');
  slack.archive('C0NOC');
  for (const nth of [1, 2, 3]) await ada.slash('lobby', `comment ${ticket} in-the-archive-${nth}`);
  await expect.poll(parked).toBe(1);
  await expect.poll(() => warnings()).toHaveLength(1);
  expect(warnings()[0]).toMatch(/archived[\s\S]*Unarchive the channel/);
  slack.archive('C0NOC', false);
  await isTold(ada, 'noc', ticket, /archive-1[\s\S]*archive-2[\s\S]*archive-3/);
  await quiet();
  expect(await linesUnder(ada, 'noc', ticket)).toHaveLength(3);
  expect(warnings()).toHaveLength(1);
  expect(await parked()).toBe(0);
});

test('of a revoked token the administrator hears once, elsewhere; with a token that is good everything comes in order', async () => {
  const { ada, sue, slack, atConsole, restart, quiet } = world;
  const ticket = await ticketWithCard('Revoked meanwhile');
  const elsewhere = await open(sue, 'in security Revoked there, too');
  await eventually(sue, () => cardOf(sue, 'security', elsewhere));
  const seated = await atConsole('sue');
  slack.revokeToken();
  for (const nth of [1, 2, 3]) {
    for (const each of [ticket, elsewhere]) await seated.slash('lobby', `comment ${each} without-a-token-${nth}`);
  }
  await expect.poll(warningsAtConsole).toHaveLength(1);
  expect((await warningsAtConsole())[0]).toMatch(/token was revoked[\s\S]*SLACK_BOT_TOKEN/);
  await quiet();
  expect(await warningsAtConsole()).toHaveLength(1);
  slack.restoreToken();
  await restart();
  await isTold(ada, 'noc', ticket, /token-1[\s\S]*token-2[\s\S]*token-3/);
  await isTold(sue, 'security', elsewhere, /token-1[\s\S]*token-2[\s\S]*token-3/);
  await quiet();
  expect(await linesUnder(ada, 'noc', ticket)).toHaveLength(3);
  expect(await parked()).toBe(0);
});

test('what comes while the database is away is not acknowledged, comes again, and acts once', async () => {
  const { ada, slack, gate, quiet } = world;
  const ticket = await ticketWithCard('No database');
  await quiet();
  await gate.close();
  await ada.say('noc', `#${ticket} kept-in-the-end`);
  const sent = slack.deliveries.findLast(({ envelope }) => JSON.stringify(envelope).includes('kept-in-the-end'));
  expect(sent?.outcomes.map(({ acked }) => acked)).toEqual([false]);
  await gate.open();
  await expect.poll(() => sent?.outcomes.at(-1)?.acked).toBe(true);
  await slack.redeliverLast();
  await quiet();
  const { rows } = await world.docket.store.pool.query(
    `select from transactions where ticket_id = $1 and body like '%kept-in-the-end%'`,
    [ticket],
  );
  expect(rows).toHaveLength(1);
});

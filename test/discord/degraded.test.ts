import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, command, eventually, open } from '../conformance/acts.ts';
import { guildId, userId } from '../conformance/discord-guild.ts';
import { openWorld, type World, yaml } from './world.ts';

const crew = '500000000000000001';

let world: World;
const said: string[] = [];
beforeAll(async () => {
  const lines = { write: (line: string) => void said.push(String(JSON.parse(line).msg)) };
  world = await openWorld({}, { log: pino({ level: 'warn' }, lines) });
});
beforeEach(() => {
  said.length = 0;
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

/** An intent is switched off, and Discord takes the session away. Resolves when Docket has another one. */
async function withoutContent(): Promise<void> {
  const { discord } = world;
  const before = discord.core.sessions.all.length;
  discord.switchIntent('MessageContent', false);
  discord.gateway.invalidate(false);
  await expect.poll(() => discord.core.sessions.all.length, { timeout: 30_000 }).toBeGreaterThan(before);
  await discord.listening();
}

test('an intent that is switched off while Docket runs is named with its fix, and all that works without it goes on', async () => {
  const { ada } = world;
  const ticket = await open(ada, 'in noc Before');
  await withoutContent();
  expect(said).toEqual([
    expect.stringMatching(/Message Content Intent is off.*neither intake channels.*Turn it on at/),
  ]);
  expect((await command(ada, `comment ${ticket} by-a-command`)).text).toMatch(/#/);
  expect((await command(ada, `history ${ticket}`)).text).toContain('by-a-command');
});

test('with the intent on again intake channels are heard from the next session on', async () => {
  const { discord, rita, restart } = world;
  discord.switchIntent('MessageContent', true);
  await restart();
  await ask(rita, 'Heard again');
});

test('an intent that Discord refuses while it says that it is on is done without', async () => {
  const { ada, discord, restart } = world;
  discord.freezeFlags();
  await withoutContent();
  expect(said).toEqual([expect.stringMatching(/Message Content Intent is off/)]);
  await open(ada, 'in noc Without');
  delete discord.core.flags;
  discord.switchIntent('MessageContent', true);
  await restart();
});

test.each([
  ['30034', { status: 400, code: 30_034, message: 'Max number of daily application command creates has been reached' }],
  ['50035', { status: 400, code: 50_035, message: 'Invalid Form Body' }],
  // The library asks twice.
  ['a failure of its servers', { status: 500, times: 2 }],
])(
  'where Discord answers %s to the commands, Docket listens without them, and registers them later',
  async (_, how) => {
    const { discord, rita, restart } = world;
    const [registered] = discord.core.commands.of(null);
    if (registered === undefined) throw new Error('there are no commands');
    for (const each of [...discord.core.commands.of(null)]) discord.core.commands.remove(each);
    discord.trouble({ what: /^PUT \/applications\/\d+\/commands/, times: 1, ...how });
    const starting = restart();
    await expect.poll(() => said).toContainEqual(expect.stringMatching(/could not register the commands.*later/));
    await discord.listening();
    await ask(rita, 'Heard without commands');
    await starting;
    await expect.poll(() => discord.core.commands.of(null).length, { timeout: 30_000 }).toBe(3);
  },
);

test('a channel that Discord refuses to show is named, and does not hold up the others', async () => {
  const { discord, restart, rita } = world;
  discord.trouble({
    status: 403,
    code: 40_333,
    message: 'internal network error',
    what: /^GET \/channels\/\d+$/,
    times: 1,
  });
  await restart();
  await expect.poll(() => said).toContainEqual(expect.stringMatching(/could not be checked: .*40333/));
  await ask(rita, 'Heard all the same');
});

test('a command in a direct conversation is acknowledged before Discord has said who is where', async () => {
  const { discord, rita, restart } = world;
  discord.world.direct(userId('rita'));
  await restart();
  const members = discord.hold(/^GET \/guilds\/\d+\/members\/\d+$/);
  const asked = rita.slash('direct', 'list');
  await members.arrived;
  const interaction = discord.core.interactions.all.at(-1);
  expect(await interaction?.answered).toBe(true);
  members.release();
  await asked;
  await eventually(rita, () => expect(rita.notices().length).toBeGreaterThan(0));
});

test('roles that Discord does not tell of at first are asked for again, and nothing else waits for them', async () => {
  const { ada, discord, restart } = world;
  discord.world.guilds.get(guildId)?.roles.set(crew, { id: crew, name: 'crew', permissions: 0n } as never);
  discord.administrator.setRoles(guildId, userId('rob'), [crew]);
  discord.trouble({ status: 403, code: 50_001, what: /^GET \/guilds\/\d+\/members$/, times: 1 });
  await restart(yaml().replace('operators: [ada, bo]', `operators: [ada, bo, "discord:${guildId}/${crew}"]`));
  await open(ada, 'in noc Meanwhile');
  const inCrew = `select from group_members m join groups g on g.id = m.group_id where g.name = 'discord:${guildId}/${crew}'`;
  await expect.poll(async () => (await world.docket.store.pool.query(inCrew)).rowCount, { timeout: 30_000 }).toBe(1);
});

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardShows, command, eventually, isToldDirectly, open, press } from '../conformance/acts.ts';
import { channelId, guild, guildId, userId } from '../conformance/discord-guild.ts';
import { openWorld, type World, yaml } from './world.ts';

const crew = '500000000000000001';
const night = '500000000000000002';
const withRoles = (...roles: string[]) =>
  yaml().replace(
    'operators: [ada, bo]',
    `operators: [ada, bo, ${roles.map((role) => `"discord:${guildId}/${role}"`)}]`,
  );
const inRole = (role: string, handle: string) =>
  `select from group_members m join groups g on g.id = m.group_id join identities i on i.person_id = m.person_id
   where g.name = 'discord:${guildId}/${role}' and i.platform_id = '${userId(handle)}'`;

let world: World;
const said: string[] = [];
beforeAll(async () => {
  const lines = { write: (line: string) => void said.push(String(JSON.parse(line).msg)) };
  const [server] = guild.guilds ?? [];
  if (server === undefined) throw new Error('there is no server');
  world = await openWorld(
    {
      guilds: [
        {
          ...server,
          members: server.members.map((user) => (user === userId('rob') ? { user, roles: [crew] } : user)),
          roles: [
            { id: crew, name: 'crew' },
            { id: night, name: 'night' },
          ],
        },
      ],
      privileged: [],
    },
    {
      yaml: withRoles(crew),
      log: pino({ level: 'warn' }, lines),
    },
  );
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

const isIn = async (role: string, handle: string) =>
  (await world.docket.store.pool.query(inRole(role, handle))).rowCount === 1;
const isInCrew = (handle: string) => isIn(crew, handle);

test('of privileged intents that are off the log says at the start what works without them, and where they are turned on', () => {
  expect(said).toEqual([
    expect.stringMatching(
      /Message Content Intent is off.*mentions, commands, buttons and direct messages.*discord\.com\/developers/,
    ),
    expect.stringMatching(/Server Members Intent is off.*discord\.com\/developers/),
  ]);
  expect(world.discord.core.sessions.all).toHaveLength(1);
});

test('without the content of messages commands, buttons, forms, mentions, direct messages and 🎫 work all the same', async () => {
  const { ada, bo, rita, discord } = world;
  const ticket = await open(ada, 'in noc By a command');
  await press(bo, 'noc', ticket, 'Take');
  await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Bo Lindqvist' }) });
  await rita.say('direct', 'new By a direct message');
  await isToldDirectly(rita, 'By a direct message');
  await rita.say('lobby', '@docket new in noc By a mention');
  await eventually(ada, async () =>
    expect((await ada.cards('noc')).map(({ card }) => card?.subject)).toContain('By a mention'),
  );
  const talk = await rita.say('lobby', 'By its mark');
  await ada.react(talk, '🎫');
  await eventually(ada, async () => expect((await ada.cards('lobby')).length).toBeGreaterThan(0));
  const other = await rita.say('lobby', 'By the message command');
  await discord.client(userId('ada')).messageCommand(channelId('lobby'), other.id, 'Make a ticket');
  await eventually(ada, async () =>
    expect((await ada.cards('lobby')).map(({ card }) => card?.subject)).toContain('By the message command'),
  );
});

test('without the list of members whoever has a role is known by what they do, and by what they do after it was given or taken', async () => {
  const { rob, ada, discord, quiet } = world;
  const ticket = await open(ada, 'in noc For the crew');
  expect(await isInCrew('rob')).toBe(false);
  await command(rob, `comment ${ticket} of-the-crew`);
  expect(await isInCrew('rob')).toBe(true);
  expect((await command(ada, `history ${ticket}`)).text).toContain('of-the-crew');
  discord.administrator.setRoles(guildId, userId('rob'), []);
  await rob.slash('lobby', `comment ${ticket} no-longer-of-the-crew`);
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).not.toContain('no-longer-of-the-crew');
});

test('with both intents on intake channels are heard, and roles are known before anybody acts and as they change', async () => {
  const { rita, discord, restart } = world;
  for (const name of ['MessageContent', 'GuildMembers'] as const) discord.switchIntent(name, true);
  discord.administrator.setRoles(guildId, userId('rob'), [crew]);
  said.length = 0;
  await restart();
  await expect.poll(() => isInCrew('rob')).toBe(true);
  expect(said).toEqual([]);
  const message = await rita.say('helpdesk', 'Heard at last');
  await eventually(rita, async () =>
    expect((await rita.cards('helpdesk')).map(({ root }) => root?.id)).toContain(message.id),
  );
  discord.administrator.setRoles(guildId, userId('rita'), [crew]);
  await expect.poll(() => isInCrew('rita')).toBe(true);
  discord.administrator.setRoles(guildId, userId('rita'), []);
  await expect.poll(() => isInCrew('rita')).toBe(false);
  discord.administrator.kick(guildId, userId('rob'));
  await expect.poll(() => isInCrew('rob')).toBe(false);
});

test('a role that is a group from a restart on, over which the session was resumed, is known with all who are in it', async () => {
  const { discord, restart } = world;
  discord.administrator.setRoles(guildId, userId('bo'), [night]);
  const { resumed } = discord.core.sessions;
  await restart(withRoles(crew, night));
  await expect.poll(() => isIn(night, 'bo')).toBe(true);
  expect(discord.core.sessions.resumed).toBe(resumed + 1);
});

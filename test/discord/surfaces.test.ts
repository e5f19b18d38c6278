import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, asked, cardOf, command, eventually, open } from '../conformance/acts.ts';
import { channelId, guild, userId } from '../conformance/discord-guild.ts';
import { openWorld, type World } from './world.ts';

const helpdesk = channelId('helpdesk');
const lobby = channelId('lobby');
const crew = '500000000000000001';
const day = 86_400_000;

/** Milliseconds that Discord's clock is ahead. */
let ahead = 0;
let world: World;
beforeAll(async () => {
  const [server] = guild.guilds ?? [];
  if (server === undefined) throw new Error('there is no server');
  world = await openWorld({
    guilds: [{ ...server, roles: [{ id: crew, name: 'crew', mentionable: true }] }],
    now: () => Date.now() + ahead,
  });
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
  const refused = (world?.discord.invalidRequests ?? []).map(({ method, path }) => `${method} ${path}`);
  expect(new Set(refused).size).toBe(refused.length);
});

test('commands are registered at the first start, and not again while they are the same', async () => {
  const { discord, restart } = world;
  expect(discord.core.commands.written).toBe(1);
  await restart();
  expect(discord.core.commands.written).toBe(1);
  const [own] = discord.core.commands.of(null);
  if (own === undefined) throw new Error('there are no commands');
  discord.core.commands.put(null, { ...own.definition, description: 'Of an earlier version' }, () => own.id);
  await restart();
  expect(discord.core.commands.written).toBe(2);
});

test('“Make a ticket” on a message makes a ticket of it for its author, with its file, once', async () => {
  const { ada, bo, rob, discord } = world;
  const said = await rob.say('lobby', 'The badge reader is dead', {
    files: [{ name: 'photo.txt', content: 'no light' }],
  });
  for (const user of ['ada', 'bo'].map(userId)) {
    await discord.client(user).messageCommand(lobby, said.id, 'Make a ticket');
  }
  const card = await eventually(ada, async () => {
    const [found, ...others] = (await ada.cards('lobby')).filter(({ root }) => root?.id === said.id);
    expect(others).toEqual([]);
    if (found?.card == null) throw new Error('there is no ticket');
    return found.card;
  });
  expect(card).toMatchObject({ subject: 'The badge reader is dead', facts: { Requestor: 'Rob Weiss' } });
  expect((await command(bo, `history ${card.ticket}`)).text).toContain('photo.txt');
  const own = (await ada.cards('lobby')).find(({ card: each }) => each?.ticket === card.ticket);
  if (own === undefined) throw new Error('there is no card');
  await discord.client(userId('ada')).messageCommand(own.root?.id ?? lobby, own.id, 'Make a ticket');
  await eventually(ada, () => expect(ada.notices().at(-1)?.text).toContain('Docket’s own'));
});

test('“Ticket for this person” brings up the form of a ticket with them as requestor', async () => {
  const { ada, discord } = world;
  const form = await asked(ada, () =>
    discord.client(userId('ada')).userCommand(lobby, userId('rob'), 'Ticket for this person'),
  );
  await ada.submit(form, { Subject: 'A new chair', Queue: 'noc' });
  const made = await eventually(ada, async () => {
    const found = (await ada.cards('noc')).find(({ card }) => card?.subject === 'A new chair');
    if (found?.card == null) throw new Error('there is no ticket');
    return found.card;
  });
  expect(made.facts['Requestor']).toBe('Rob Weiss');
});

test('a file is kept by a link of its own time, however old the one that came with the message', async () => {
  const { ada, rita, hold, docket, quiet } = world;
  await quiet();
  const release = await hold('tickets');
  const said = await rita.say('helpdesk', 'See the log', { files: [{ name: 'trace.log', content: 'all of it' }] });
  ahead += 2 * day;
  await release();
  await eventually(ada, async () =>
    expect((await ada.cards('helpdesk')).map(({ root }) => root?.id)).toContain(said.id),
  );
  await quiet();
  const { rows } = await docket.store.pool.query(`select convert_from(bytes, 'utf8') as kept from attachments`);
  expect(rows).toContainEqual({ kept: 'all of it' });
});

test.each(['their writer', 'a moderator', 'a moderator, all at once'])(
  'what is deleted by %s is taken away wherever it was told',
  async (who) => {
    const { rita, ada, discord } = world;
    const { ticket, message } = await ask(rita, `Deleted by ${who}`);
    const words = ['swordfish', 'sesame'].map((word) => `${word}-${ticket}`);
    const said = [];
    for (const word of words) said.push(await rita.say('helpdesk', `The password is ${word}`, { thread: message }));
    const history = async () => (await command(ada, `history ${ticket}`)).text;
    await eventually(ada, async () => expect(await history()).toContain(words.at(-1)));
    const ids = said.map(({ id }) => id);
    if (who === 'their writer') for (const each of said) await rita.delete(each);
    else if (who === 'a moderator') for (const id of ids) discord.administrator.deleteMessage(message.id, id);
    else discord.administrator.purge(message.id, ids);
    await eventually(ada, async () => expect(await history()).not.toMatch(/swordfish|sesame/));
  },
);

test('who and what is mentioned in a message has its name in the ticket, and nobody is called by what Docket repeats', async () => {
  const { rita, ada, discord, quiet } = world;
  const pings = discord.pings().length;
  const { ticket } = await ask(rita, '@bo and @crew said in #noc that **all** is @everyone’s');
  const told = (await command(ada, `history ${ticket}`)).text;
  expect(told).toContain('Bo Lindqvist and @crew said in #noc that all is @everyone’s');
  await ada.say('noc', `#${ticket} @rita should know, @here too`);
  await quiet();
  expect(discord.pings().length).toBe(pings);
});

test('moments are given as such, so that everybody reads them in their own zone', async () => {
  const { ada, rita, discord } = world;
  const { ticket } = await ask(rita, 'Since when');
  await command(ada, `due ${ticket} 2030-01-07 10:00`);
  const [berlin, york] = await Promise.all([ada, rita].map((user) => command(user, `${ticket}`)));
  expect(berlin?.card?.facts['Due']).toContain('7 Jan 2030, 10:00');
  expect(york?.card?.facts['Due']).toContain('7 Jan 2030, 04:00');
  const raw = discord.client(userId('rita')).ephemerals.at(-1);
  expect(JSON.stringify(raw?.components)).toContain(`<t:${Date.parse('2030-01-07T09:00:00Z') / 1_000}`);
});

test('an edit of a link’s preview, of pins and of what is not taken up changes nothing', async () => {
  const { rita, ada, discord, docket, quiet } = world;
  const { ticket, message } = await ask(rita, 'Look at https://example.org');
  const talk = await rita.say('lobby', 'Only talk');
  await quiet();
  const count = async () => (await docket.store.pool.query('select count(*) from transactions')).rows[0];
  const before = await count();
  const posted = discord.world.message(discord.channel(helpdesk), message.id);
  discord.world.change({ ...posted, embeds: [{ title: 'Example' }] });
  discord.world.change({ ...discord.world.message(discord.channel(helpdesk), message.id), pinned: true });
  await rita.edit(talk, 'Still only talk');
  await rita.delete(talk);
  await quiet();
  expect(await count()).toEqual(before);
  expect((await command(ada, `${ticket}`)).card?.subject).toBe('Look at https://example.org');
});

test('the thread of a feed’s card is called by the number and the subject of its ticket', async () => {
  const { ada, discord, quiet } = world;
  const ticket = await open(ada, 'in noc A name for the thread');
  await command(ada, `comment ${ticket} first-words`);
  await quiet();
  const card = await cardOf(ada, 'noc', ticket);
  expect(discord.channel(card.id).name).toBe(`#${ticket} A name for the thread`);
});

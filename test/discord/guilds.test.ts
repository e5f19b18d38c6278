import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, cardOf, command, eventually, open } from '../conformance/acts.ts';
import { channelId, guild, guildId, userId } from '../conformance/discord-guild.ts';
import type { Client } from '../emulators/discord/client.ts';
import { controlsOf } from '../emulators/discord/component-acts.ts';
import type { Message } from '../emulators/discord/shapes.ts';
import { blankMessage } from '../emulators/discord/world.ts';
import { newsOf, whispered, wordsOf } from './at-client.ts';
import { openWorld, type World, yaml } from './world.ts';

const otherGuild = '200000000000000009';
const otherLobby = '300000000000000091';
const otherDesk = '300000000000000092';
const patId = '400000000000000090';

/** A queue for each server, which those of the other know nothing of. */
const queues = `queues:
  theirs:
    rights: { "discord:${otherGuild}": &all [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket, OwnTicket, ModifyTicket] }
    intake: ["discord:${otherGuild}/${otherDesk}"]
    feeds: [{ place: "discord:${otherGuild}/${otherDesk}" }]
  ours:
    rights: { "discord:${guildId}": *all }
    feeds: [{ place: "discord:${guildId}/${channelId('lobby')}" }]`;

let world: World;
/** Of the other server alone. */
let pat: Client;
/** In both servers; the configuration knows of the first alone. */
let bo: Client;
/** In both servers, and the configuration says that she is one person. */
let sue: Client;
/** The number of a ticket of this server's, and its card. */
let ours: number;
let card: Message;
/** The same in the other server. */
let theirs: number;
let otherCard: Message;

beforeAll(async () => {
  const other = {
    ...{ id: otherGuild, name: 'Other', members: [patId, userId('bo'), userId('sue')] },
    channels: [
      { id: otherLobby, name: 'lobby' },
      { id: otherDesk, name: 'desk' },
    ],
  };
  const account = `discord:${guildId}/${userId('sue')}`;
  world = await openWorld(
    {
      people: [...(guild.people ?? []), { id: patId, name: 'pat', displayName: 'Pat Elsewhere' }],
      guilds: [...(guild.guilds ?? []), other],
    },
    {
      only: null,
      yaml: yaml()
        .replace('queues:', queues)
        .replace(account, `${account}, discord:${otherGuild}/${userId('sue')}`),
    },
  );
  const { discord, ada } = world;
  [pat, bo, sue] = [discord.client(patId), discord.client(userId('bo')), discord.client(userId('sue'))];
  ours = await open(ada, 'in ours Our own trouble');
  card = await cardIn(discord.client(userId('ada')), channelId('lobby'), 'Our own trouble');
  pat.say(otherDesk, 'Their own trouble');
  otherCard = await cardIn(pat, otherDesk, 'Their own trouble');
  theirs = Number(/#(\d+)/.exec(wordsOf(discord, otherCard))?.[1]);
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

/** Docket's first message in a channel, or in a thread of it, that says this. */
function cardIn(client: Client, channel: string, words: string): Promise<Message> {
  return eventually(newsOf(client), () => {
    const places = [channel, ...client.threads(channel).map(({ id }) => id)];
    const found = places
      .flatMap((place) => world.discord.posted(place))
      .find((message) => wordsOf(world.discord, message).includes(words));
    if (found === undefined) throw new Error(`no card says “${words}”`);
    return found;
  });
}

const line = async (client: Client, where: string, text: string) =>
  wordsOf(world.discord, await whispered(client, () => client.slash(where, ['ticket', 'do'], { line: text })));

test.each(['N', 'take N', 'resolve N', 'reply N It is me', 'history N', 'release N', 'remind N 1h'])(
  '“%s” for a ticket of another server finds none, neither for its members nor for those who are in both',
  async (typed) => {
    for (const client of [pat, bo]) {
      const told = await line(client, otherLobby, typed.replace('N', `${ours}`));
      expect(told).toContain(`There is no ticket #${ours}`);
    }
    const told = await line(bo, channelId('lobby'), typed.replace('N', `${theirs}`));
    expect(told).toContain(`There is no ticket #${theirs}`);
  },
);

test('neither lists, nor words, nor what is offered while a command is typed tell of the tickets of another server', async () => {
  for (const client of [pat, bo]) {
    for (const text of ['list', 'find trouble', 'unowned', 'list queue:ours']) {
      expect(await line(client, otherLobby, text)).not.toContain('Our own trouble');
    }
    for (const typed of ['', `${ours}`, 'own']) {
      const offered = await client.complete(otherLobby, ['ticket', 'take'], { on: typed }, 'on');
      expect(JSON.stringify(offered)).not.toContain('Our own trouble');
    }
    const offered = await client.complete(otherLobby, ['ticket', 'new'], { queue: '' }, 'queue');
    expect(offered.map(({ value }) => value)).toEqual(expect.arrayContaining(['theirs']));
    expect(offered.map(({ value }) => value)).not.toContain('ours');
  }
  expect(await line(bo, otherLobby, 'list')).toContain('Their own trouble');
  expect(await line(bo, channelId('lobby'), 'list')).toContain('Our own trouble');
  expect(await line(bo, channelId('lobby'), 'list')).not.toContain('Their own trouble');
});

test('whatever is pressed on the card of a ticket of another server is refused privately, and changes nothing', async () => {
  const { discord, quiet, ada } = world;
  const copy = blankMessage(discord.world.ids.next(), otherLobby, discord.applicationId, {
    ...{ components: card.components, flags: card.flags },
  });
  discord.world.post(copy);
  const labels = controlsOf(card.components).map(({ label }) => label);
  expect(labels).toContain('Take');
  for (const label of labels) {
    const told = await whispered(pat, () => pat.press(copy, label));
    expect(wordsOf(discord, told)).toContain(`There is no ticket #${ours}`);
  }
  expect(pat.modals).toEqual([]);
  await quiet();
  const shown = await cardOf(ada, 'lobby', ours);
  expect(shown.card).toMatchObject({ status: 'new', facts: { Owner: 'nobody' } });
});

test('who is in both servers and presses the card where it stands acts as the one they are there', async () => {
  const { discord, quiet } = world;
  await bo.press(otherCard, 'Take');
  await quiet();
  expect(await line(pat, otherLobby, `${theirs}`)).toContain('Bo Lindqvist');
  expect(discord.client(userId('ada')).screen.received()).not.toContain('Their own trouble');
});

test('the direct conversation of somebody in both servers is of the one in which they acted last', async () => {
  const { discord, quiet } = world;
  const said = async () => {
    await quiet();
    const before = bo.history('direct').length;
    bo.say('direct', 'list');
    return eventually(newsOf(bo), () => {
      const [, answer] = bo.history('direct').slice(before);
      if (answer === undefined) throw new Error('he is not answered');
      return wordsOf(discord, answer);
    });
  };
  await line(bo, otherLobby, 'list');
  expect(await said()).toContain('Their own trouble');
  await line(bo, channelId('lobby'), 'list');
  expect(await said()).toContain('Our own trouble');
});

test('a form that was brought up in one server does nothing to a ticket of another', async () => {
  const form = await asked(world.ada, () => world.ada.slash('lobby', `reply ${ours}`));
  const { discord } = world;
  const [modal] = discord.client(userId('ada')).modals.slice(-1);
  expect(form.title).toContain(`#${ours}`);
  if (modal === undefined) throw new Error('there is no form');
  const forged = { ...modal, user: patId, channel: otherLobby };
  discord.world.tell({ kind: 'modal', modal: forged });
  const told = await whispered(pat, () => pat.submit(forged, { Reply: 'from-elsewhere' }));
  expect(wordsOf(discord, told)).toContain(`There is no ticket #${ours}`);
  expect((await command(world.ada, `history ${ours}`)).text).not.toContain('from-elsewhere');
});

test('whom the configuration joins has from either server what is theirs in both', async () => {
  expect(await line(sue, otherLobby, `${ours}`)).toContain('Our own trouble');
  expect(await line(sue, channelId('lobby'), `${theirs}`)).toContain('Their own trouble');
});

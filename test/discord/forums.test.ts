import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, eventually } from '../conformance/acts.ts';
import { guild, guildId, userId } from '../conformance/discord-guild.ts';
import type { Client } from '../emulators/discord/client.ts';
import type { Message } from '../emulators/discord/shapes.ts';
import { newsOf, wordsOf } from './at-client.ts';
import { openWorld, type World, yaml } from './world.ts';

const help = '300000000000000011';
const board = '300000000000000012';
const tag = (nth: number, name: string) => ({ id: `60000000000000000${nth}`, name });
const tags = [tag(1, 'New'), tag(2, 'Open'), tag(3, 'Resolved'), tag(4, 'printer')];

let world: World;
let rita: Client;
beforeAll(async () => {
  const [server] = guild.guilds ?? [];
  if (server === undefined) throw new Error('there is no server');
  const forums = [
    { id: help, name: 'help', type: 'forum', tags },
    { id: board, name: 'board', type: 'forum', tags },
  ] as const;
  world = await openWorld(
    { guilds: [{ ...server, channels: [...server.channels, ...forums] }] },
    {
      yaml: yaml().replace(
        'queues:',
        `queues:
  forum:
    priority: 30
    rights: { everyone: [SeeQueue, CreateTicket, ShowTicket], requestor: [ReplyToTicket], staff: [ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket] }
    intake: ["discord:${guildId}/${help}"]
    feeds: [{ place: "discord:${guildId}/${board}" }]`,
      ),
    },
  );
  rita = world.discord.client(userId('rita'));
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

/** What Docket has said in a post. */
const said = (post: string) => world.discord.posted(post).map((message) => wordsOf(world.discord, message));
/** The names of the tags that a post has. */
const tagged = (post: string) =>
  (world.discord.channel(post).thread?.tags ?? []).map((id) => tags.find((each) => each.id === id)?.name);

async function ticketIn(post: string): Promise<{ ticket: number; card: Message }> {
  return eventually(newsOf(rita), () => {
    const [card] = world.discord.posted(post);
    const ticket = Number(/^#(\d+)/.exec(card === undefined ? '' : wordsOf(world.discord, card))?.[1]);
    if (card === undefined || Number.isNaN(ticket)) throw new Error('there is no card in the post');
    return { ticket, card };
  });
}

/** The posts of Docket's own in the forum of the feed. */
const fed = () => rita.threads(board).filter(({ owner }) => owner === world.discord.applicationId);

test('a post in a forum is a ticket: the card is in the post, what is said there is said to the ticket, its tags follow the status', async () => {
  const { ada, discord, quiet } = world;
  const { thread } = rita.post(help, 'The printer is on fire', 'Since this morning.', ['printer']);
  const { ticket } = await ticketIn(thread.id);
  await eventually(newsOf(rita), () => expect(tagged(thread.id)).toEqual(['printer', 'New']));
  expect((await command(ada, `history ${ticket}`)).text).toMatch(/The printer is on fire[\s\S]*Since this morning\./);

  await command(ada, `take ${ticket}`);
  await eventually(newsOf(rita), () => expect(tagged(thread.id)).toEqual(['printer', 'Open']));
  rita.say(thread.id, 'It spreads');
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).toContain('It spreads');
  await command(ada, `reply ${ticket} Please leave the room`);
  await eventually(newsOf(rita), () => expect(said(thread.id).join()).toContain('Please leave the room'));
  await command(ada, `resolve ${ticket}`);
  await eventually(newsOf(rita), () => expect(tagged(thread.id)).toEqual(['printer', 'Resolved']));
  rita.say(thread.id, 'It burns again');
  await eventually(newsOf(rita), () => expect(tagged(thread.id)).toEqual(['printer', 'Open']));
  // A post’s first message has the post’s own id.
  rita.edit(thread.id, thread.id, 'Since yesterday.');
  await quiet();
  expect((await command(ada, `history ${ticket}`)).text).toContain('Since yesterday.');
  expect((await command(ada, `${ticket}`)).card?.subject).toBe('The printer is on fire');
  expect(discord.posted(thread.id).filter((each) => each.components[0]?.['type'] === 17)).toHaveLength(1);
});

test('a feed into a forum makes one post for each ticket, which is tagged, and holds its conversation', async () => {
  const { ada, quiet } = world;
  await quiet();
  const before = fed().length;
  const { thread } = rita.post(help, 'The toner is empty', 'Black, mostly.');
  const { ticket } = await ticketIn(thread.id);
  const post = await eventually(newsOf(rita), () => {
    const [found] = fed().slice(before);
    if (found === undefined) throw new Error('there is no post');
    return found;
  });
  expect(post.name).toBe(`#${ticket} The toner is empty`);
  await eventually(newsOf(rita), () => expect(tagged(post.id)).toEqual(['New']));
  await command(ada, `take ${ticket}`);
  await command(ada, `reply ${ticket} A new one is on its way`);
  await eventually(newsOf(rita), () => expect(said(post.id).join()).toContain('A new one is on its way'));
  await eventually(newsOf(rita), () => expect(tagged(post.id)).toEqual(['Open']));
  await quiet();
  expect(fed()).toHaveLength(before + 1);
});

test('where the answer to a post is lost, it is looked for and not made twice', async () => {
  const { discord, ada, quiet } = world;
  await quiet();
  const before = fed().length;
  const lost = discord.loseAnswer('POST', new RegExp(`/channels/${board}/threads$`), 'cut');
  const { thread } = rita.post(help, 'The paper is wet', 'All of it.');
  await lost;
  const { ticket } = await ticketIn(thread.id);
  await command(ada, `reply ${ticket} Dry it`);
  await eventually(newsOf(rita), () =>
    expect(
      fed()
        .flatMap(({ id }) => said(id))
        .join(),
    ).toContain('Dry it'),
  );
  await quiet();
  expect(fed()).toHaveLength(before + 1);
});

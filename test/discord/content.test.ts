import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, command, eventually } from '../conformance/acts.ts';
import { channelId, userId } from '../conformance/discord-guild.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const client = (handle: string) => world.discord.client(userId(handle));

test('a message that is forwarded to an intake channel becomes a ticket, with its words and its files', async () => {
  const { ada, rita } = world;
  const files = [{ name: 'vpn.txt', content: 'error 809' }];
  const original = client('rob').say(channelId('lobby'), 'VPN error 809', { files });
  const forward = client('rita').say(channelId('helpdesk'), '', { forwards: original });
  const ticket = await eventually(ada, async () => {
    const made = (await rita.cards('helpdesk')).find(({ root }) => root?.id === forward.id);
    if (made?.card == null) throw new Error('no ticket was made');
    expect(made.card.subject).toBe('VPN error 809');
    return made.card.ticket;
  });
  const history = await command(ada, `history ${ticket}`);
  expect(history.text).toContain('VPN error 809');
  expect(history.files).toEqual(['vpn.txt']);
  expect(await ada.download(history, 'vpn.txt')).toBe('error 809');
});

test("what is forwarded, a sticker and a poll in a ticket's thread are recorded", async () => {
  const { ada, rita, quiet } = world;
  const { ticket, message } = await ask(rita, 'Canteen is loud');
  const original = client('rob').say(channelId('lobby'), '#1 !resolve it was me', {});
  client('rita').say(message.id, 'look:', { forwards: original });
  client('rita').say(message.id, '', { stickers: ['Wave'] });
  client('rita').say(message.id, '', { poll: { question: 'When?', answers: ['Monday', 'Tuesday'] } });
  await quiet();
  const { text } = await command(ada, `history ${ticket}`);
  expect(text).toMatch(/look:[\s\S]*#1 !resolve it was me/);
  expect(text).toContain('sticker: Wave');
  expect(text).toMatch(/poll: When\?[\s\S]*Monday[\s\S]*Tuesday/);
});

test('a mention of the bot in a reply quotes the message that it replies to', async () => {
  const { ada, quiet } = world;
  const files = [{ name: 'screen.txt', content: 'blue' }];
  const original = client('rob').say(channelId('lobby'), 'Beamer shows **blue**', { files });
  client('ada').say(channelId('lobby'), '@docket please look', { replyTo: original.id });
  await quiet();
  const found = await command(ada, 'find Beamer');
  const history = await command(ada, `history ${/#(\d+)/.exec(found.text)?.[1]}`);
  expect(history.text).toMatch(/please look[\s\S]*Rob Weiss:[\s\S]*Beamer shows[\s\S]*blue[\s\S]*screen\.txt/);
});

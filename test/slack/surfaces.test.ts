import { afterAll, beforeAll, expect, test } from 'vitest';
import { shortcuts } from '../../connectors/slack/app.ts';
import { cardOf, cardShows, command, eventually, isTold, open } from '../conformance/acts.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import { mixed, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  const crew = { id: 'S0CREW', handle: 'crew', users: ['U0ROB'] };
  const between = { id: 'D0SUEROB', name: 'sue-rob', private: true, members: ['U0SUE', 'U0ROB'], withoutBot: true };
  world = await openWorld(
    { unfurlDomains: ['127.0.0.1'], groups: [crew], channels: [...(workspace.channels ?? []), between] },
    { yaml: mixed().replace('operators: [ada, bo]', 'operators: [ada, bo, "slack:T0DOCKET/S0CREW"]') },
  );
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

test('the App Home shows what is mine and what is unowned, and opens a new ticket', async () => {
  const { ada, slack } = world;
  const client = slack.client('U0ADA');
  const mine = await open(ada, 'in noc Mine at home');
  await command(ada, `take ${mine}`);
  await open(ada, 'in noc Nobody took this');
  await client.openHome();
  const home = await eventually(ada, () => {
    const shown = JSON.stringify(client.home?.content);
    expect(shown).toMatch(/Mine at home[\s\S]*Nobody took this/);
    return client.home;
  });
  if (home === null) throw new Error('there is no home');
  await client.press({ view: home }, 'New ticket');
  const form = await eventually(ada, () => {
    const [shown] = ada.forms();
    expect(shown?.inputs.map(({ label }) => label)).toContain('Subject');
    return shown;
  });
  if (form === undefined) throw new Error('there is no form');
  await ada.submit(form, { Subject: 'From home', Queue: 'noc' });
  await eventually(ada, async () =>
    expect((await ada.cards('noc')).map(({ card }) => card?.subject)).toContain('From home'),
  );
  await eventually(ada, () => expect(JSON.stringify(client.home?.content)).toContain('From home'));
});

test('the shortcut of a message makes a ticket of it, for its author', async () => {
  const { ada, rob, slack } = world;
  const said = await rob.say('lobby', 'The badge reader is dead');
  await slack.client('U0ADA').messageShortcut('C0LOBBY', said.id, shortcuts.makeTicket);
  const made = await eventually(ada, async () => {
    const found = (await ada.cards('lobby')).find(({ card }) => card?.subject === 'The badge reader is dead');
    if (!found) throw new Error('there is no ticket');
    return found;
  });
  expect(made.card?.facts['Requestor']).toBe('Rob Weiss');
});

test('the global shortcut brings up the form of a new ticket', async () => {
  const { bo, slack } = world;
  await slack.client('U0BO').globalShortcut(shortcuts.newTicket);
  await eventually(bo, () => expect(bo.forms().at(-1)?.title).toMatch(/new ticket/i));
});

test('a link to a ticket is unfurled for those who may see it, and for nobody else', async () => {
  const { ada, slack, docket, quiet } = world;
  const ticket = await open(ada, 'in noc Linked to');
  const unfurled = () => [...slack.channel('C0NOC').messages.values()].flatMap(({ attachments }) => attachments);
  await ada.say('noc', `look at ${docket.url}/tickets/${ticket}`);
  await eventually(ada, () => expect(JSON.stringify(unfurled())).toContain('Linked to'));
  await slack
    .client('U0RITA')
    .say('C0LOBBY', `what is ${docket.url}/tickets/777777 and ${docket.url}/tickets/${ticket}`);
  await quiet();
  const inLobby = [...slack.channel('C0LOBBY').messages.values()].flatMap(({ attachments }) => attachments);
  expect(inLobby).toEqual([]);
});

test('between two people a link is unfurled for both, so that a private ticket is not, be it that one of them may see it', async () => {
  const { sue, slack, docket, quiet } = world;
  const [known, secret] = [await open(sue, 'in noc Known to all'), await open(sue, 'in security Whispered of')];
  const unfurled = async (ticket: number) => {
    const { ts } = await slack.client('U0SUE').say('D0SUEROB', `see ${docket.url}/tickets/${ticket}`);
    await quiet();
    return JSON.stringify(slack.channel('D0SUEROB').messages.get(ts)?.attachments);
  };
  expect(await unfurled(known)).toContain('Known to all');
  expect(await unfurled(secret)).toBe('[]');
});

test('in the composer, too, a link is unfurled, unless it leads to what not everybody may know of', async () => {
  const { sue, slack, docket } = world;
  const [known, secret] = [await open(sue, 'in noc Composed of'), await open(sue, 'in security Composed in secret')];
  const compose = async (ticket: number) => {
    const shown = await slack.client('U0SUE').compose('C0NOC', `see ${docket.url}/tickets/${ticket}`);
    return () => JSON.stringify(shown());
  };
  const shownOfSecret = await compose(secret);
  const shownOfKnown = await compose(known);
  await expect.poll(shownOfKnown).toContain('Composed of');
  expect(shownOfSecret()).toBe('[]');
});

test('a user group that the configuration names has its rights, and whoever joins or leaves it while Docket runs', async () => {
  const { rob, ada, slack, docket } = world;
  const ticket = await open(ada, 'in noc For the crew');
  await command(rob, `take ${ticket}`);
  await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Rob Weiss' }) });
  const crew = async () =>
    (
      await docket.store.pool.query(`select from group_members m join groups g on g.id = m.group_id
      where g.name = 'slack:T0DOCKET/S0CREW'`)
    ).rowCount;
  await slack.events.during(() => slack.regroup('S0CREW', []));
  await expect.poll(crew).toBe(0);
  expect((await command(rob, `comment ${ticket} still-here`)).text).toMatch(/There is no ticket|may not|right/);
  await slack.events.during(() => slack.regroup('S0CREW', ['U0ROB']));
  await expect.poll(crew).toBe(1);
  await command(rob, `comment ${ticket} back-again`);
  expect((await command(ada, `history ${ticket}`)).text).toMatch(/back-again/);
});

test('out of a channel, Docket tells the administrator once, and everything in order when it is let in again', async () => {
  const { ada, slack, docket } = world;
  const ticket = await open(ada, 'in noc Told later');
  await eventually(ada, () => cardOf(ada, 'noc', ticket));
  slack.kick('C0NOC');
  for (const nth of [1, 2, 3]) await ada.slash('lobby', `comment ${ticket} while-away-${nth}`);
  const parked = async () => (await docket.store.pool.query('select from parked')).rowCount;
  await expect.poll(parked).toBe(1);
  const told = () => {
    const direct = slack.workspace.direct('U0ADMIN');
    return [...direct.messages.values()].filter(({ text }) => text.includes('cannot be told'));
  };
  await expect.poll(() => told().length).toBe(1);
  slack.invite('C0NOC');
  await isTold(ada, 'noc', ticket, /while-away-1[\s\S]*while-away-2[\s\S]*while-away-3/);
  expect(told()).toHaveLength(1);
});

test('where the message is gone that a thread hung on, a line stands in the channel and names its ticket', async () => {
  const { ada, rob, slack, quiet } = world;
  const said = await rob.say('lobby', '#new in noc Deleted by its author');
  const card = await eventually(rob, async () => {
    const found = (await rob.cards('lobby')).find(({ root }) => root?.id === said.id);
    if (found === undefined) throw new Error('there is no card');
    return found;
  });
  await quiet();
  slack.remove('C0LOBBY', card.id);
  await rob.delete(said);
  await command(ada, `reply ${card.card?.ticket} where-does-this-go`);
  await quiet();
  const told = slack.posted('C0LOBBY').map(({ thread, blocks }) => ({ thread, words: JSON.stringify(blocks) }));
  expect(told.filter(({ words }) => words.includes('where-does-this-go'))).toEqual([
    { thread: null, words: expect.stringContaining(`#${card.card?.ticket}`) },
  ]);
});

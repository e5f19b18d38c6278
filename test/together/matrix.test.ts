import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardShows, command, eventually, isTold, linesUnder, open, press } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import { slackPlatform } from '../conformance/slack.ts';
import type { User } from '../conformance/user.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openTogether, type World } from './world.ts';

onSynapse('one ticket in Matrix, Discord, Slack and at the console', (synapse) => {
  let world: World;
  let rita: User;
  let staff: readonly [User, User, User, User];
  let matrix: MatrixPlatform;
  beforeAll(async () => {
    matrix = matrixPlatform(synapse);
    world = await openTogether([matrix, discordPlatform, slackPlatform('socket'), consolePlatform]);
    rita = await world.user(0, 'rita');
    staff = [
      await world.user(0, 'sue'),
      await world.user(1, 'bo'),
      await world.user(2, 'ada'),
      await world.user(3, 'bo'),
    ];
  });
  afterAll(() => world?.close());

  test('is one conversation, with one card on each, live; a comment stays with staff', async () => {
    const [sue, bo, ada, boAtConsole] = staff;
    const asked = await rita.say('helpdesk', '#new in noc The line is down');
    const ticket = await eventually(ada, async () => {
      const found = (await ada.cards('noc')).find(({ card }) => card?.subject === 'The line is down');
      if (!found?.card) throw new Error('Slack has no card');
      return found.card.ticket;
    });
    const shown = async (card: object) => {
      for (const each of staff) await cardShows(each, 'noc', ticket, card);
    };
    const staffHear = async (words: string) => {
      for (const each of staff) await isTold(each, 'noc', ticket, words);
    };
    const ritaHears = (words: string) =>
      eventually(rita, async () =>
        expect((await rita.thread(asked)).map(({ text }) => text).join('\n')).toMatch(words),
      );

    await shown({ subject: 'The line is down', status: 'new', queue: 'noc' });
    await press(sue, 'noc', ticket, 'Take');
    await shown({ status: 'open', facts: expect.objectContaining({ Owner: 'Sue Tanaka' }) });

    await bo.say('noc', `#${ticket} !reply Which line is it?`);
    await ritaHears('Which line is it?');
    await staffHear('Which line is it?');
    const said = await rita.say('helpdesk', 'The red one', { thread: asked });
    await staffHear('The red one');
    await rita.edit(said, 'The blue one');
    await staffHear('The blue one');
    await rita.say('helpdesk', 'A picture of it', { thread: asked, files: [{ name: 'line.txt', content: 'snapped' }] });
    await staffHear('A picture of it');

    await sue.say('noc', `#${ticket} she is-hard-to-please`);
    await staffHear('is-hard-to-please');
    await command(boAtConsole, `resolve ${ticket}`, 'noc');
    await shown({ status: 'resolved' });
    await ritaHears('resolved');

    await world.quiet();
    await rita.slash('helpdesk', `history ${ticket}`);
    await world.quiet();
    expect(rita.received()).toContain('The line is down');
    expect(rita.received()).not.toContain('is-hard-to-please');
    for (const each of staff) {
      expect((await each.cards('noc')).filter(({ card }) => card?.ticket === ticket)).toHaveLength(1);
      const told = (await linesUnder(each, 'noc', ticket)).join('\n');
      for (const words of ['Which line is it?', 'The blue one', 'A picture of it', 'is-hard-to-please']) {
        expect(told.split(words)).toHaveLength(2);
      }
    }
  });

  test('whoever is mentioned on another platform is called in Matrix by a pill, and nobody else is', async () => {
    const [sue, bo, ada] = staff;
    const ticket = await open(ada, 'in noc The key is gone');
    await bo.say('noc', `#${ticket} ask @sue for the spare one, @room`);
    await isTold(sue, 'noc', ticket, 'for the spare one');
    const { people, rooms } = matrix.world();
    const client = people.get('sue');
    const line = client
      ?.timeline(rooms.get('noc') ?? '')
      .find(({ content }) => String(content['body']).includes('for the spare one'));
    expect(line?.content).toMatchObject({ msgtype: 'm.text', 'm.mentions': { user_ids: [client?.userId] } });
    expect(line?.content['formatted_body']).toContain(
      `ask <a href="https://matrix.to/#/${encodeURIComponent(client?.userId ?? '')}">Sue Tanaka</a> for`,
    );
    expect(await linesUnder(ada, 'noc', ticket)).toContainEqual(expect.stringContaining('Sue Tanaka'));
  });
});

import { expect } from 'vitest';
import { answer, ask, cardShows, command, eventually, isMarked, isTold, open } from '../acts.ts';
import type { Theme } from '../theme.ts';

export const takingUp: Theme = {
  title: 'from a message to a ticket',
  scenarios: {
    'a message in the intake channel becomes a ticket whose thread is the conversation': async ({
      rita,
      ada,
      quiet,
    }) => {
      const { ticket, message } = await ask(rita, 'Printer on fire');
      await cardShows(rita, 'helpdesk', ticket, {
        subject: 'Printer on fire',
        queue: 'helpdesk',
        status: 'new',
        priority: 20,
        facts: expect.objectContaining({ Owner: 'nobody', Requestor: 'Rita Gomez' }),
      });
      await ada.say('helpdesk', 'On my way', { thread: message });
      await eventually(rita, async () =>
        expect((await rita.thread(message)).map(({ text }) => text)).toContain('On my way'),
      );
      await quiet();
      const history = await command(rita, `history ${ticket}`);
      expect(history.text).toMatch(/Ada Okafor replied[\s\S]*On my way/);
    },

    'a ticket that is made in the channel of a queue is of that queue': async ({ ada }) => {
      const message = await ada.say('noc', '@docket the fan in rack 4 is loud');
      await isMarked(ada, message, '🎫');
      await cardShows(
        ada,
        'noc',
        await eventually(ada, async () => {
          const { text } = await command(ada, 'find "the fan in rack 4"');
          return Number(/#(\d+)/.exec(text)?.[1]);
        }),
        { queue: 'noc' },
      );
    },

    'a talk in a channel without an intake makes no ticket': async ({ rita, quiet }) => {
      const talk = await rita.say('lobby', 'Is it lunch yet? Issue #1 was fun');
      await quiet();
      const said = (await rita.see('lobby')).find(({ id }) => id === talk.id);
      expect(said).toMatchObject({ text: 'Is it lunch yet? Issue #1 was fun', reactions: [] });
      expect(await rita.cards('lobby')).toEqual([]);
    },

    'the first line is the subject, and all of it is the text': async ({ rita }) => {
      const { ticket } = await ask(rita, 'VPN is down\nSince 9:00, from home.\nRebooting did not help.');
      await cardShows(rita, 'helpdesk', ticket, { subject: 'VPN is down' });
      const history = await command(rita, `history ${ticket}`);
      expect(history.text).toContain('Rebooting did not help.');
    },

    '🎫 on a message makes a ticket of it for its author': async ({ rita, ada }) => {
      const talk = await rita.say('lobby', 'My screen flickers');
      await eventually(ada, async () => expect((await ada.see('lobby')).map(({ id }) => id)).toContain(talk.id));
      await ada.react(talk, '🎫');
      const card = await eventually(rita, async () => {
        const found = (await rita.cards('lobby')).find(({ root }) => root?.id === talk.id);
        expect(found?.card?.facts).toMatchObject({ Requestor: 'Rita Gomez' });
        return found;
      });
      expect(card?.card).toMatchObject({ subject: 'My screen flickers', queue: 'helpdesk' });
    },

    'a second 🎫 on the same message makes no second ticket': async ({ rita, bo, quiet }) => {
      const talk = await rita.say('lobby', 'My mouse squeaks');
      await rita.react(talk, '🎫');
      await eventually(rita, async () =>
        expect((await rita.cards('lobby')).some(({ root }) => root?.id === talk.id)).toBe(true),
      );
      await bo.react(talk, '🎫');
      await quiet();
      const cards = (await rita.cards('lobby')).filter(({ card }) => card?.subject === 'My mouse squeaks');
      expect(cards).toHaveLength(1);
    },

    'a mention of the bot makes a ticket of the message': async ({ rob }) => {
      const talk = await rob.say('lobby', '@docket the door badge reader is dead');
      await eventually(rob, async () => {
        const found = (await rob.cards('lobby')).find(({ root }) => root?.id === talk.id);
        expect(found?.card).toMatchObject({ subject: 'the door badge reader is dead' });
        expect(found?.card?.facts).toMatchObject({ Requestor: 'Rob Weiss' });
      });
    },

    'a mention of the bot below a message makes a ticket that quotes that message': async ({ ada, rita, quiet }) => {
      const talk = await rita.say('lobby', 'The projector in room 4 hums\nSince *Monday*');
      await eventually(ada, async () => expect((await ada.see('lobby')).map(({ id }) => id)).toContain(talk.id));
      const said = await ada.say('lobby', '@docket please look into this', { thread: talk });
      await quiet();
      const found = await command(ada, 'find "projector in room 4"');
      expect(found.text).toContain('please look into this');
      const ticket = Number(/#(\d+)/.exec(found.text)?.[1]);
      const shown = await command(ada, `show ${ticket}`);
      expect(shown.card).toMatchObject({ subject: 'please look into this', facts: { Requestor: 'Ada Okafor' } });
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(
        /please look into this[\s\S]*Rita Gomez[\s\S]*The projector in room 4 hums[\s\S]*Since/,
      );

      await ada.edit({ ...said, where: 'lobby' }, '@docket please repair this');
      await quiet();
      const edited = await command(ada, `history ${ticket}`);
      expect(edited.text).toMatch(/please repair this[\s\S]*The projector in room 4 hums/);
    },

    'a mention of the bot with a command after it is the command': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Link flaps');
      const said = await ada.say('lobby', `@docket take ${ticket}`);
      await isMarked(ada, said, '✅');
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
    },

    '`#new in noc …` opens a ticket from a line, and its feed shows the card': async ({ ada, bo }) => {
      const said = await ada.say('lobby', '#new in noc p80 BGP down at LAX');
      await isMarked(ada, said, '🎫');
      const card = await eventually(bo, async () => {
        const found = (await bo.cards('noc')).find((each) => each.card?.subject === 'BGP down at LAX');
        expect(found?.card).toMatchObject({ queue: 'noc', priority: 80, status: 'new' });
        return found;
      });
      expect(card?.card?.buttons).toEqual(['Take', 'Reply', 'Comment', 'Stall', 'Resolve']);
    },

    '`new … : …` takes priority, requestor, subject and text': async ({ ada, rita }) => {
      const ticket = await open(ada, 'in helpdesk p70 for @rita Laptop broken : It fell.');
      const shown = await answer(rita, () => rita.say('direct', `${ticket}`));
      expect(shown.card).toMatchObject({ subject: 'Laptop broken', priority: 70, queue: 'helpdesk' });
      expect(shown.card?.facts).toMatchObject({ Requestor: 'Rita Gomez' });
      const history = await answer(rita, () => rita.say('direct', `history ${ticket}`));
      expect(history.text).toContain('It fell.');
    },

    'a ticket without a queue goes to the default queue': async ({ rob }) => {
      const ticket = await open(rob, 'Coffee machine leaks');
      const shown = await command(rob, `show ${ticket}`);
      expect(shown.card).toMatchObject({ queue: 'helpdesk', subject: 'Coffee machine leaks' });
    },

    'in the direct conversation with the bot the words alone are a command': async ({ rob }) => {
      const opened = await answer(rob, () => rob.say('direct', 'new Chair wobbles'));
      expect(opened.text).toMatch(/#\d+ Chair wobbles/);
      const mine = await answer(rob, () => rob.say('direct', 'mine'));
      expect(mine.text).toContain('Chair wobbles');
    },

    'a command that nobody knows is refused with the nearest one': async ({ rob, quiet }) => {
      const refusal = await command(rob, 'resolv 1');
      expect(refusal.text).toMatch(/resolv[\s\S]*Did you mean[\s\S]*resolve/);
      await quiet();
      expect((await rob.see('lobby')).map(({ text }) => text).join()).not.toContain('resolv 1');
    },

    'in a reply thread below the intake message the requestor speaks to the ticket, too': async ({
      rita,
      ada,
      quiet,
    }) => {
      const { ticket, message } = await ask(rita, 'Phone is dead');
      await rita.say('helpdesk', 'The display is dark', { thread: message });
      await quiet();
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/Rita Gomez replied[\s\S]*The display is dark/);
      await isTold(ada, 'helpdesk', ticket, 'The display is dark');
    },
  },
};

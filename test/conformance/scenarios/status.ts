import { expect } from 'vitest';
import { answer, ask, asked, cardShows, command, isMarked, isTold, linesUnder, open, press } from '../acts.ts';
import type { Theme } from '../theme.ts';

const hour = 60 * 60 * 1000;

export const status: Theme = {
  title: 'the status of a ticket',
  scenarios: {
    'Resolve on a card resolves the ticket, which then offers Reopen': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'Toner is empty');
      await press(ada, 'helpdesk', ticket, 'Resolve');
      await cardShows(ada, 'helpdesk', ticket, { status: 'resolved', buttons: ['Reply', 'Comment', 'Reopen'] });
      await cardShows(rita, 'helpdesk', ticket, { status: 'resolved' });
      await press(ada, 'helpdesk', ticket, 'Reopen');
      await cardShows(rita, 'helpdesk', ticket, { status: 'open' });
    },

    'the requestor is told that their ticket was resolved, but not with which words': async ({ rita, ada, quiet }) => {
      const { ticket } = await ask(rita, 'Screen stays black');
      await command(ada, `resolve ${ticket} cable-was-loose`);
      await isTold(rita, 'helpdesk', ticket, 'Ada Okafor resolved it');
      await quiet();
      await command(rita, `history ${ticket}`);
      await command(rita, `show ${ticket}`);
      expect(rita.received()).not.toContain('cable-was-loose');
    },

    'a command typed in the thread of its requestor tells them that it happened, but not with which words': async (
      house,
    ) => {
      const { rita, ada, has, quiet } = house;
      const { ticket, message } = await ask(rita, 'Wrong colours');
      await ada.say('helpdesk', '!stall until 3h driver-is-wrong', { thread: message });
      await isTold(rita, 'helpdesk', ticket, 'Ada Okafor stalled it');
      await ada.say('helpdesk', '!resolve driver-was-wrong', { thread: message });
      await isTold(rita, 'helpdesk', ticket, 'Ada Okafor resolved it');
      await quiet();
      if (has('held messages')) expect(rita.received()).not.toMatch(/driver-(is|was)-wrong/);
      const told = (await linesUnder(rita, 'helpdesk', ticket)).filter((line) => line.includes('resolved it'));
      expect(told).toHaveLength(1);
    },

    'a stalled ticket shows to staff until when': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Shows its alarm');
      await command(ada, `stall ${ticket} until 2030-03-01 14:00`);
      const card = await cardShows(ada, 'noc', ticket, { status: 'stalled' });
      expect(card.card?.facts['Stalled until']).toMatch(/1 Mar|2030-03-01|Mar 1|14:00/);
      await command(ada, `open ${ticket}`);
      const opened = await cardShows(ada, 'noc', ticket, { status: 'open' });
      expect(opened.card?.facts).not.toHaveProperty('Stalled until');
    },

    'the text of resolve is kept as the resolution, and as a comment': async ({ ada }) => {
      const ticket = await open(ada, 'in noc With resolution');
      const said = await ada.say('noc', `#${ticket} !resolve replaced the SFP`);
      await isMarked(ada, said, '✅');
      await cardShows(ada, 'noc', ticket, {
        status: 'resolved',
        facts: expect.objectContaining({ Resolution: 'replaced the SFP' }),
      });
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/resolved it; commented[\s\S]*replaced the SFP/);
    },

    "a requestor's reply in the thread reopens a resolved ticket": async ({ rita, ada }) => {
      const { ticket, message } = await ask(rita, 'It squeaks');
      await command(ada, `resolve ${ticket}`);
      await cardShows(rita, 'helpdesk', ticket, { status: 'resolved' });
      await rita.say('helpdesk', 'It squeaks again', { thread: message });
      await cardShows(ada, 'helpdesk', ticket, { status: 'open' });
    },

    "a requestor's reply reopens a stalled ticket": async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'Which form do I need');
      await press(ada, 'helpdesk', ticket, 'Stall');
      await cardShows(rita, 'helpdesk', ticket, { status: 'stalled' });
      await command(rita, `reply ${ticket} I found it`);
      await cardShows(ada, 'helpdesk', ticket, { status: 'open' });
    },

    'an operator’s reply leaves a stalled ticket stalled': async ({ rita, ada, quiet }) => {
      const { ticket } = await ask(rita, 'Still waiting');
      await press(ada, 'helpdesk', ticket, 'Stall');
      await cardShows(ada, 'helpdesk', ticket, { status: 'stalled' });
      await command(ada, `reply ${ticket} Still waiting for the part`);
      await isTold(rita, 'helpdesk', ticket, 'Still waiting for the part');
      await quiet();
      await cardShows(ada, 'helpdesk', ticket, { status: 'stalled' });
    },

    'stall until wakes the ticket': async ({ ada, advance }) => {
      const ticket = await open(ada, 'in noc Wait for the telco');
      const said = await ada.say('noc', `#${ticket} !stall until 3h waiting for the telco`);
      await isMarked(ada, said, '✅');
      await cardShows(ada, 'noc', ticket, { status: 'stalled' });
      await advance(2 * hour);
      await cardShows(ada, 'noc', ticket, { status: 'stalled' });
      await advance(hour + 1000);
      await cardShows(ada, 'noc', ticket, { status: 'open' });
    },

    'reject closes, and so does delete for those who may': async ({ ada, sue }) => {
      const ticket = await open(ada, 'in noc Not ours');
      await command(ada, `reject ${ticket} Not our network`);
      await cardShows(ada, 'noc', ticket, { status: 'rejected' });
      const refusal = await command(ada, `delete ${ticket}`);
      expect(refusal.text).toMatch(/DeleteTicket|rejected/);
      const spam = await open(ada, 'in noc Buy cheap watches');
      await command(sue, `delete ${spam}`);
      await cardShows(ada, 'noc', spam, { status: 'deleted' });
    },

    'open marks as being worked on, and a second time is refused': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Being worked on');
      await command(ada, `open ${ticket}`);
      await cardShows(ada, 'noc', ticket, { status: 'open' });
      const refusal = await command(ada, `open ${ticket}`);
      expect(refusal.text).toContain(`#${ticket} is open already`);
    },

    'a queue with a lifecycle of its own allows its own moves and no others': async ({ ada, sue }) => {
      const ticket = await open(ada, 'in works Swap the core router');
      await cardShows(ada, 'noc', ticket, { status: 'proposed' });
      const refusal = await command(ada, `open ${ticket}`);
      expect(refusal.text).toContain('ReassignTicket');
      const unknown = await command(ada, `stall ${ticket}`);
      expect(unknown.text).toContain('stall');
      await command(sue, `open ${ticket}`);
      await cardShows(ada, 'noc', ticket, { status: 'approved' });
    },

    'a field that is required to resolve stands in the way until it is set': async ({ ada, sue }) => {
      const ticket = await open(ada, 'in works Move the rack');
      await command(sue, `open ${ticket}`);
      await cardShows(ada, 'noc', ticket, { status: 'approved' });
      const refusal = await command(ada, `resolve ${ticket}`);
      expect(refusal.text).toContain('cause');
      await command(ada, `set ${ticket} cause="too hot"`);
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ cause: 'too hot' }) });
      await command(ada, `resolve ${ticket}`);
      await cardShows(ada, 'noc', ticket, { status: 'done' });
    },

    '`reopen` opens a closed ticket again, and its text is a comment': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Down again');
      await command(ada, `reject ${ticket}`);
      await command(ada, `reopen ${ticket} the alarm is back`);
      await cardShows(ada, 'noc', ticket, { status: 'open' });
      expect((await command(ada, `history ${ticket}`)).text).toContain('the alarm is back');
    },

    'undo takes back the last change of the one who says it': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Resolved too early');
      await command(ada, `resolve ${ticket}`);
      await cardShows(ada, 'noc', ticket, { status: 'resolved' });
      const refusal = await command(bo, `undo ${ticket}`);
      expect(refusal.text).toContain('made by Ada Okafor, and only they can undo it');
      await press(ada, 'noc', ticket, 'Undo');
      await cardShows(bo, 'noc', ticket, { status: 'new' });
    },

    'Resolve with a note asks for the resolution': async ({ ada }) => {
      const ticket = await open(ada, 'in noc With a note');
      const form = await asked(ada, () => press(ada, 'noc', ticket, 'Resolve with a note…'));
      await answer(ada, () => ada.submit(form, { Resolution: 'turned it off and on' }));
      await cardShows(ada, 'noc', ticket, {
        status: 'resolved',
        facts: expect.objectContaining({ Resolution: 'turned it off and on' }),
      });
    },
  },
};

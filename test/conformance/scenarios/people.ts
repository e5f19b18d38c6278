import { expect } from 'vitest';
import { answer, ask, asked, cardShows, command, isToldDirectly, open, press } from '../acts.ts';
import type { Theme } from '../theme.ts';

export const people: Theme = {
  title: 'people on a ticket',
  needs: { 'somebody who is mentioned in a comment is told directly, if they may see it': 'typed mentions' },
  scenarios: {
    'a cc sees the ticket and hears replies directly': async ({ rita, rob, ada }) => {
      const { ticket } = await ask(rita, 'Joint venture');
      expect((await command(rob, `show ${ticket}`)).card).toBeNull();
      await command(ada, `cc ${ticket} @rob`);
      expect((await command(rob, `show ${ticket}`)).card).toMatchObject({ subject: 'Joint venture' });
      await command(ada, `reply ${ticket} both of you hear this`);
      await isToldDirectly(rob, 'both of you hear this');
    },

    'who is taken off the ccs sees the ticket no more': async ({ rita, rob, ada }) => {
      const { ticket } = await ask(rita, 'For a while');
      await command(ada, `cc ${ticket} @rob`);
      await command(ada, `cc ${ticket} -@rob`);
      expect((await command(rob, `show ${ticket}`)).text).toContain('There is no ticket');
    },

    'an admincc hears comments, a cc does not': async ({ rita, rob, ada, bo, quiet }) => {
      const { ticket } = await ask(rita, 'Two kinds of ears');
      await command(ada, `admincc ${ticket} @bo`);
      await command(ada, `cc ${ticket} @rob`);
      await command(ada, `comment ${ticket} whispered`);
      await isToldDirectly(bo, 'whispered');
      await quiet();
      await rob.see('direct');
      expect(rob.received()).not.toContain('whispered');
    },

    'nobody is told of their own act': async ({ ada, bo, quiet }) => {
      const ticket = await open(ada, 'in noc Own act');
      await command(bo, `admincc ${ticket} @bo`);
      await command(bo, `comment ${ticket} I-said-it-myself`);
      await quiet();
      const told = (await bo.see('direct')).filter(({ author }) => author === 'Docket').map(({ text }) => text);
      expect(told.filter((text) => text.includes('I-said-it-myself'))).toEqual([]);
    },

    'watch and unwatch': async ({ rita, ada, bo, quiet }) => {
      const { ticket } = await ask(rita, 'Watched');
      await command(bo, `watch ${ticket}`);
      await command(ada, `reply ${ticket} first-answer`);
      await isToldDirectly(bo, 'first-answer');
      await command(bo, `unwatch ${ticket}`);
      await command(ada, `reply ${ticket} second-answer`);
      await quiet();
      expect((await bo.see('direct')).map(({ text }) => text).join()).not.toContain('second-answer');
      expect((await command(bo, `unwatch ${ticket}`)).text).toContain('You do not watch');
    },

    'somebody who is mentioned in a comment is told directly, if they may see it': async ({
      rita,
      ada,
      sue,
      quiet,
    }) => {
      const { ticket } = await ask(rita, 'Needs two people');
      await command(ada, `comment ${ticket} @sue could you look at the contract? @rita is-not-to-know`);
      await isToldDirectly(sue, new RegExp(`mentioned you in #${ticket}[\\s\\S]*look at the contract`));
      await quiet();
      await rita.see('direct');
      expect(rita.received()).not.toContain('is-not-to-know');
      const told = (await sue.see('direct')).filter(({ text }) => text.includes('look at the contract'));
      expect(told).toHaveLength(1);
    },

    'a requestor who is added hears replies, and may answer': async ({ rita, rob, ada }) => {
      const { ticket } = await ask(rita, 'Shared problem');
      await command(ada, `requestor ${ticket} @rob`);
      await command(ada, `reply ${ticket} to-both`);
      await isToldDirectly(rob, 'to-both');
      await command(rob, `reply ${ticket} thanks`);
      expect((await command(ada, `history ${ticket}`)).text).toMatch(/Rob Weiss replied[\s\S]*thanks/);
    },

    'a requestor may not add others': async ({ rita }) => {
      const { ticket } = await ask(rita, 'No party');
      expect((await command(rita, `cc ${ticket} @rob`)).text).toContain('ModifyTicket');
    },

    'a name that nobody has is refused': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Who');
      expect((await command(ada, `cc ${ticket} @nobodyhere`)).text).toContain('Nobody here is called @nobodyhere');
    },

    'the form behind cc asks for the person': async ({ ada }) => {
      const ticket = await open(ada, 'in noc By form');
      const form = await asked(ada, () => ada.slash('noc', `cc ${ticket}`));
      await answer(ada, () => ada.submit(form, { Person: 'bo' }));
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Cc: 'Bo Lindqvist' }) });
    },

    'the Watch button makes the one who presses a cc': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Watched by button');
      await press(bo, 'noc', ticket, 'Watch');
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Cc: 'Bo Lindqvist' }) });
    },
  },
};

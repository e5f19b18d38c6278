import { expect } from 'vitest';
import { ask, cardOf, cardShows, command, eventually, isTold, isToldDirectly, open } from '../acts.ts';
import type { Theme } from '../theme.ts';

const minute = 60_000;

export const restarts: Theme = {
  title: 'after a restart',
  scenarios: {
    'a card that stood there before goes on living, and its buttons work': async ({ ada, bo, restart }) => {
      const ticket = await open(ada, 'in noc Older than this process');
      const card = await cardShows(bo, 'noc', ticket, { status: 'new' });
      await restart(minute);
      await bo.press(card, 'Take');
      await cardShows(ada, 'noc', ticket, {
        status: 'open',
        facts: expect.objectContaining({ Owner: 'Bo Lindqvist' }),
      });
      expect((await ada.cards('noc')).filter((each) => each.card?.ticket === ticket)).toHaveLength(1);
    },

    'a thread is still the conversation of its ticket, and a message in it can still be edited': async (house) => {
      const { rita, ada, restart } = house;
      const { ticket, message } = await ask(rita, 'Long conversation');
      const said = await rita.say('helpdesk', 'said befor', { thread: message });
      await isTold(ada, 'helpdesk', ticket, 'said befor');
      await restart(minute);
      await rita.edit(said, 'said before');
      await rita.say('helpdesk', 'said after', { thread: message });
      await eventually(ada, async () =>
        expect((await command(ada, `history ${ticket}`)).text).toMatch(/said before[\s\S]*said after/),
      );
    },

    'a reminder that came due meanwhile rings, once': async ({ ada, restart, quiet }) => {
      const ticket = await open(ada, 'in noc Due while away');
      await command(ada, `remind me ${ticket} 30m look again`);
      await restart(40 * minute);
      await isToldDirectly(ada, /Reminder[\s\S]*Due while away/);
      await restart(minute);
      await quiet();
      const rung = (await ada.see('direct')).filter(({ text }) => /Reminder[\s\S]*Due while away/.test(text));
      expect(rung).toHaveLength(1);
    },

    'what was said right before is worked, announced and told once': async ({ ada, bo, restart }) => {
      const tickets = [await open(ada, 'in noc Last words one'), await open(ada, 'in noc Last words two')];
      for (const ticket of tickets) await cardShows(bo, 'noc', ticket, {});
      await Promise.all(tickets.map((ticket) => ada.say('noc', `#${ticket} !stall famous last words`)));
      await restart(minute);
      for (const ticket of tickets) {
        await cardShows(bo, 'noc', ticket, { status: 'stalled' });
        await isTold(bo, 'noc', ticket, 'famous last words');
        const card = await cardOf(bo, 'noc', ticket);
        const told = (await bo.thread(card.root ?? card)).filter(({ text }) => text.includes('famous last words'));
        expect(told).toHaveLength(1);
      }
    },
  },
};

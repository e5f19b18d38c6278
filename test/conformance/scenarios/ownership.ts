import { expect } from 'vitest';
import {
  answer,
  ask,
  asked,
  cardOf,
  cardShows,
  command,
  eventually,
  isMarked,
  isToldDirectly,
  open,
  press,
} from '../acts.ts';
import type { Theme } from '../theme.ts';
import type { User } from '../user.ts';

const owner = (name: string) => ({ facts: expect.objectContaining({ Owner: name }) });

export const ownership: Theme = {
  title: 'who owns a ticket',
  scenarios: {
    'Take on a card makes the one who pressed the owner and opens the ticket, for everyone to see': async ({
      ada,
      bo,
      rita,
    }) => {
      const { ticket } = await ask(rita, 'Keyboard broken');
      await press(ada, 'helpdesk', ticket, 'Take');
      for (const user of [ada, bo, rita]) {
        await cardShows(user, 'helpdesk', ticket, { status: 'open', ...owner('Ada Okafor') });
      }
    },

    'two people who press Take at the same moment: one owns it, the other is told who': async ({ ada, bo, quiet }) => {
      const ticket = await open(ada, 'in noc Both want this one');
      const adas = await cardShows(ada, 'noc', ticket, { status: 'new' });
      const bos = await cardShows(bo, 'noc', ticket, { status: 'new' });
      const told = (user: User, before: number) => () => user.notices().slice(before);
      const [adaIsTold, boIsTold] = [told(ada, ada.notices().length), told(bo, bo.notices().length)];
      await Promise.all([ada.press(adas, 'Take'), bo.press(bos, 'Take')]);
      await quiet();
      const winner = await eventually(ada, async () => {
        const { facts } = (await cardOf(ada, 'noc', ticket)).card;
        expect(['Ada Okafor', 'Bo Lindqvist']).toContain(facts['Owner']);
        return facts['Owner'];
      });
      const [loser, isTold] = winner === 'Ada Okafor' ? [bo, boIsTold] : [ada, adaIsTold];
      await eventually(loser, () => expect(isTold()).toHaveLength(1));
      expect(isTold()[0]?.text).toContain(`#${ticket} is owned by ${winner}. Use`);
      expect([...adaIsTold(), ...boIsTold()]).toHaveLength(1);
    },

    'take refuses an owned ticket, names its owner and the way to steal it, which works': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Ada has it');
      await command(ada, `take ${ticket}`);
      await cardShows(bo, 'noc', ticket, owner('Ada Okafor'));
      const refusal = await command(bo, `take ${ticket}`);
      expect(refusal.text).toMatch(new RegExp(`#${ticket} is owned by Ada Okafor\\. Use .*steal ${ticket}`));
      await command(bo, `steal ${ticket}`);
      await cardShows(ada, 'noc', ticket, owner('Bo Lindqvist'));
    },

    'whoever loses a ticket to a thief is told directly': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Soon stolen');
      await command(ada, `take ${ticket}`);
      await cardShows(bo, 'noc', ticket, owner('Ada Okafor'));
      await press(bo, 'noc', ticket, 'Steal');
      await isToldDirectly(ada, new RegExp(`Bo Lindqvist took it[^\\n]*#${ticket}`));
    },

    'release gives a ticket back to nobody': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Taken and released');
      await command(ada, `take ${ticket}`);
      await cardShows(ada, 'noc', ticket, owner('Ada Okafor'));
      await command(ada, `release ${ticket}`);
      await cardShows(ada, 'noc', ticket, owner('nobody'));
    },

    "somebody else's ticket cannot be released without the right to": async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Not yours to release');
      await command(ada, `take ${ticket}`);
      await cardShows(bo, 'noc', ticket, owner('Ada Okafor'));
      const refusal = await command(bo, `release ${ticket}`);
      expect(refusal.text).toContain('ReassignTicket');
      await cardShows(bo, 'noc', ticket, owner('Ada Okafor'));
    },

    'give makes another person the owner, who is told directly': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc For Bo');
      await command(ada, `give ${ticket} @bo`);
      await cardShows(ada, 'noc', ticket, owner('Bo Lindqvist'));
      await isToldDirectly(bo, new RegExp(`Ada Okafor made Bo Lindqvist the owner[^\\n]*#${ticket}`));
    },

    'give to someone who may not own tickets is refused': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Not for Rita');
      const refusal = await command(ada, `give ${ticket} @rita`);
      expect(refusal.text).toContain('Rita Gomez may not own');
    },

    'give without a person asks for one in a form': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Who takes it');
      const form = await asked(ada, () => ada.slash('noc', `give ${ticket}`));
      expect(form.inputs.map(({ label }) => label)).toEqual(['Person']);
      await answer(ada, () => ada.submit(form, { Person: '@bo' }));
      await cardShows(ada, 'noc', ticket, owner('Bo Lindqvist'));
    },

    'a requestor may not take a ticket, and has no button for it': async ({ rita, has }) => {
      const { ticket } = await ask(rita, 'I want to own this');
      const refusal = await command(rita, `take ${ticket}`);
      expect(refusal.text).toContain('OwnTicket');
      const card = (await rita.cards('helpdesk')).find((each) => each.card?.ticket === ticket);
      if (has('own views')) expect(card?.buttons).not.toContain('Take');
      expect(card?.buttons).toContain('Reply');
    },

    'several tickets are taken at once': async ({ ada }) => {
      const first = await open(ada, 'in noc One of two');
      const second = await open(ada, 'in noc Two of two');
      const said = await ada.say('noc', `#${first} #${second} take`);
      await isMarked(ada, said, '✅');
      await cardShows(ada, 'noc', first, owner('Ada Okafor'));
      await cardShows(ada, 'noc', second, owner('Ada Okafor'));
    },

    'a button works also where the card is old': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Pressed late');
      const before = await cardShows(bo, 'noc', ticket, { status: 'new' });
      await command(ada, `set ${ticket} subject="Pressed very late"`);
      await cardShows(bo, 'noc', ticket, { subject: 'Pressed very late' });
      await bo.press(before, 'Take');
      await eventually(bo, () => cardShows(bo, 'noc', ticket, owner('Bo Lindqvist')));
    },
  },
};

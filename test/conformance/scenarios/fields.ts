import { expect } from 'vitest';
import { answer, asked, cardShows, command, eventually, open, press } from '../acts.ts';
import type { Theme } from '../theme.ts';

const fact = (label: string, value: unknown) => ({ facts: expect.objectContaining({ [label]: value }) });

export const fields: Theme = {
  title: 'fields of a ticket',
  scenarios: {
    'set changes several fields at once, and the card follows': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Wrong in many ways');
      await command(ada, `set ${ticket} subject="BGP down at LAX" priority=95 site=lax customers=12`);
      await cardShows(bo, 'noc', ticket, {
        subject: 'BGP down at LAX',
        priority: 95,
        facts: expect.objectContaining({ site: 'LAX', customers: '12' }),
      });
    },

    'a value that a field does not take is refused, and nothing of the line is done': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Half right');
      expect((await command(ada, `set ${ticket} priority=90 site=MARS`)).text).toMatch(/FRA[\s\S]*LAX/);
      expect((await command(ada, `set ${ticket} customers=-4`)).text).toContain('customers');
      expect((await command(ada, `set ${ticket} sight=LAX`)).text).toContain('site');
      await cardShows(ada, 'noc', ticket, { priority: 50 });
    },

    'a priority is set in three ways, from 0 to 100': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Urgent');
      await command(ada, `p80 ${ticket}`);
      await cardShows(ada, 'noc', ticket, { priority: 80 });
      await command(ada, `priority ${ticket} 7`);
      await cardShows(ada, 'noc', ticket, { priority: 7 });
      const form = await asked(ada, () => press(ada, 'noc', ticket, 'Priority…'));
      expect(form.inputs[0]?.value).toBe('7');
      const again = await asked(ada, () => ada.submit(form, { Priority: '101' }));
      expect(again.inputs[0]?.error).toContain('0 to 100');
    },

    'move brings a ticket to another queue, and away from the feed of the first': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Not a network fault');
      await cardShows(ada, 'noc', ticket, { queue: 'noc' });
      await command(ada, `move ${ticket} helpdesk`);
      await eventually(ada, async () =>
        expect((await ada.cards('noc')).map(({ card }) => card?.ticket)).not.toContain(ticket),
      );
      expect((await command(ada, `show ${ticket}`)).card).toMatchObject({ queue: 'helpdesk' });
      expect((await command(ada, `move ${ticket} nowhere`)).text).toContain('There is no queue nowhere');
    },

    'an answer that sets a time says which, as it was understood': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Says when');
      for (const line of [
        `due ${ticket} friday 1 feb 2030, 17:00`,
        `remind me ${ticket} 2030-02-01 17:00 call the telco`,
        `snooze ${ticket} 2030-02-01 5pm`,
        `stall ${ticket} until 2030-02-01 17:00 waiting`,
      ]) {
        expect((await command(ada, line)).text).toMatch(/17:00/);
      }
      const refused = await command(ada, `due ${ticket} mon and tue 9am`);
      expect(refused.text).toMatch(/and tue 9am[\s\S]*mon 9am/);
    },

    'a due date is read in the zone of the one who says it': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Due');
      await command(ada, `due ${ticket} 2030-02-01 17:00`);
      await cardShows(ada, 'noc', ticket, fact('Due', expect.stringMatching(/17:00/)));
      expect((await command(ada, `due ${ticket} soonish`)).text).toContain('soonish');
      await command(ada, `due ${ticket} none`);
      const shown = await command(ada, `show ${ticket}`);
      expect(shown.card?.facts['Due']).toBeUndefined();
    },

    'the next action stands on the card for staff': async ({ ada }) => {
      const ticket = await open(ada, 'in noc What now');
      await command(ada, `next ${ticket} Call the telco about the splice`);
      await cardShows(ada, 'noc', ticket, fact('Next action', 'Call the telco about the splice'));
    },

    'time worked adds up, and its text is a comment': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Long work');
      await command(ada, `time ${ticket} 30m swapped the card`);
      await command(ada, `time ${ticket} 1h30m`);
      await cardShows(ada, 'noc', ticket, fact('Time worked', '2 h'));
      expect((await command(ada, `history ${ticket}`)).text).toContain('swapped the card');
      expect((await command(ada, `time ${ticket} yesterday`)).text).toContain('30m');
    },

    'set without fields asks which one, the custom ones of the queue among them': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Which field');
      const form = await asked(ada, () => ada.slash('noc', `set ${ticket}`));
      expect(form.inputs[0]?.choices).toEqual(expect.arrayContaining(['subject', 'priority', 'site', 'customers']));
      const again = await asked(ada, () => ada.submit(form, { Field: 'customers', Value: 'many' }));
      expect(again.inputs[0]).toMatchObject({ value: 'customers', error: '' });
      expect(again.inputs[1]).toMatchObject({ value: 'many', error: expect.stringContaining('customers') });
      await answer(ada, () => ada.submit(again, { Value: '40' }));
      await cardShows(ada, 'noc', ticket, fact('customers', '40'));
    },

    'a form begins with what stands on the ticket': async ({ ada }) => {
      const ticket = await open(ada, 'in noc p33 Prefilled');
      await command(ada, `next ${ticket} Call the telco`);
      const next = await asked(ada, () => press(ada, 'noc', ticket, 'Next action…'));
      expect(next.inputs[0]?.value).toBe('Call the telco');
      await answer(ada, () => ada.submit(next, { 'What is to be done next?': 'Call them again' }));
      await cardShows(ada, 'noc', ticket, fact('Next action', 'Call them again'));
      const move = await asked(ada, () => press(ada, 'noc', ticket, 'Move…'));
      expect(move.inputs[0]).toMatchObject({ value: 'noc' });
      expect(move.inputs[0]?.choices).not.toContain('security');
    },

    'a requestor may not change fields': async ({ rita }) => {
      const ticket = await open(rita, 'Please hurry');
      expect((await command(rita, `p100 ${ticket}`)).text).toContain('ModifyTicket');
      expect((await answer(rita, () => rita.say('direct', `show ${ticket}`))).card?.priority).toBe(20);
    },

    'a long history is paged, the newest first in sight': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Long history');
      for (let priority = 1; priority <= 22; priority++) await command(ada, `p${priority} ${ticket}`);
      const last = await command(ada, `history ${ticket}`);
      expect(last.text).toContain('from 21 to 22');
      expect(last.buttons).toEqual(['Previous']);
      const first = await answer(ada, () => ada.press(last, 'Previous'));
      expect(first.text).toContain('opened it in noc');
      expect(first.buttons).toEqual(['Next']);
    },

    'the history tells who changed what from what': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Told in order');
      await command(bo, `p10 ${ticket}`);
      await command(ada, `give ${ticket} @bo`);
      const { text } = await command(ada, `history ${ticket}`);
      expect(text).toMatch(
        /Ada Okafor opened it in noc[\s\S]*Bo Lindqvist changed the priority from 50 to 10[\s\S]*Ada Okafor made Bo Lindqvist the owner/,
      );
    },
  },
};

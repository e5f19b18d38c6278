import { expect } from 'vitest';
import { answer, ask, asked, cardShows, command, eventually, isTold, open, press } from '../acts.ts';
import type { Theme } from '../theme.ts';

export const links: Theme = {
  title: 'links and merging',
  scenarios: {
    'no ticket comes to wait for itself, however many stand in between': async ({ ada }) => {
      const tickets: number[] = [];
      for (let nth = 1; nth <= 6; nth++) tickets.push(await open(ada, `in noc Link ${nth} of a chain`));
      const [first] = tickets;
      for (const [nth, ticket] of tickets.slice(1).entries())
        await command(ada, `link ${tickets[nth]} depends on ${ticket}`);
      expect((await command(ada, `link ${tickets.at(-1)} depends on ${first}`)).text).toContain(
        'would wait for itself',
      );
      expect((await command(ada, `link ${first} depended on by ${tickets.at(-1)}`)).text).toContain(
        'would wait for itself',
      );
    },

    'a ticket that depends on an open one cannot be resolved': async ({ ada }) => {
      const cause = await open(ada, 'in noc The cause');
      const effect = await open(ada, 'in noc The effect');
      await command(ada, `link ${effect} depends on ${cause}`);
      const refusal = await command(ada, `resolve ${effect}`);
      expect(refusal.text).toContain(`#${cause}`);
      await cardShows(ada, 'noc', effect, { status: 'new' });
      await command(ada, `resolve ${cause}`);
      await command(ada, `resolve ${effect}`);
      await cardShows(ada, 'noc', effect, { status: 'resolved' });
    },

    'a link shows in the history of both ends, and can be taken away': async ({ ada }) => {
      const one = await open(ada, 'in noc One end');
      const other = await open(ada, 'in noc Other end');
      await command(ada, `link ${one} refers to ${other}`);
      expect((await command(ada, `history ${one}`)).text).toContain(`refers to #${other}`);
      expect((await command(ada, `history ${other}`)).text).toContain(`#${one}`);
      await command(ada, `unlink ${one} refers to ${other}`);
      expect((await command(ada, `unlink ${one} refers to ${other}`)).text).toContain('has no link');
    },

    'links show on the cards of both ends, and where a ticket is shown': async ({ ada, bo }) => {
      const [one, other] = [await open(ada, 'in noc Waits'), await open(ada, 'in noc Is waited for')];
      await cardShows(bo, 'noc', other, {});
      await command(ada, `link ${one} depends on ${other}`);
      await cardShows(bo, 'noc', one, { facts: expect.objectContaining({ 'Depends on': `#${other}` }) });
      await cardShows(bo, 'noc', other, { facts: expect.objectContaining({ 'Depended on by': `#${one}` }) });
      expect((await command(bo, `show ${one}`)).card?.facts).toMatchObject({ 'Depends on': `#${other}` });
    },

    'a ticket cannot wait for itself': async ({ ada }) => {
      const one = await open(ada, 'in noc Circle one');
      const two = await open(ada, 'in noc Circle two');
      await command(ada, `link ${one} depends on ${two}`);
      expect((await command(ada, `link ${two} depends on ${one}`)).text).toContain('would wait for itself');
      expect((await command(ada, `link ${one} depends on ${one}`)).text).toContain('linked to itself');
    },

    'an unknown kind of link is refused with all there are': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Kind of link');
      expect((await command(ada, `link ${ticket} causes 1`)).text).toMatch(
        /depends on[\s\S]*refers to[\s\S]*member of/,
      );
    },

    'the Link button asks for kind and ticket': async ({ ada }) => {
      const one = await open(ada, 'in noc Linked by form');
      const other = await open(ada, 'in noc Linked to by form');
      const form = await asked(ada, () => press(ada, 'noc', one, 'Link…'));
      expect(form.inputs[0]?.choices).toContain('depends on');
      await answer(ada, () => ada.submit(form, { 'This ticket': 'depends on', Ticket: `${other}` }));
      expect((await command(ada, `resolve ${one}`)).text).toContain(`#${other}`);
    },

    'the old number works after a merge': async ({ ada, bo }) => {
      const old = await open(ada, 'in noc Reported twice');
      const kept = await open(ada, 'in noc Reported once');
      await cardShows(ada, 'noc', old, {});
      await command(ada, `merge ${old} into ${kept}`);
      expect((await command(bo, `show ${old}`)).card).toMatchObject({ ticket: kept, subject: 'Reported once' });
      await command(bo, `take ${old}`);
      await cardShows(bo, 'noc', kept, { facts: expect.objectContaining({ Owner: 'Bo Lindqvist' }) });
      await bo.say('noc', `#${old} written to the old number`);
      await eventually(bo, async () =>
        expect((await command(bo, `history ${kept}`)).text).toContain('written to the old number'),
      );
    },

    'after a merge the conversation of the old ticket is one of the new': async ({ rita, rob, ada }) => {
      const first = await ask(rita, 'Mail is down');
      const second = await ask(rob, 'Mail does not work');
      await command(ada, `merge ${second.ticket} into ${first.ticket}`);
      await command(ada, `reply ${first.ticket} mail works again`);
      await isTold(rita, 'helpdesk', first.ticket, 'mail works again');
      await eventually(rob, async () =>
        expect((await rob.thread(second.message)).map(({ text }) => text).join()).toContain('mail works again'),
      );
      await rob.say('helpdesk', 'thank you all', { thread: second.message });
      await eventually(ada, async () =>
        expect((await command(ada, `history ${first.ticket}`)).text).toMatch(/Rob Weiss replied[\s\S]*thank you all/),
      );
    },

    'a ticket cannot be merged into itself': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Alone');
      expect((await command(ada, `merge ${ticket} into ${ticket}`)).text).toContain('merged into itself');
    },
  },
};

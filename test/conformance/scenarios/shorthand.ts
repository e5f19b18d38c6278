import { expect } from 'vitest';
import { answer, cardOf, cardShows, command, eventually, isMarked, open } from '../acts.ts';
import type { Theme } from '../theme.ts';
import type { Ref } from '../user.ts';

export const shorthand: Theme = {
  title: 'shorthand in messages',
  scenarios: {
    'a bare verb is a command, and is marked ✅': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Bare verb');
      const said = await ada.say('noc', `#${ticket} stall`);
      await isMarked(ada, said, '✅');
      await cardShows(ada, 'noc', ticket, { status: 'stalled' });
    },

    'a bare verb with more text is a comment and offers Resolve instead': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Advice');
      const offer = await answer(ada, () => ada.say('noc', `#${ticket} resolve the DNS first`));
      expect(offer.text).toContain('commented, not resolved');
      expect(offer.buttons).toEqual(['Resolve instead']);
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/commented[\s\S]*resolve the DNS first/);
      await ada.press(offer, 'Resolve instead');
      await cardShows(ada, 'noc', ticket, { status: 'resolved' });
    },

    'a number elsewhere in a sentence changes nothing': async ({ ada, quiet }) => {
      const ticket = await open(ada, 'in noc Only mentioned');
      const said = await ada.say('noc', `have you seen #${ticket} resolve?`);
      await quiet();
      const message = (await ada.see('noc')).find(({ id }) => id === said.id);
      expect(message?.reactions).toEqual([]);
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).not.toContain('have you seen');
      expect((await cardOf(ada, 'noc', ticket)).card.status).toBe('new');
    },

    'several tickets at once, with a command and its text': async ({ ada }) => {
      const first = await open(ada, 'in noc Line one');
      const second = await open(ada, 'in noc Line two');
      await ada.say('noc', `#${first} #${second} !stall until tomorrow 9am waiting for the telco`);
      for (const ticket of [first, second]) {
        await cardShows(ada, 'noc', ticket, { status: 'stalled' });
        expect((await command(ada, `history ${ticket}`)).text).toContain('waiting for the telco');
      }
    },

    'each line of a message that begins with a number is an update of its own': async ({ ada }) => {
      const first = await open(ada, 'in noc Upper');
      const second = await open(ada, 'in noc Lower');
      await ada.say('noc', `#${first} take\n#${second} !resolve swapped`);
      await cardShows(ada, 'noc', first, { status: 'open' });
      await cardShows(ada, 'noc', second, { status: 'resolved' });
    },

    'one refused update marks the message ❓, and the others are done': async ({ ada, bo }) => {
      const free = await open(ada, 'in noc Free');
      const taken = await open(ada, 'in noc Taken');
      await command(bo, `take ${taken}`);
      let said: Ref = { where: 'noc', id: '' };
      const refusal = await answer(ada, async () => {
        said = await ada.say('noc', `#${free} #${taken} take`);
      });
      expect(refusal.text).toContain(`#${taken} is owned by Bo Lindqvist`);
      await isMarked(ada, said, '❓');
      // What was done is said as well: it must not be taken for the answer to the next command.
      await eventually(ada, () =>
        expect(
          ada
            .notices()
            .map(({ text }) => text)
            .join(),
        ).toContain(`#${free} Free · took it`),
      );
      await cardShows(ada, 'noc', free, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
    },

    'where some of several tickets cannot be changed, each says what happened': async ({ ada, bo }) => {
      const [free, taken] = [await open(ada, 'in noc Free to take'), await open(ada, 'in noc Taken by Bo')];
      await command(bo, `take ${taken}`);
      const before = ada.notices().length;
      await ada.say('noc', `#${free} and #${taken} take`);
      await eventually(ada, () => {
        const told = ada
          .notices()
          .slice(before)
          .map(({ text }) => text)
          .join('\n');
        expect(told).toContain(`#${free} Free to take`);
        expect(told).toContain(`#${taken} is owned by`);
      });
    },

    'an unknown command after ! is refused privately, and nothing is written': async ({ ada, bo, quiet, has }) => {
      const ticket = await open(ada, 'in noc Mistyped');
      const refusal = await answer(ada, () => ada.say('noc', `#${ticket} !reslove all-good-now`));
      expect(refusal.text).toMatch(/reslove[\s\S]*resolve/);
      await quiet();
      expect((await command(ada, `history ${ticket}`)).text).not.toContain('all-good-now');
      await bo.see('noc');
      if (has('held messages')) expect(bo.received()).not.toContain('all-good-now');
    },

    'in the thread of a ticket the number can be left out': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Worked in its thread');
      const card = await cardShows(ada, 'noc', ticket, {});
      await ada.say('noc', 'take', { thread: card });
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ Owner: 'Ada Okafor' }) });
      await ada.say('noc', '!resolve it was the fan', { thread: card });
      await cardShows(ada, 'noc', ticket, { status: 'resolved' });
    },

    'a slash command in the thread of a ticket needs no number either': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Slashed in its thread');
      const card = await cardShows(ada, 'noc', ticket, {});
      const notices = ada.notices().length;
      await ada.slash('noc', 'p90', card);
      await cardShows(ada, 'noc', ticket, { priority: 90 });
      // In words; by a mark where it went as a message.
      await eventually(ada, async () => {
        const marks = (await ada.thread(card)).flatMap(({ reactions }) => reactions);
        expect(marks.includes('✅') || ada.notices().length > notices).toBe(true);
      });
    },

    'a number alone shows the ticket': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Shown by number');
      const shown = await command(ada, `${ticket}`);
      expect(shown.card).toMatchObject({ ticket, subject: 'Shown by number' });
      const again = await answer(ada, () => ada.say('direct', `${ticket}`));
      expect(again.card).toMatchObject({ ticket });
    },

    'numbers beyond any ticket are refused': async ({ ada }) => {
      for (const number of ['0', '999999', '99999999999999999999']) {
        const refusal = await answer(ada, () => ada.say('noc', `#${number} take`));
        expect(refusal.card).toBeNull();
        expect(refusal.text).toMatch(/#?\d+/);
      }
      expect((await command(ada, 'take 999999')).text).toContain('There is no ticket #999999 that you can see.');
    },

    'ten thousand numbers in one line are refused as a whole': async ({ ada, quiet }) => {
      const ticket = await open(ada, 'in noc Too many');
      const numbers = Array.from({ length: 3000 }, (_, index) => `#${ticket + index}`).join(' ');
      const refusal = await answer(ada, () => ada.say('noc', `${numbers} take`));
      expect(refusal.text).not.toBe('');
      await quiet();
      expect((await cardOf(ada, 'noc', ticket)).card.facts).toMatchObject({ Owner: 'nobody' });
    },

    'half of a character and NUL bytes are kept visibly, and the desk goes on': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Odd bytes');
      await ada.say('noc', `#${ticket} before\u0000between\ud800after`);
      await eventually(ada, async () =>
        expect((await command(ada, `history ${ticket}`)).text).toMatch(/before.between.after/),
      );
    },

    'shorthand in code or in a quote is talk': async ({ ada, quiet }) => {
      const ticket = await open(ada, 'in noc Quoted');
      await ada.say('noc', `> #${ticket} take`);
      await ada.say('noc', `\`#${ticket} take\``);
      await quiet();
      expect((await cardOf(ada, 'noc', ticket)).card.facts).toMatchObject({ Owner: 'nobody' });
    },
  },
};

import { expect } from 'vitest';
import {
  answer,
  ask,
  asked,
  cardShows,
  command,
  eventually,
  isMarked,
  isTold,
  isToldDirectly,
  linesUnder,
  open,
  press,
} from '../acts.ts';
import type { Theme } from '../theme.ts';

export const edits: Theme = {
  title: 'what is edited, deleted, or told twice',
  scenarios: {
    'an edit of a message that was taken up changes what others were told': async ({ rita, ada, bo }) => {
      const { ticket, message } = await ask(rita, 'Who can help');
      await command(ada, `cc ${ticket} @bo`);
      const said = await rita.say('helpdesk', 'Call me at 1234', { thread: message });
      await isToldDirectly(bo, 'Call me at 1234');
      await rita.edit(said, 'Call me at 9876');
      await eventually(bo, async () => {
        const told = (await bo.see('direct')).map(({ text }) => text).join('\n');
        expect(told).toContain('Call me at 9876');
        expect(told).not.toContain('Call me at 1234');
      });
      const { text } = await command(ada, `history ${ticket}`);
      expect(text).toContain('Call me at 9876');
      expect(text).toContain('edited an earlier message');
      expect(text).not.toContain('Call me at 1234');
    },

    'a deleted one is taken away': async ({ rita, ada, bo }) => {
      const { ticket, message } = await ask(rita, 'Oops');
      await command(ada, `cc ${ticket} @bo`);
      const said = await rita.say('helpdesk', 'my password is swordfish', { thread: message });
      await isToldDirectly(bo, 'swordfish');
      await rita.delete(said);
      await eventually(bo, async () =>
        expect((await bo.see('direct')).map(({ text }) => text).join('\n')).not.toContain('swordfish'),
      );
      expect((await command(ada, `history ${ticket}`)).text).not.toContain('swordfish');
      expect((await command(ada, 'find swordfish')).text).not.toContain('Oops');
      expect((await rita.thread(message)).map(({ text }) => text).join()).not.toContain('swordfish');
    },

    'an edited shorthand keeps its number out of the text': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Edited shorthand');
      const said = await ada.say('noc', `#${ticket} rebooted teh router`);
      await isMarked(ada, said, '🔒');
      await ada.edit(said, `#${ticket} rebooted the router`);
      await eventually(ada, async () => {
        const { text } = await command(ada, `history ${ticket}`);
        expect(text).toContain('rebooted the router');
        expect(text).not.toContain('teh');
        expect(text).not.toContain(`#${ticket} rebooted`);
      });
    },

    'an edit of an intake message changes the text of its ticket': async ({ rita, ada }) => {
      const { ticket, message } = await ask(rita, 'Door stuck\nsecond floor');
      await rita.edit(message, 'Door stuck\nthird floor');
      await eventually(ada, async () => {
        const { text } = await command(ada, `history ${ticket}`);
        expect(text).toContain('third floor');
        expect(text).not.toContain('second floor');
      });
    },

    'an edit right after the message is not lost': async ({ rita, ada }) => {
      const said = await rita.say('helpdesk', 'Quick edit: wrong');
      await rita.edit(said, 'Quick edit: right');
      const ticket = await eventually(ada, async () => {
        const made = (await ada.cards('helpdesk')).find(({ root }) => root?.id === said.id);
        expect(made?.card).not.toBeUndefined();
        return made?.card?.ticket ?? 0;
      });
      await eventually(ada, async () => {
        const { text } = await command(ada, `history ${ticket}`);
        expect(text).toContain('Quick edit: right');
      });
    },

    'an edited comment stays for staff only': async ({ rita, ada, bo, quiet, has }) => {
      const { ticket } = await ask(rita, 'Touchy');
      const said = await ada.say('lobby', `#${ticket} quiet-word`);
      await isMarked(ada, said, '🔒');
      await ada.edit(said, `#${ticket} quieter-word`);
      await eventually(bo, async () => expect((await command(bo, `history ${ticket}`)).text).toContain('quieter-word'));
      await quiet();
      await rita.see('lobby');
      await rita.see('helpdesk');
      expect((await command(rita, `history ${ticket}`)).text).not.toMatch(/quiet(er)?-word/);
      if (has('held messages')) expect(rita.received()).not.toMatch(/quiet(er)?-word/);
    },

    'a deleted message of plain talk concerns nobody': async ({ rita, ada, quiet }) => {
      const said = await rita.say('lobby', 'never mind this');
      await rita.delete(said);
      await quiet();
      expect((await ada.see('lobby')).map(({ text }) => text).join()).not.toContain('never mind this');
    },

    'an event delivered twice acts once': async ({ rita, ada, quiet }) => {
      const { message } = await ask(rita, 'Delivered twice');
      await rita.redeliver();
      await quiet();
      const cards = (await rita.cards('helpdesk')).filter(({ card }) => card?.subject === 'Delivered twice');
      expect(cards).toHaveLength(1);
      expect((await rita.see('helpdesk')).filter(({ text }) => text === 'Delivered twice')).toHaveLength(1);
      const ticket = cards[0]?.card?.ticket ?? 0;
      await ada.say('helpdesk', 'one answer', { thread: message });
      await ada.redeliver();
      await isTold(rita, 'helpdesk', ticket, 'one answer');
      await quiet();
      expect((await linesUnder(rita, 'helpdesk', ticket)).filter((text) => text === 'one answer')).toHaveLength(1);
      expect((await command(ada, `history ${ticket}`)).text.match(/one answer/g)).toHaveLength(1);
    },

    'a command delivered twice acts once': async ({ ada, quiet }) => {
      const ticket = await open(ada, 'in noc Worked twice');
      await command(ada, `time ${ticket} 30m`, 'noc');
      await ada.redeliver();
      await quiet();
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ 'Time worked': '30 min' }) });
    },

    'a press and a form delivered twice act once': async ({ ada, bo, quiet }) => {
      const ticket = await open(ada, 'in noc Pressed twice');
      const card = await cardShows(bo, 'noc', ticket, {});
      await bo.press(card, 'Take');
      const before = bo.notices().length;
      await bo.redeliver();
      await quiet();
      expect(bo.notices()).toHaveLength(before);
      const form = await asked(bo, () => press(bo, 'noc', ticket, 'Time worked…'));
      await answer(bo, () => bo.submit(form, { 'How long': '30m' }));
      await bo.redeliver();
      await quiet();
      await cardShows(ada, 'noc', ticket, { facts: expect.objectContaining({ 'Time worked': '30 min' }) });
    },
  },
};

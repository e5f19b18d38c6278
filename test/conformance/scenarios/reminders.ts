import { expect } from 'vitest';
import { answer, asked, cardShows, command, eventually, isTold, isToldDirectly, open, press } from '../acts.ts';
import type { House } from '../house.ts';
import type { Theme } from '../theme.ts';
import type { Message, User } from '../user.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The reminders that a person's own conversation with the bot holds about a subject. */
async function rung(user: User, subject: string): Promise<readonly Message[]> {
  return (await user.see('direct')).filter(({ text }) => text.includes('Reminder') && text.includes(subject));
}

/** A reminder that has rung. */
async function ring({ ada, advance }: House, subject: string): Promise<{ ticket: number; message: Message }> {
  const ticket = await open(ada, `in noc ${subject}`);
  await command(ada, `remind me ${ticket} 1h call the telco`);
  await advance(hour + 1000);
  return { ticket, message: await isToldDirectly(ada, new RegExp(`Reminder[\\s\\S]*${subject}`)) };
}

export const reminders: Theme = {
  title: 'reminders',
  scenarios: {
    '`remind me` rings in the direct conversation, when its time has come and not before': async (house) => {
      const { ada, bo, advance } = house;
      const ticket = await open(ada, 'in noc Rings in two hours');
      await command(ada, `remind me ${ticket} 2h call the telco`);
      await advance(hour);
      expect(await rung(ada, 'Rings in two hours')).toEqual([]);
      await advance(hour + 1000);
      const message = await isToldDirectly(ada, /Reminder[\s\S]*Rings in two hours/);
      expect(message.text).toContain('call the telco');
      expect(message.text).toContain(`#${ticket}`);
      expect(message.buttons).toEqual(['Done', 'Snooze 1 h', 'Tomorrow 9:00', 'Open ticket']);
      expect(await rung(bo, 'Rings in two hours')).toEqual([]);
    },

    'it rings once': async (house) => {
      const { ada, advance } = house;
      await ring(house, 'Rings once');
      await advance(3 * hour);
      expect(await rung(ada, 'Rings once')).toHaveLength(1);
    },

    'Snooze 1 h lets it ring again an hour later': async (house) => {
      const { ada, advance, quiet } = house;
      const { message } = await ring(house, 'Snoozed');
      await answer(ada, () => ada.press(message, 'Snooze 1 h'));
      await quiet();
      await advance(50 * minute);
      expect(await rung(ada, 'Snoozed')).toHaveLength(1);
      await advance(11 * minute);
      await eventually(ada, async () => expect(await rung(ada, 'Snoozed')).toHaveLength(2));
    },

    'Tomorrow 9:00 lets it ring at nine, in the zone of the one who is reminded': async (house) => {
      const { ada, advance, quiet } = house;
      const { message } = await ring(house, 'Not today');
      await answer(ada, () => ada.press(message, 'Tomorrow 9:00'));
      await quiet();
      await advance(9 * hour);
      expect(await rung(ada, 'Not today')).toHaveLength(1);
      await advance(24 * hour);
      await eventually(ada, async () => expect(await rung(ada, 'Not today')).toHaveLength(2));
    },

    '`snooze` puts off a reminder that has not rung yet': async ({ ada, advance }) => {
      const ticket = await open(ada, 'in noc Put off');
      await command(ada, `remind me ${ticket} 1h later please`);
      await command(ada, `snooze ${ticket} 3h`);
      await advance(2 * hour);
      expect(await rung(ada, 'Put off')).toEqual([]);
      await advance(hour + 1000);
      await isToldDirectly(ada, /Reminder[\s\S]*Put off/);
    },

    'Done ends it, and so it cannot be snoozed any more': async (house) => {
      const { ada } = house;
      const { ticket, message } = await ring(house, 'Dealt with');
      await answer(ada, () => ada.press(message, 'Done'));
      const refusal = await command(ada, `snooze ${ticket} reminder 1 1h`);
      expect(refusal.text).toContain('no such reminder');
    },

    'a reminder that is done or put off says so, and offers nothing that is over': async (house) => {
      const { ada } = house;
      const { message } = await ring(house, 'Says what became of it');
      await answer(ada, () => ada.press(message, 'Snooze 1 h'));
      await isToldDirectly(ada, /snoozed until[\s\S]*Says what became of it/);
      await answer(ada, () => ada.press(message, 'Done'));
      const done = await isToldDirectly(ada, /Reminder · done[\s\S]*Says what became of it/);
      expect(done.buttons).toEqual(['Open ticket']);
      expect(await rung(ada, 'Says what became of it')).toHaveLength(1);
    },

    '`reminders` lists what one is still to be reminded of': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Listed with its reminders');
      await command(ada, `remind me ${ticket} 2h call the vendor`);
      await command(ada, `remind @bo ${ticket} 3h look at the graphs`);
      const mine = await command(ada, 'reminders');
      expect(mine.text).toMatch(
        /Listed with its reminders · call the vendor[\s\S]*look at the graphs · for @?Bo Lindqvist/,
      );
      const his = await command(bo, 'reminders');
      expect(his.text).toContain('look at the graphs');
      expect(his.text).not.toContain('call the vendor');
      await command(ada, `done ${ticket}`);
      expect((await command(ada, 'reminders')).text).not.toContain('call the vendor');
    },

    'Open ticket shows its card': async (house) => {
      const { ticket, message } = await ring(house, 'Shown from its reminder');
      const shown = await answer(house.ada, () => house.ada.press(message, 'Open ticket'));
      expect(shown.card).toMatchObject({ ticket });
    },

    'somebody else can be reminded, if they see the ticket': async ({ ada, bo, advance }) => {
      const ticket = await open(ada, 'in noc For Bo to remember');
      await command(ada, `remind @bo ${ticket} 30m look at the graphs`);
      await advance(31 * minute);
      await isToldDirectly(bo, /Reminder[\s\S]*For Bo to remember[\s\S]*look at the graphs/);
      const refusal = await command(ada, `remind @rita ${ticket} 30m look`);
      expect(refusal.text).toContain('Rita Gomez cannot see');
    },

    '`remind here` rings where it was said': async ({ ada, bo, advance }) => {
      const ticket = await open(ada, 'in noc Reminds the channel');
      await cardShows(ada, 'noc', ticket, {});
      await command(ada, `remind here ${ticket} 30m shift change`, 'noc');
      await advance(31 * minute);
      await eventually(bo, async () => {
        const card = await cardShows(bo, 'noc', ticket, {});
        const all = [...(await bo.see('noc')), ...(await bo.thread(card))].map(({ text }) => text).join('\n');
        expect(all).toMatch(/Reminder[\s\S]*shift change/);
      });
    },

    'a past or unreadable time is refused with an example': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Bad times');
      for (const when of ['2001-01-01 10:00', 'whenever']) {
        const refusal = await command(ada, `remind me ${ticket} ${when}`);
        expect(refusal.text).toMatch(/remind|tomorrow|mon 9am/);
        expect(refusal.text).toMatch(/passed|past|when|time/i);
      }
      expect((await command(ada, `history ${ticket}`)).text).not.toContain('reminder');
    },

    'without a time it is asked for in a form': async ({ ada, advance }) => {
      const ticket = await open(ada, 'in noc Asked when');
      const form = await asked(ada, () => press(ada, 'noc', ticket, 'Remind me…'));
      const again = await asked(ada, () => ada.submit(form, { When: 'blursday', 'Of what?': 'the form' }));
      expect(again.inputs.find(({ label }) => label === 'When')).toMatchObject({ value: 'blursday' });
      expect(again.inputs.find(({ label }) => label === 'When')?.error).not.toBe('');
      await answer(ada, () => ada.submit(again, { When: '1h' }));
      await advance(hour + 1000);
      await isToldDirectly(ada, /Reminder[\s\S]*Asked when[\s\S]*the form/);
    },

    'a requestor may be reminded of their own ticket': async ({ rita, advance }) => {
      const ticket = await open(rita, 'Remind Rita');
      await command(rita, `remind me ${ticket} 1h any news?`);
      await advance(hour + 1000);
      await isToldDirectly(rita, /Reminder[\s\S]*Remind Rita/);
    },

    'a ticket that is stalled until a time tells its thread when it wakes': async ({ ada, bo, advance }) => {
      const ticket = await open(ada, 'in noc Wakes up');
      await command(ada, `take ${ticket}`);
      await command(bo, `stall ${ticket} until 1h spare part`);
      await advance(hour + 1000);
      await cardShows(bo, 'noc', ticket, { status: 'open' });
      await isToldDirectly(ada, /Reminder[\s\S]*Wakes up/);
      await isTold(bo, 'noc', ticket, 'stalled it');
    },
  },
};

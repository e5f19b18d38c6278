import { expect } from 'vitest';
import { answer, ask, cardShows, command, eventually, open } from '../acts.ts';
import type { Theme } from '../theme.ts';

export const lists: Theme = {
  title: 'lists, feeds, completion and help',
  needs: { 'completion offers verbs, tickets, queues, people and times': 'completion' },
  scenarios: {
    'mine lists what one owns or asked for, and no one else’s': async ({ rita, ada, bo }) => {
      await ask(rita, 'Asked by Rita');
      const owned = await open(ada, 'in noc Owned by Ada');
      await command(ada, `take ${owned}`);
      expect((await command(rita, 'mine')).text).toContain('Asked by Rita');
      expect((await command(ada, 'mine')).text).toContain('Owned by Ada');
      expect((await command(bo, 'mine')).text).not.toMatch(/Asked by Rita|Owned by Ada/);
    },

    'unowned lists what nobody owns': async ({ ada }) => {
      const free = await open(ada, 'in noc Nobody has this');
      const taken = await open(ada, 'in noc Somebody has this');
      await command(ada, `take ${taken}`);
      const { text } = await command(ada, 'unowned queue:noc');
      expect(text).toContain(`#${free} Nobody has this`);
      expect(text).not.toContain('Somebody has this');
    },

    'a search narrows a list by status, priority and field, urgent first': async ({ ada }) => {
      await open(ada, 'in noc p30 Zebra low');
      const high = await open(ada, 'in noc p99 Zebra high');
      await command(ada, `set ${high} site=FRA`);
      const { text } = await command(ada, 'list zebra');
      expect(text.indexOf('Zebra high')).toBeGreaterThan(0);
      expect(text.indexOf('Zebra high')).toBeLessThan(text.indexOf('Zebra low'));
      const narrowed = await command(ada, 'list zebra priority>=50 site:FRA');
      expect(narrowed.text).toContain('Zebra high');
      expect(narrowed.text).not.toContain('Zebra low');
    },

    'find finds words in the subject and in what was written, closed tickets too': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Quokka sighted : near the antenna');
      await command(ada, `resolve ${ticket}`);
      expect((await command(ada, 'find quokka')).text).toContain('Quokka sighted');
      expect((await command(ada, 'find antenna')).text).toContain('Quokka sighted');
      expect((await command(ada, 'find unfindable')).text).toContain('Nothing found');
    },

    'a long list is paged by buttons': async ({ ada }) => {
      for (let index = 1; index <= 11; index++) await open(ada, `in noc Llama number ${index}`);
      const first = await command(ada, 'list llama by id');
      expect(first.buttons).toEqual(['Next']);
      const second = await answer(ada, () => ada.press(first, 'Next'));
      expect(second.buttons).toEqual(['Previous']);
      expect(second.text).not.toBe(first.text);
      expect(`${first.text}${second.text}`.match(/Llama number/g)).toHaveLength(11);
    },

    'no ticket is skipped when others leave the list before the next page': async ({ ada }) => {
      for (let index = 1; index <= 12; index++) await open(ada, `in noc Alpaca number ${index}`);
      const first = await command(ada, 'list is:open subject:Alpaca by id');
      const [one, two] = [...first.text.matchAll(/#(\d+)/g)].map(([, number]) => number);
      await command(ada, `resolve ${one}`);
      await command(ada, `resolve ${two}`);
      const second = await answer(ada, () => ada.press(first, 'Next'));
      expect(second.text.match(/Alpaca number \d+/g)).toEqual(['Alpaca number 2', 'Alpaca number 1']);
    },

    'operators in small letters work between fields, and are pointed out between words': async ({ ada }) => {
      const ticket = await open(ada, 'in noc p99 Ocelot');
      expect((await command(ada, `list id:${ticket} or id:999999`)).text).toContain('Ocelot');
      expect((await command(ada, `list id:${ticket} not priority>=urgent`)).text).toContain('Nothing found');
      expect((await command(ada, 'list ocelot or margay')).text).toContain('Write OR');
      expect((await command(ada, 'list ocelot by age')).text).toMatch(/cannot be sorted by age/);
    },

    'a search that cannot be read is refused with an example': async ({ ada }) => {
      expect((await command(ada, 'list priority>=many')).text).toMatch(/many|0 to 100/);
      expect((await command(ada, 'list queue:nok')).text).toMatch(/There is no queue nok\. Did you mean noc/);
    },

    'feed tells a channel of a queue from now on, unfeed ends it': async ({ sue, ada, quiet }) => {
      expect((await command(ada, 'feed noc here', 'lobby')).text).toContain('AdminQueue');
      await command(sue, 'feed noc here anyway', 'lobby');
      const fed = await open(ada, 'in noc Told in the lobby');
      await cardShows(ada, 'lobby', fed, { subject: 'Told in the lobby' });
      await command(sue, 'unfeed noc here', 'lobby');
      const unfed = await open(ada, 'in noc Not told in the lobby');
      await cardShows(ada, 'noc', unfed, {});
      await quiet();
      expect((await ada.cards('lobby')).map(({ card }) => card?.ticket)).not.toContain(unfed);
    },

    'a feed with a search tells only of what it finds': async ({ sue, ada, quiet }) => {
      await command(sue, 'feed noc here anyway priority>=80', 'lobby');
      const calm = await open(ada, 'in noc p10 Calm');
      const urgent = await open(ada, 'in noc p90 Urgent');
      await cardShows(ada, 'lobby', urgent, {});
      await quiet();
      expect((await ada.cards('lobby')).map(({ card }) => card?.ticket)).not.toContain(calm);
      await command(sue, 'unfeed noc here', 'lobby');
    },

    'a comment is not told in a feed that is not for staff': async ({ sue, ada, rita, quiet }) => {
      await command(sue, 'feed noc here anyway', 'lobby');
      const ticket = await open(ada, 'in noc Fed openly');
      await cardShows(ada, 'lobby', ticket, {});
      await command(ada, `comment ${ticket} not-for-the-lobby`);
      await quiet();
      await ada.see('lobby');
      const card = await cardShows(ada, 'lobby', ticket, {});
      expect((await ada.thread(card)).map(({ text }) => text).join()).not.toContain('not-for-the-lobby');
      await rita.see('lobby');
      expect(rita.received()).not.toContain('not-for-the-lobby');
      await command(sue, 'unfeed noc here', 'lobby');
    },

    'completion offers verbs, tickets, queues, people and times': async ({ ada, rita }) => {
      const ticket = await open(ada, 'in noc Completed');
      const offered = async (line: string) => (await ada.complete('lobby', line)).join('\n');
      expect(await offered('res')).toContain('resolve');
      expect(await offered('take ')).toContain(`#${ticket} Completed`);
      expect(await offered('new in ')).toContain('noc');
      expect(await offered(`give ${ticket} @b`)).toContain('Bo Lindqvist');
      expect(await offered(`stall ${ticket} until `)).toContain('tomorrow');
      expect((await rita.complete('lobby', 'take ')).join()).not.toContain('Completed');
    },

    'help tells all commands, a topic, and one command': async ({ rita }) => {
      const all = await command(rita, 'help');
      for (const verb of ['new', 'take', 'reply', 'resolve', 'remind', 'merge']) expect(all.text).toContain(verb);
      expect((await command(rita, 'help reminders')).text).toContain('snooze');
      expect((await command(rita, 'help stall')).text).toContain('until WHEN');
      expect((await command(rita, 'help resolv')).text).toMatch(/Did you mean[\s\S]*help resolve/);
      expect((await answer(rita, () => rita.say('lobby', '@docket'))).text).toContain('resolve');
    },

    'report tells how many tickets there are by queue and status': async ({ ada }) => {
      await open(ada, 'in noc Counted');
      await eventually(ada, async () => expect((await command(ada, 'report')).text).toMatch(/noc[\s\S]*\d+ new/));
      expect((await command(ada, 'report nonsense')).text).toContain('There is no report');
    },

    'a bare new asks for everything in a form': async ({ rita }) => {
      await rita.slash('lobby', 'new');
      const form = await eventually(rita, () => {
        const [first] = rita.forms();
        if (first === undefined) throw new Error('no form has come up');
        return first;
      });
      expect(form.inputs.map(({ label }) => label)).toEqual(['Subject', 'What happened?', 'Queue', 'Priority', 'For']);
      expect(form.inputs[2]?.choices).toContain('helpdesk');
      expect(form.inputs[2]?.choices).not.toContain('security');
      await answer(rita, () => rita.submit(form, { Subject: 'Asked by form', 'What happened?': 'It broke.' }));
      expect((await command(rita, 'find "asked by form"')).text).toContain('Asked by form');
    },
  },
};

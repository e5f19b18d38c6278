import { expect } from 'vitest';
import {
  answer,
  ask,
  cardShows,
  command,
  eventually,
  isMarked,
  isTold,
  isToldDirectly,
  linesUnder,
  open,
} from '../acts.ts';
import type { House } from '../house.ts';
import type { Theme } from '../theme.ts';
import type { User } from '../user.ts';

/** Looks everywhere that somebody can look. */
async function lookAround(user: User, where: readonly ('helpdesk' | 'lobby' | 'noc' | 'direct')[]): Promise<void> {
  for (const place of where) await user.see(place);
  for (const line of ['list', 'mine', 'unowned', 'find secret', 'report', 'help']) await command(user, line);
  for (const line of ['take ', 'show 1', 'list queue:', 'find s', 'move 1 ', 'new in '])
    await user.complete('lobby', line);
}

/** A ticket of the private queue, worked in all the ways that tell others. */
async function secret({ sue, quiet }: House): Promise<number> {
  const ticket = await open(sue, 'in security Secret breach');
  await cardShows(sue, 'security', ticket, { queue: 'security' });
  await command(sue, `comment ${ticket} secret-comment`);
  await command(sue, `reply ${ticket} secret-reply`);
  await command(sue, `take ${ticket}`);
  await command(sue, `resolve ${ticket} secret-resolution`);
  await quiet();
  return ticket;
}

export const privacy: Theme = {
  title: 'what stays private',
  needs: {
    'the lines in a thread are seen by those who may see the ticket': 'own views',
    'a refused command that was typed among others is seen by nobody else': 'held messages',
  },
  scenarios: {
    'the ticket of a private queue is refused in the same words as one that does not exist': async (house) => {
      const ticket = await secret(house);
      for (const user of [house.rita, house.ada]) {
        for (const verb of ['show', 'take', 'history', 'comment', 'resolve', 'watch', 'undo', 'stall']) {
          const words = verb === 'comment' ? ' hello' : '';
          const [there, missing] = [
            await command(user, `${verb} ${ticket}${words}`),
            await command(user, `${verb} 777777${words}`),
          ];
          expect(there.text.replaceAll(`${ticket}`, 'N')).toBe(missing.text.replaceAll('777777', 'N'));
        }
      }
    },

    'a private queue is in no list, search, completion, history, feed or report of others': async (house) => {
      await secret(house);
      await lookAround(house.ada, ['helpdesk', 'lobby', 'noc', 'direct']);
      await lookAround(house.rita, ['helpdesk', 'lobby', 'direct']);
      for (const user of [house.ada, house.rita]) expect(user.received()).not.toMatch(/secret-|Secret breach|security/);
      expect((await command(house.sue, 'find breach')).text).toContain('Secret breach');
    },

    'while a private ticket is worked, the clients of others are told of nothing at all': async (house) => {
      const { rob, quiet } = house;
      await quiet();
      const before = rob.news();
      await secret(house);
      expect(rob.news()).toBe(before);
    },

    'a private channel is not there for others': async ({ ada, rita, sue }) => {
      await expect(rita.see('security')).rejects.toThrow();
      await expect(ada.see('security')).rejects.toThrow();
      await expect(rita.see('noc')).rejects.toThrow();
      expect(Array.isArray(await sue.see('security'))).toBe(true);
    },

    'naming a private queue is refused as if there were none': async ({ rita }) => {
      const there = await command(rita, 'new in security Let me in');
      const missing = await command(rita, 'new in secrecity Let me in');
      expect(there.text.replace('security', 'X')).toBe(missing.text.replace('secrecity', 'X'));
    },

    "a ticket's link to a private one does not tell of it": async (house) => {
      const { ada, rita, sue, bo, quiet } = house;
      const hidden = await open(sue, 'in security Secret cause');
      const { ticket } = await ask(rita, 'Mail is slow');
      await command(sue, `link ${ticket} depends on ${hidden}`);
      await quiet();
      for (const user of [ada, rita]) {
        const history = await command(user, `history ${ticket}`);
        const shown = await command(user, `show ${ticket}`);
        for (const { text } of [history, shown]) expect(text).not.toMatch(new RegExp(`#${hidden}\\b|Secret cause`));
      }
      const blocked = await command(bo, `resolve ${ticket}`);
      expect(blocked.text).not.toMatch(new RegExp(`#${hidden}\\b|Secret cause`));
    },

    'merging with a private ticket is refused as with one that does not exist': async ({ ada, sue }) => {
      const hidden = await open(sue, 'in security Secret twin');
      const ticket = await open(ada, 'in noc Public twin');
      const there = await command(ada, `merge ${ticket} into ${hidden}`);
      const missing = await command(ada, `merge ${ticket} into 777777`);
      expect(there.text.replaceAll(`#${hidden}`, 'N')).toBe(missing.text.replaceAll('#777777', 'N'));
    },

    'a ticket that moves to a private queue vanishes for those who may not see it': async (house) => {
      const { ada, bo, sue, quiet } = house;
      const ticket = await open(ada, 'in noc Turned out to be an attack');
      await cardShows(bo, 'noc', ticket, { queue: 'noc' });
      await command(sue, `move ${ticket} security`);
      await cardShows(sue, 'security', ticket, { queue: 'security' });
      await eventually(bo, async () =>
        expect((await bo.cards('noc')).map(({ card }) => card?.ticket)).not.toContain(ticket),
      );
      await quiet();
      expect((await command(bo, `show ${ticket}`)).text).toContain('There is no ticket');
      expect((await command(bo, 'find attack')).text).not.toContain('Turned out to be an attack');
    },

    'an edit or a deletion does not bring a ticket back to where it may not be seen any more': async (house) => {
      const { ada, rita, rob, sue, quiet } = house;
      const asked = await Promise.all([ask(rita, 'Laptop acts strangely'), ask(rita, 'Phone acts strangely')]);
      const said = await ada.say('noc', '#new in noc Odd logins: from abroad');
      await isMarked(ada, said, '🎫');
      await quiet();
      const inFeed = (await ada.cards('noc')).find(({ card }) => card?.subject === 'Odd logins')?.card?.ticket ?? 0;
      for (const ticket of [...asked.map(({ ticket }) => ticket), inFeed]) {
        await command(sue, `move ${ticket} security`);
        await command(sue, `set ${ticket} subject="Insider attack ${ticket}"`);
      }
      await quiet();
      const [edited, deleted] = asked;
      await rita.edit(edited?.message ?? said, 'Laptop acts normally');
      await rita.delete(deleted?.message ?? said);
      await ada.edit(said, '#new in noc Odd logins: from nowhere');
      await quiet();
      await lookAround(ada, ['helpdesk', 'lobby', 'noc', 'direct']);
      for (const user of [rita, rob]) await lookAround(user, ['helpdesk', 'lobby', 'direct']);
      for (const user of [ada, rita, rob]) expect(user.received()).not.toContain('Insider attack');
    },

    'nor to a requestor who was taken off it, or a cc who lost access to it': async (house) => {
      const { ada, rita, rob, sue, quiet } = house;
      const { ticket, message } = await ask(rita, 'Badge does not open');
      await command(ada, `cc ${ticket} @rob`);
      const said = await rita.say('helpdesk', 'the door of the lab', { thread: message });
      await isToldDirectly(rob, 'the door of the lab');
      await command(ada, `requestor ${ticket} -@rita`);
      await command(ada, `cc ${ticket} -@rob`);
      await command(sue, `set ${ticket} subject="Rita is under suspicion"`);
      await quiet();
      await rita.edit(said, 'the door of the vault');
      await quiet();
      await rita.edit(message, 'Badge opens');
      await quiet();
      for (const user of [rita, rob]) {
        await lookAround(user, ['helpdesk', 'lobby', 'direct']);
        expect(user.received()).not.toContain('under suspicion');
      }
    },

    'who may not see a ticket any more does not change its text by editing what they wrote': async (house) => {
      const { rita, sue, quiet } = house;
      const { ticket, message } = await ask(rita, 'Evidence: the original words');
      const said = await rita.say('helpdesk', 'original reply', { thread: message });
      await eventually(sue, async () =>
        expect((await command(sue, `history ${ticket}`)).text).toContain('original reply'),
      );
      await command(sue, `move ${ticket} security`);
      await quiet();
      await rita.edit(message, 'Evidence: the forged words');
      await rita.delete(said);
      await quiet();
      const { text } = await command(sue, `history ${ticket}`);
      expect(text).toContain('the original words');
      expect(text).toContain('original reply');
      expect(text).not.toContain('forged');
      expect((await command(sue, `show ${ticket}`)).text).not.toContain('forged');
    },

    "another requestor's ticket is not there": async ({ rita, rob, has }) => {
      const { ticket } = await ask(rita, 'My salary slip is wrong');
      const [there, missing] = [await command(rob, `show ${ticket}`), await command(rob, 'show 777777')];
      expect(there.text.replaceAll(`${ticket}`, 'N')).toBe(missing.text.replaceAll('777777', 'N'));
      const cards = (await rob.cards('helpdesk')).map(({ card }) => card?.ticket);
      if (has('own views')) expect(cards).not.toContain(ticket);
      expect((await command(rob, 'find salary')).text).not.toContain('salary slip');
    },

    'the lines in a thread are seen by those who may see the ticket': async ({ rita, rob, ada, quiet }) => {
      const { ticket, message } = await ask(rita, 'Where is the form');
      await command(ada, `reply ${ticket} only-for-rita`);
      await isTold(rita, 'helpdesk', ticket, 'only-for-rita');
      await quiet();
      await rob.see('helpdesk');
      await rob.thread(message);
      expect(rob.received()).not.toContain('only-for-rita');
    },

    'a refused command that was typed among others is seen by nobody else': async ({ ada, rita, quiet }) => {
      const said = await ada.say('lobby', '#777777 password-is-hunter2');
      await isMarked(ada, said, '❓');
      await quiet();
      await rita.see('lobby');
      expect(rita.received()).not.toContain('password-is-hunter2');
    },

    'staff matters of a ticket stay out of what its requestor sees': async ({ rita, ada, bo, quiet }) => {
      const { ticket } = await ask(rita, 'Everything at once');
      await command(ada, `take ${ticket}`);
      for (const line of [
        `comment ${ticket} hush-comment`,
        `next ${ticket} hush-next`,
        `time ${ticket} 30m hush-time`,
        `admincc ${ticket} @bo`,
        `remind me ${ticket} 2h hush-reminder`,
        `stall ${ticket} hush-stall`,
        `resolve ${ticket} hush-resolution`,
      ]) {
        await command(ada, line);
      }
      await quiet();
      await bo.see('direct');
      await rita.see('helpdesk');
      await rita.see('direct');
      await linesUnder(rita, 'helpdesk', ticket);
      await command(rita, `show ${ticket}`);
      await command(rita, `history ${ticket}`);
      await command(rita, 'find hush');
      expect(rita.received().replaceAll('find hush', '').replaceAll('Tickets with hush', '')).not.toContain('hush');
    },

    'a deleted message takes its files with it, and staff alone can look up what an edited one said': async (house) => {
      const { ada, rita, quiet } = house;
      const { ticket, message } = await ask(rita, 'Files come and go');
      const said = await rita.say('helpdesk', 'here is my key', {
        thread: message,
        files: [{ name: 'key.txt', content: 'TOPSECRET' }],
      });
      const edited = await rita.say('helpdesk', 'the first words', { thread: message });
      await eventually(ada, async () => {
        const { text, files } = await command(ada, `history ${ticket}`);
        expect(text).toContain('the first words');
        expect(files).toEqual(['key.txt']);
      });
      await rita.delete(said);
      await rita.edit(edited, 'the second words');
      await quiet();
      for (const user of [ada, rita]) {
        const { text, files } = await command(user, `history ${ticket}`);
        expect(text).not.toMatch(/my key|the first words/);
        expect(text).toContain('the second words');
        expect(files).toEqual([]);
      }
      const originals = await command(ada, `history ${ticket} originals`);
      expect(originals.text).toMatch(
        /my key[\s\S]*the first words[\s\S]*edited an earlier message[\s\S]*the second words/,
      );
      expect(originals.files).toEqual(['key.txt']);
      const refusal = await command(rita, `history ${ticket} originals`);
      expect(refusal.text).toContain('ShowTicketComments');
      expect(refusal.text).not.toContain('the first words');
    },

    'when staff work on a ticket among themselves, its requestor finds it unchanged': async (house) => {
      const { rita, ada, advance, quiet } = house;
      const [first, second] = [await ask(rita, 'Quiet work'), await ask(rita, 'Quieter work')];
      await advance(10 * 60_000);
      await command(ada, `comment ${first.ticket} between us`);
      await command(ada, `next ${first.ticket} ask the vendor`);
      await quiet();
      const recent = `list id:${first.ticket} updated>-5m`;
      expect((await command(ada, recent)).text).toContain('Quiet work');
      expect((await command(rita, recent)).text).not.toContain('Quiet work');
      const byUpdated = async (user: User) => {
        const { text } = await command(user, 'list subject:work by updated');
        return [...text.matchAll(/Quiete?r? work/g)].map(([subject]) => subject);
      };
      expect(await byUpdated(ada)).toEqual(['Quiet work', 'Quieter work']);
      expect(await byUpdated(rita)).toEqual(['Quieter work', 'Quiet work']);
      await command(ada, `reply ${first.ticket} We are on it`);
      expect((await command(rita, recent)).text).toContain('Quiet work');
      expect(second.ticket).toBeGreaterThan(first.ticket);
    },

    'a feed is not set up by one word where people read who may not see the queue': async (house) => {
      const { ada, rita, sue, quiet } = house;
      const refusal = await command(sue, 'feed security here', 'lobby');
      expect(refusal.text).toMatch(/may not see the tickets of security|cannot tell that everybody who reads here/);
      expect(refusal.text).toContain('feed security here anyway');
      const ticket = await open(sue, 'in security Unfed breach');
      await cardShows(sue, 'security', ticket, {});
      await quiet();
      for (const user of [ada, rita]) {
        await lookAround(user, ['helpdesk', 'lobby', 'direct']);
        expect(user.received()).not.toContain('Unfed breach');
      }
    },

    'a feed of the configuration is neither weakened nor ended by a command': async ({ sue, bo }) => {
      for (const line of ['feed noc here priority>=90', 'unfeed noc here']) {
        expect((await command(sue, line, 'noc')).text).toContain('docket.yaml');
      }
      const { text } = await command(bo, 'feeds', 'noc');
      expect(text).toMatch(/noc: all tickets, with internal notes \(set in docket.yaml\)/);
      expect(text).not.toContain('security');
      const ticket = await open(bo, 'in noc p10 Still fed');
      await cardShows(bo, 'noc', ticket, {});
    },

    'a requestor may not comment, and what they tried to is not kept': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'May I comment');
      const refusal = await command(rita, `comment ${ticket} sneaky`);
      expect(refusal.text).toContain('CommentOnTicket');
      expect((await command(ada, `history ${ticket}`)).text).not.toContain('sneaky');
    },

    'the search finds comments only for those who may read them': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'Ordinary subject');
      await command(ada, `comment ${ticket} xylophone`);
      expect((await command(ada, 'find xylophone')).text).toContain('Ordinary subject');
      const found = await answer(rita, () => rita.say('direct', 'find xylophone'));
      expect(found.text).not.toContain('Ordinary subject');
    },
  },
};

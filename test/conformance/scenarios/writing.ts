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
  linesUnder,
  open,
  press,
} from '../acts.ts';
import type { Theme } from '../theme.ts';

export const writing: Theme = {
  title: 'what is written',
  scenarios: {
    'a reply by an operator reaches the requestor in their thread': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'No sound in the meeting room');
      await command(ada, `reply ${ticket} Is the amplifier on?`);
      await isTold(rita, 'helpdesk', ticket, 'Is the amplifier on?');
    },

    'a comment by an operator reaches the owner but no requestor': async ({ rita, ada, bo, quiet }) => {
      const { ticket } = await ask(rita, 'Beamer is dim');
      await press(bo, 'helpdesk', ticket, 'Take');
      await cardShows(bo, 'helpdesk', ticket, { status: 'open' });
      await command(ada, `comment ${ticket} lamp-has-3000-hours`);
      await eventually(bo, async () => {
        const told = [
          ...(await bo.see('direct')).map(({ text }) => text),
          ...(await linesUnder(bo, 'helpdesk', ticket)),
        ];
        expect(told.join('\n')).toContain('lamp-has-3000-hours');
      });
      await quiet();
      await rita.see('helpdesk');
      await linesUnder(rita, 'helpdesk', ticket);
      await command(rita, `history ${ticket}`);
      expect(rita.received()).not.toContain('lamp-has-3000-hours');
    },

    'a comment in the feed is marked as for staff only': async ({ ada, bo }) => {
      const ticket = await open(ada, 'in noc Fan is loud');
      await cardShows(bo, 'noc', ticket, {});
      await command(ada, `comment ${ticket} bearing is worn`);
      await isTold(bo, 'noc', ticket, 'bearing is worn');
      const card = await cardShows(bo, 'noc', ticket, {});
      const line = (await bo.thread(card.root ?? card)).find(({ text }) => text.includes('bearing is worn'));
      expect(line?.locked).toBe(true);
    },

    '`#123 some words` is a comment, marked 🔒': async ({ ada, rita, quiet }) => {
      const { ticket } = await ask(rita, 'Router is slow');
      const said = await ada.say('noc', `#${ticket} rebooted-the-router`);
      await isMarked(ada, said, '🔒');
      await quiet();
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/Ada Okafor commented[\s\S]*rebooted-the-router/);
      await rita.see('helpdesk');
      expect(rita.received()).not.toContain('rebooted-the-router');
    },

    'a comment typed in a channel where requestors read along is seen by staff only': async ({
      ada,
      bo,
      rita,
      quiet,
      has,
    }) => {
      const { ticket } = await ask(rita, 'Slow laptop');
      const said = await ada.say('lobby', `#${ticket} user-is-impatient`);
      await isMarked(ada, said, '🔒');
      await eventually(bo, async () =>
        expect((await bo.see('lobby')).map(({ text }) => text).join()).toContain('user-is-impatient'),
      );
      await quiet();
      await rita.see('lobby');
      if (has('held messages')) expect(rita.received()).not.toContain('user-is-impatient');
      expect((await command(rita, `history ${ticket}`)).text).not.toContain('user-is-impatient');
    },

    'in the thread under a staff feed card, words are a comment': async ({ ada, bo, quiet }) => {
      const ticket = await open(ada, 'in noc Talked about in the feed');
      const card = await cardShows(bo, 'noc', ticket, {});
      await bo.say('noc', 'looks like the optics', { thread: card });
      await quiet();
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/Bo Lindqvist commented[\s\S]*looks like the optics/);
    },

    'what is said in a thread is not told there once more': async ({ ada, bo, quiet }) => {
      const ticket = await open(ada, 'in noc No echo');
      const card = await cardShows(bo, 'noc', ticket, {});
      await bo.say('noc', 'only once please', { thread: card });
      await quiet();
      const told = (await linesUnder(ada, 'noc', ticket)).filter((text) => text.includes('only once please'));
      expect(told).toHaveLength(1);
    },

    'the Reply button asks for the text in a form, and the requestor gets it': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'Cannot log in');
      const form = await asked(ada, () => press(ada, 'helpdesk', ticket, 'Reply'));
      expect(form.inputs.map(({ label }) => label)).toEqual(['Reply']);
      await answer(ada, () => ada.submit(form, { Reply: 'Your password had run out.' }));
      await isTold(rita, 'helpdesk', ticket, 'Your password had run out.');
    },

    'the Comment button asks for the text in a form': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Comment by form');
      const form = await asked(ada, () => press(ada, 'noc', ticket, 'Comment'));
      await answer(ada, () => ada.submit(form, { Comment: 'written in a form' }));
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/Ada Okafor commented[\s\S]*written in a form/);
    },

    'a form that comes back without what it needs is asked again, with what is wrong': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Empty answer');
      const form = await asked(ada, () => press(ada, 'noc', ticket, 'Comment'));
      const again = await asked(ada, () => ada.submit(form, { Comment: ' ' }));
      expect(again.inputs[0]?.error).toBe('This cannot be left empty.');
    },

    'a form that is refused keeps what was written, and says at the input what stands in the way': async ({
      ada,
      bo,
    }) => {
      const ticket = await open(ada, 'in noc Waits');
      const stall = await asked(bo, () => press(bo, 'noc', ticket, 'Stall until…'));
      const answers = { Until: '2020-01-01 9:00', 'What is it waiting for?': 'the telco, since long' };
      const again = await asked(bo, () => bo.submit(stall, answers));
      expect(again.inputs.map(({ value }) => value)).toEqual(Object.values(answers));
      expect(again.inputs.map(({ error }) => error)).toEqual([expect.stringContaining('passed'), '']);
      await answer(bo, () => bo.submit(again, { Until: '2h' }));
      await cardShows(bo, 'noc', ticket, { status: 'stalled' });
      expect((await command(bo, `history ${ticket}`)).text).toContain('the telco, since long');
    },

    'markup in a subject stays text': async ({ rita, ada }) => {
      const subject = '<b>Hi</b> @everyone <!channel> <script>alert(1)</script> &amp; **bold**';
      const ticket = await open(rita, subject);
      const shown = await command(ada, `show ${ticket}`);
      expect(shown.card?.subject).toBe(subject);
      const listed = await command(ada, 'find alert');
      expect(listed.text).toContain(subject);
    },

    'a file goes both ways': async ({ rita, ada, quiet }) => {
      const { ticket } = await ask(rita, 'See the picture', [{ name: 'fault.txt', content: 'beep beep' }]);
      const history = await command(ada, `history ${ticket}`);
      expect(history.files).toEqual(['fault.txt']);
      expect(await ada.download(history, 'fault.txt')).toBe('beep beep');
      const card = await cardShows(ada, 'helpdesk', ticket, {});
      await ada.say('helpdesk', 'Do it like this', {
        thread: card.root ?? card,
        files: [{ name: 'howto.txt', content: 'turn it off and on' }],
      });
      await quiet();
      const told = await command(rita, `history ${ticket}`);
      expect(told.files).toEqual(['fault.txt', 'howto.txt']);
      expect(await rita.download(told, 'howto.txt')).toBe('turn it off and on');
    },

    "a file without words in a ticket's thread is recorded, and reaches the other side": async ({ rita, ada }) => {
      const { ticket, message } = await ask(rita, 'The screen flickers');
      const file = { name: 'flicker.txt', content: 'on and off' };
      await rita.say('helpdesk', '', { thread: message, files: [file] });
      await eventually(rita, async () =>
        expect((await rita.thread(message)).flatMap(({ reactions }) => reactions)).toContain('✅'),
      );
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toMatch(/Rita Gomez replied/);
      expect(history.files).toEqual(['flicker.txt']);
      expect(await ada.download(history, 'flicker.txt')).toBe('on and off');
    },

    'files of the opening message are named on its card, and follow below the card in a feed': async ({ rita, bo }) => {
      const files = [{ name: 'optics.txt', content: 'no light' }];
      await rita.say('lobby', '#new in noc Optics are dark', { files });
      const card = await eventually(bo, async () => {
        const found = (await bo.cards('noc')).find(({ card: each }) => each?.subject === 'Optics are dark');
        if (found === undefined) throw new Error('there is no card');
        return found;
      });
      expect(card.text).toContain('optics.txt (8 B)');
      const line = await eventually(bo, async () => {
        const found = (await bo.thread(card.root ?? card)).find((message) => message.files.includes('optics.txt'));
        if (found === undefined) throw new Error('the file does not follow');
        return found;
      });
      expect(await bo.download(line, 'optics.txt')).toBe('no light');
    },

    'bold words and code in a reply by command or form are shown as such': async ({ rita, ada }) => {
      const { ticket } = await ask(rita, 'How do I list files');
      const form = await asked(ada, () => press(ada, 'helpdesk', ticket, 'Reply'));
      await answer(ada, () => ada.submit(form, { Reply: 'Run:\n```\nls -la\n```' }));
      await isTold(rita, 'helpdesk', ticket, 'ls -la');
      expect((await linesUnder(rita, 'helpdesk', ticket)).join('\n')).not.toContain('```');
      await command(ada, `reply ${ticket} Or \`ls\` alone`);
      await isTold(rita, 'helpdesk', ticket, /Or `?ls`? alone/);
    },

    'a message that is too long is refused with a clear word, and the next one is taken': async ({ rita }) => {
      const refusal = await answer(rita, () => rita.say('helpdesk', 'x'.repeat(200_000)));
      expect(refusal.text).toMatch(/characters/);
      const { ticket } = await ask(rita, 'Short again');
      expect(ticket).toBeGreaterThan(0);
    },

    'a text of many lines, code and a quote is kept whole': async ({ ada }) => {
      const ticket = await open(ada, 'in noc Long story');
      await ada.say('noc', `#${ticket} first line\n> quoted\n\`\`\`\n#1 !resolve in code\n\`\`\`\nlast line`);
      const history = await eventually(ada, async () => {
        const told = await command(ada, `history ${ticket}`);
        expect(told.text).toContain('last line');
        return told;
      });
      for (const words of ['first line', 'quoted', '#1 !resolve in code']) expect(history.text).toContain(words);
    },
  },
};

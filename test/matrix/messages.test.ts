import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, asked as asks, cardShows, command, eventually, isTold, linesUnder, open } from '../conformance/acts.ts';
import { type MatrixPlatform, matrixPlatform } from '../conformance/matrix.ts';
import type { User } from '../conformance/user.ts';
import type { Client } from '../synapse/client.ts';
import type { Content, RoomEvent } from '../synapse/events.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openTogether, type World } from '../together/world.ts';

onSynapse('odd messages in Matrix', (synapse) => {
  let platform: MatrixPlatform;
  let world: World;
  let ada: User;
  let rita: User;
  beforeAll(async () => {
    platform = matrixPlatform(synapse);
    world = await openTogether([platform]);
    [ada, rita] = await Promise.all([world.user(0, 'ada'), world.user(0, 'rita')]);
  });
  afterAll(() => world?.close());

  const at = (handle: string): Client => {
    const client = platform.world().people.get(handle);
    if (client === undefined) throw new Error(`there is no ${handle}`);
    return client;
  };
  const room = (name: 'helpdesk' | 'noc' | 'lobby') => platform.world().rooms.get(name) ?? '';

  /** Sends an event, and waits until Docket has heard of it. */
  async function send(handle: string, name: 'helpdesk' | 'noc', content: Content): Promise<string> {
    const event = await at(handle).send(room(name), 'm.room.message', content);
    await platform.wire().heard(event);
    return event;
  }

  /** Sends what asks for help, and waits for its ticket. */
  async function asked(content: Content): Promise<number> {
    const event = await send('rita', 'helpdesk', content);
    return eventually(rita, async () => {
      const made = (await rita.cards('helpdesk')).find(({ root }) => root?.id === event);
      if (!made?.card) throw new Error('no ticket was made');
      return made.card.ticket;
    });
  }

  async function bodyOf(ticket: number): Promise<string> {
    const { rows } = await world.docket.store.pool.query<{ text: string }>(
      `select concat(change::text, body) as text from transactions where ticket_id = $1 order by id`,
      [ticket],
    );
    return rows.map(({ text }) => text).join('\n');
  }

  /** The whole of a room, as somebody's client has it by now. */
  async function timeline(handle: string, name: 'helpdesk' | 'noc'): Promise<readonly RoomEvent[]> {
    await at(handle).caughtUp(room(name));
    return at(handle).timeline(room(name));
  }

  test('stickers, polls, what somebody does and voice messages are recorded in the thread of a ticket', async () => {
    const ticket = await asked({ msgtype: 'm.emote', body: 'cannot log in' });
    expect((await rita.cards('helpdesk')).find(({ card }) => card?.ticket === ticket)?.card?.subject).toMatch(
      /rita.* cannot log in/i,
    );
    const root = (await rita.cards('helpdesk')).find(({ card }) => card?.ticket === ticket)?.root?.id ?? '';
    const inThread = { 'm.relates_to': { rel_type: 'm.thread', event_id: root } };
    const text = (words: string) => ({ 'org.matrix.msc1767.text': words });
    const poll = { question: text('When?'), answers: [text('Monday'), text('Tuesday')] };
    const others = [
      ['m.sticker', { body: 'Wave', url: 'mxc://x/y', info: {}, ...inThread }],
      ['org.matrix.msc3381.poll.start', { 'org.matrix.msc3381.poll.start': poll, ...inThread }],
    ] as const;
    for (const [type, content] of others)
      await platform.wire().heard(await at('rita').send(room('helpdesk'), type, content));
    const url = await at('rita').upload('Voice message', Buffer.from('beep'));
    await send('rita', 'helpdesk', {
      ...{ msgtype: 'm.audio', body: 'Voice message', url, info: { mimetype: 'audio/ogg', size: 4 }, ...inThread },
    });
    await eventually(ada, async () => {
      const history = await command(ada, `history ${ticket}`);
      expect(history.text).toContain('sticker: Wave');
      expect(history.text).toMatch(/poll: When\?[\s\S]*Monday[\s\S]*Tuesday/);
      expect(history.files).toEqual(['Voice message.ogg']);
    });
  });

  test('HTML is read as it is shown', async () => {
    const ticket = await asked({
      msgtype: 'm.text',
      body: 'The *line* is down',
      format: 'org.matrix.custom.html',
      formatted_body: '<p>The <em>line</em> is <strong>down</strong></p>\n<pre><code>ping: no route\n</code></pre>',
    });
    await cardShows(rita, 'helpdesk', ticket, { subject: 'The line is down' });
    expect(await bodyOf(ticket)).toContain('ping: no route');
  });

  test('@room and markup in a ticket call nobody, and are markup nowhere', async () => {
    const ticket = await asked({ msgtype: 'm.text', body: '@room <b>all</b> lines are down' });
    await cardShows(rita, 'helpdesk', ticket, { subject: '@room <b>all</b> lines are down' });
    const said = (await timeline('rita', 'helpdesk')).filter(({ sender }) => sender === platform.world().bot.userId);
    const card = said.find(({ content }) => String(content['body']).includes('@room'));
    expect(card?.content).toMatchObject({ msgtype: 'm.notice', 'm.mentions': {} });
    expect(card?.content['formatted_body']).toContain('@room &lt;b&gt;all&lt;/b&gt;');
  });

  test('a message of 60 kB is kept whole, and a text longer than an event is told in several', async () => {
    const ticket = await asked({ msgtype: 'm.text', body: `A long story\n${'é<&'.repeat(14_900)} THE END` });
    await cardShows(rita, 'helpdesk', ticket, { subject: 'A long story' });
    expect(await bodyOf(ticket)).toContain('THE END');
    await command(ada, `reply ${ticket} ${'ü<'.repeat(10)} ${'ü< '.repeat(9_000)}THE LAST WORD`);
    await isTold(rita, 'helpdesk', ticket, 'THE LAST WORD');
    const told = (await linesUnder(rita, 'helpdesk', ticket)).join('\n');
    expect(told.includes('the whole ticket')).toBe(false);
    expect(told.match(/ü</g)?.length).toBe(9_010);
  });

  test('a text that took several events is taken back with all of them', async () => {
    const ticket = await open(ada, 'in noc Long and taken back');
    const said = await ada.say('lobby', `#${ticket} ${'ü< '.repeat(9_000)}THE LAST WORD`);
    await isTold(ada, 'noc', ticket, 'THE LAST WORD');
    await world.quiet();
    await ada.delete(said);
    const ever = async () => {
      const path = `/v3/rooms/${encodeURIComponent(room('noc'))}/messages`;
      const { chunk } = await at('ada').call('GET', path, { query: { dir: 'b', limit: '200' } });
      return JSON.stringify(chunk).includes('ü< ü<');
    };
    await expect.poll(ever).toBe(false);
  });

  test('a message with only a file is a ticket of its name, and the file is kept', async () => {
    const content = Buffer.from('no route');
    const url = await at('rita').upload('trace.txt', content, 'text/plain');
    const info = { size: content.length, mimetype: 'text/plain' };
    const ticket = await asked({ msgtype: 'm.file', body: 'trace.txt', url, info });
    await cardShows(rita, 'helpdesk', ticket, { subject: 'trace.txt' });
    const { rows } = await world.docket.store.pool.query<{ bytes: Buffer }>(
      `select bytes from attachments where name = 'trace.txt'`,
    );
    expect(rows.map((row) => row.bytes.toString())).toEqual(['no route']);
  });

  test('a reply to a card with the old quote of it is an update without the quote', async () => {
    const ticket = await open(ada, 'in noc Quoted in a reply');
    const card = await cardShows(ada, 'noc', ticket, {});
    await send('sue', 'noc', {
      msgtype: 'm.text',
      body: `> <${platform.world().bot.userId}> #${ticket} Quoted in a reply\n> new\n\nswapped the cable`,
      'm.mentions': { user_ids: [platform.world().bot.userId] },
      'm.relates_to': { 'm.in_reply_to': { event_id: card.id } },
    });
    await isTold(ada, 'noc', ticket, 'swapped the cable');
    expect((await linesUnder(ada, 'noc', ticket)).join('\n')).not.toContain('Quoted in a reply');
  });

  test('a mention of Docket in a reply quotes the message that it replies to, where it can be read', async () => {
    const asks = { msgtype: 'm.text', body: 'docket: please look' };
    const reply = (event_id: string) => ({ 'm.relates_to': { 'm.in_reply_to': { event_id } } });
    const alert = await send('sue', 'noc', { msgtype: 'm.text', body: 'Rack 7 smells burnt' });
    await send('ada', 'noc', { ...asks, ...reply(alert) });
    const made = await eventually(ada, async () => {
      const card = (await ada.cards('noc')).find((each) => each.card?.subject === 'please look')?.card;
      if (!card) throw new Error('no ticket was made');
      return card.ticket;
    });
    expect(await bodyOf(made)).toMatch(/Sue[\s\S]*Rack 7 smells burnt/);
    await send('ada', 'noc', { ...asks, body: 'docket: and at this', ...reply('$unknown') });
    await eventually(ada, async () => {
      expect((await ada.cards('noc')).map(({ card }) => card?.subject)).toContain('and at this');
    });
  });

  test('an edit of an edit mends what was written first', async () => {
    const { ticket, message } = await ask(rita, 'The prnter');
    await rita.edit(message, 'The printr');
    const edits = (await timeline('rita', 'helpdesk')).filter(({ content }) =>
      JSON.stringify(content['m.relates_to'] ?? {}).includes(message.id),
    );
    const first = edits.find(({ content }) => 'm.new_content' in content)?.event_id ?? '';
    await send('rita', 'helpdesk', {
      ...{ msgtype: 'm.text', body: '* The printer', 'm.new_content': { msgtype: 'm.text', body: 'The printer' } },
      'm.relates_to': { rel_type: 'm.replace', event_id: first },
    });
    await eventually(ada, async () => {
      const told = await bodyOf(ticket);
      expect(told).toContain('The printr');
      expect(told).toContain('The printer');
    });
  });

  test('an edit that is taken back is taken out of the ticket: the message reads as before', async () => {
    const { message, ticket } = await ask(rita, 'The door is stuck');
    await rita.edit(message, 'The code is hunter2');
    await eventually(ada, async () => expect((await command(ada, `history ${ticket}`)).text).toContain('hunter2'));
    const edit = (await timeline('rita', 'helpdesk')).find(({ content }) =>
      JSON.stringify(content['m.new_content'] ?? '').includes('hunter2'),
    );
    await rita.delete({ where: 'helpdesk', id: edit?.event_id ?? '' });
    await eventually(ada, async () => {
      const { text } = await command(ada, `history ${ticket}`);
      expect(text).toContain('The door is stuck');
      expect(text).not.toContain('hunter2');
    });
  });

  test('an edit without markup of a message with some is read as it is', async () => {
    const message = await send('rita', 'helpdesk', {
      ...{ msgtype: 'm.text', body: 'The **printer** is down', format: 'org.matrix.custom.html' },
      formatted_body: 'The <strong>printer</strong> is down',
    });
    await send('rita', 'helpdesk', {
      ...{ msgtype: 'm.text', body: '* The scanner is down' },
      'm.new_content': { msgtype: 'm.text', body: 'The scanner is down' },
      'm.relates_to': { rel_type: 'm.replace', event_id: message },
    });
    await eventually(rita, async () => {
      const made = (await rita.cards('helpdesk')).find(({ root }) => root?.id === message);
      expect(await bodyOf(made?.card?.ticket ?? 0)).toContain('The scanner is down');
    });
  });

  test('an edit of somebody else’s message is a forgery, and mends nothing', async () => {
    const { ticket, message } = await ask(rita, 'My own words');
    await send('ada', 'helpdesk', {
      ...{ msgtype: 'm.text', body: '* forged', 'm.new_content': { msgtype: 'm.text', body: 'forged' } },
      'm.relates_to': { rel_type: 'm.replace', event_id: message.id },
    });
    await world.quiet();
    expect(await bodyOf(ticket)).not.toContain('forged');
  });

  test('below a form a command is a command, and a file is no answer', async () => {
    const form = await asks(rita, () => rita.slash('direct', 'new'));
    const direct = (await rita.see('direct')).findLast(({ text }) => text.includes(form.title));
    if (direct === undefined) throw new Error('the form is not there');
    const below = async () => (await rita.thread(direct)).map(({ text }) => text);
    await rita.say('direct', '!ticket help', { thread: direct });
    await eventually(rita, async () => expect((await below()).at(-1)).toContain('history · undo'));
    await rita.say('direct', '', { thread: direct, files: [{ name: 'trace.txt', content: 'no route' }] });
    await eventually(rita, async () => expect((await below()).at(-1)).toMatch(/no files[\s\S]*Subject\?/));
    await rita.say('direct', 'Asked by a form', { thread: direct });
    await rita.say('direct', '--', { thread: direct });
    await eventually(rita, async () =>
      expect((await rita.notices()).map(({ text }) => text).join('\n')).toContain('Asked by a form'),
    );
  });

  test('what programs write makes no tickets and is no command', async () => {
    const ticket = await open(ada, 'in noc Left alone');
    await send('rita', 'helpdesk', { msgtype: 'm.notice', body: 'The build is green' });
    const verifying = { methods: ['m.sas.v1'], from_device: 'PHONE', to: platform.world().bot.userId };
    const request = { msgtype: 'm.key.verification.request', body: 'Rita asks to verify a device', ...verifying };
    await send('rita', 'helpdesk', request);
    await send('ada', 'noc', { msgtype: 'm.notice', body: `!ticket take ${ticket}` });
    await send('ada', 'noc', { msgtype: 'm.notice', body: `#${ticket} !resolve` });
    await world.quiet();
    const subjects = (await rita.cards('helpdesk')).map(({ card }) => card?.subject);
    expect(subjects).not.toContain('The build is green');
    expect(subjects).not.toContain('Rita asks to verify a device');
    await cardShows(ada, 'noc', ticket, { status: 'new', facts: expect.objectContaining({ Owner: 'nobody' }) });
  });
});

import { afterEach, expect, test } from 'vitest';
import { MatrixError } from './call.ts';
import { type Client, logIn } from './client.ts';
import { onSynapse } from './on-synapse.ts';

const listening: Client[] = [];
afterEach(() => {
  for (const client of listening.splice(0)) client.stop();
});

async function listen(client: Client): Promise<Client> {
  listening.push(client);
  await client.listen();
  return client;
}

onSynapse('a homeserver for the tests', (synapse) => {
  test('two people talk in a room: text, threads, edits, reactions and redactions', async () => {
    const ada = await listen(await synapse().register('ada'));
    const bo = await listen(await synapse().register('bo', { displayName: 'Bo Lindqvist' }));
    const room = await ada.createRoom({ name: 'noc', invite: [bo.userId] });
    await bo.until(() => bo.invitations().includes(room));
    await bo.join(room);
    expect(await bo.joinedRooms()).toEqual([room]);

    const said = await ada.say(room, 'BGP is down');
    await bo.react(room, said, '🎫');
    await bo.say(room, 'on it', { thread: said });
    await ada.edit(room, said, 'BGP is down at LAX');
    const slip = await ada.reply(room, said, 'never mind');
    // Who hears of a message only when it was taken back does not hear its words.
    await bo.until(() => bo.timeline(room).some(({ event_id }) => event_id === slip));
    await ada.redact(room, slip);

    const heard = await bo.until(() => {
      const events = bo.timeline(room).filter(({ state_key }) => state_key === undefined);
      return events.some(({ type }) => type === 'm.room.redaction') && events;
    });
    expect(heard.map(({ type, content }) => [type, content['body']])).toEqual([
      ['m.room.message', 'BGP is down'],
      ['m.reaction', undefined],
      ['m.room.message', 'on it'],
      ['m.room.message', '* BGP is down at LAX'],
      ['m.room.message', 'never mind'],
      ['m.room.redaction', undefined],
    ]);
    expect(bo.received()).toContain('BGP is down at LAX');
    expect(bo.state(room, 'm.room.member', bo.userId)).toMatchObject({ displayname: 'Bo Lindqvist' });
  });

  test('a file is had by those who are signed in, and by nobody else', async () => {
    const cy = await synapse().register('cy');
    const mxc = await cy.upload('log.txt', Buffer.from('lines'));
    expect((await cy.download(mxc)).toString()).toBe('lines');
    const open = await fetch(`${cy.url}/_matrix/media/v3/download/${mxc.replace('mxc://', '')}`);
    expect(open.status).toBe(404);
  });

  test('it goes away and comes back at the same address, with all that it had; a client goes on by itself', async () => {
    const di = await listen(await synapse().register('di'));
    const room = await di.createRoom();
    await synapse().stop();
    await expect(di.say(room, 'while it is away')).rejects.toThrow();
    await synapse().start();
    const seen = di.news();
    await di.say(room, 'back');
    await di.told(seen, 30_000);
    expect((await logIn(di.url, 'di', 'di password')).deviceId).not.toBe(di.deviceId);
  });

  test('a token that is no longer good is refused', async () => {
    const ed = await synapse().register('ed');
    await ed.call('POST', '/v3/logout', { body: {} });
    const refused = await ed.joinedRooms().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MatrixError);
    expect(refused).toMatchObject({ status: 401, code: 'M_UNKNOWN_TOKEN' });
  });
});

onSynapse(
  'a homeserver with its own rate limits',
  (synapse) => {
    test('of many messages at once most are refused, with the time to wait', async () => {
      const fay = await synapse().register('fay');
      const room = await fay.createRoom();
      const send = (n: number) =>
        fetch(`${fay.url}/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${n}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${fay.accessToken}` },
          body: JSON.stringify({ msgtype: 'm.text', body: String(n) }),
        });
      // Ten may come in a row, and one more for every five seconds that the machine takes over them.
      const answers = await Promise.all(Array.from({ length: 50 }, (_, nth) => send(nth)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(answers.length / 2);
      expect(await refused[0]?.json()).toMatchObject({
        errcode: 'M_LIMIT_EXCEEDED',
        retry_after_ms: expect.any(Number),
      });
    });
  },
  { defaultLimits: true },
);

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isTold, linesUnder } from '../conformance/acts.ts';
import { configuration } from '../conformance/configuration.ts';
import { matrixPlatform } from '../conformance/matrix.ts';
import { matrixUser } from '../conformance/matrix-client.ts';
import { messagesIn } from '../conformance/matrix-shown.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { openWire } from './wire.ts';

/** Messages in a room while nobody listens. */
const talk = 130;

onSynapse('Docket is killed while it speaks to Matrix', (synapse) => {
  test('between Synapse’s answer to a send and its own record of it, it sends neither card nor line again, and hears all that was said', async () => {
    const platform = matrixPlatform(synapse);
    await platform.prepare?.();
    const { bot, people, rooms } = platform.world();
    const folder = await mkdtemp(path.join(tmpdir(), 'docket-matrix-'));
    await writeFile(path.join(folder, 'docket.yaml'), configuration(platform));
    const database = await freshDatabase();
    const wire = await openWire(synapse().url);
    const start = () =>
      startProcess(database.url, {
        DOCKET_CONFIG: path.join(folder, 'docket.yaml'),
        ...{ MATRIX_HOMESERVER_URL: wire.url, MATRIX_ACCESS_TOKEN: bot.accessToken },
      });
    const noc = rooms.get('noc') ?? '';
    const sending = new RegExp(`/rooms/${encodeURIComponent(noc)}/send/m.room.message/`);

    const first = await start();
    const ada = await matrixUser(platform.world(), wire, 'ada');
    const cardIsPosted = wire.keepAnswer(sending);
    await ada.slash('lobby', 'new in noc Posted once');
    await cardIsPosted;
    await first.kill();

    const second = await start();
    await ada.slash('lobby', 'comment 1 the-first-line');
    await isTold(ada, 'noc', 1, 'the-first-line');
    const lineIsPosted = wire.keepAnswer(sending);
    await ada.slash('lobby', 'comment 1 the-second-line');
    await lineIsPosted;
    await second.kill();

    // More is said meanwhile than a homeserver tells at once.
    const client = people.get('ada');
    await client?.say(noc, '#1 !stall said-meanwhile');
    await Promise.all(Array.from({ length: talk }, (_, nth) => client?.say(noc, `talk ${nth}`)));

    const third = await start();
    const told = async () => (await linesUnder(ada, 'noc', 1)).join('\n');
    await expect.poll(told, { timeout: 60_000, interval: 250 }).toContain('said-meanwhile');
    await ada.slash('lobby', 'comment 1 the-last-line');
    await isTold(ada, 'noc', 1, 'the-last-line');
    expect(await third.stop()).toBe(0);
    // Edits stand apart: the card's link follows Docket, which is at another address after each start.
    const said = messagesIn(people.get('ada')?.timeline(noc) ?? []).filter(({ event }) => event.sender === bot.userId);
    expect(said.map(({ content }) => String(content['body']).split('\n')[1])).toEqual([
      expect.stringContaining('P50'),
      'the-first-line',
      'the-second-line',
      'said-meanwhile',
      'the-last-line',
    ]);
    for (const client of people.values()) client.stop();
    await wire.close();
    await database.drop();
    await rm(folder, { recursive: true });
  }, 300_000);
});

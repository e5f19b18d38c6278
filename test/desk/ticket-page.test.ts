import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReads, type Reads, type TicketData } from '../../src/desk/reads.ts';
import { keepAttachment } from '../../src/store/attachments.ts';
import { findPerson } from '../../src/store/people.ts';
import { plain, plainInlines } from '../../src/ticket/text.ts';
import { configuration, type House, openHouse } from '../jobs/house.ts';

let house: House;
let reads: Reads;
let ada: number;
let rita: number;
let file: string;

beforeAll(async () => {
  house = await openHouse(`${configuration}\nlimits: { messages per minute: 10000 }\n`);
  reads = createReads(house.desk);
  await house.say('rita', 'new in noc Beamer is dim');
  ada = (await findPerson(house.store, { person: 'name', name: 'ada' })) ?? 0;
  rita = (await findPerson(house.store, { person: 'name', name: 'rita' })) ?? 0;
  const kept = { name: 'lamp.txt', type: 'text/plain', bytes: Buffer.alloc(700_000, 'lamp '), uploader: ada };
  file = (await keepAttachment(house.store, kept)).id;
  await house.door.receive({
    ...{ kind: 'message', event: 'with a file', message: 'm1', mentionsBot: true, replyTo: null, answerTo: {} },
    text: [{ block: 'paragraph', inlines: ['#1 note-with-a-file'] }],
    files: [{ name: 'lamp.txt', type: 'text/plain', size: 700_000, attachment: file, ref: file }],
    ...{ at: house.desk.now(), sender: { id: 'ada', name: 'ada' } },
    where: { platform: 'slack', workspace: 'T1', channel: 'D1', thread: null, direct: true },
  });
  // Each sets the priority as well, so that it is two transactions.
  for (let nth = 1; nth <= 60; nth++)
    await house.say('ada', `stall 1 note-${nth}`).then(() => house.say('ada', 'open 1'));
});
afterAll(() => house.close());

async function part(viewer: number, before?: number): Promise<TicketData> {
  const page = await reads.ticket(viewer, 1, { before: before ?? null });
  if (page === null || 'mergedInto' in page) throw new Error('the ticket is not there');
  return page;
}

const words = ({ history }: TicketData) => history.map(({ head, body }) => `${plainInlines(head)}: ${plain(body)}`);

test('a ticket is shown with the newest of its history, and the rest part by part, each entry once', async () => {
  const newest = await part(ada);
  expect(newest.history.length).toBeLessThanOrEqual(55);
  expect(words(newest).at(-2)).toContain('note-60');
  const parts = [words(newest)];
  for (let { older } = newest; older !== null; ) {
    const page = await part(ada, older);
    parts.unshift(words(page));
    older = page.older;
  }
  expect(parts.length).toBeGreaterThan(2);
  const notes = parts.flat().flatMap((line) => /note-\d+/.exec(line) ?? []);
  expect(notes).toEqual(Array.from({ length: 60 }, (_, nth) => `note-${nth + 1}`));
  expect(parts.flat()[0]).toContain('opened');
  expect(parts.flat().filter((line) => line.includes('note-with-a-file'))).toHaveLength(1);
});

test('a file is found wherever in the history it came, by those who see that, and read in pieces', async () => {
  const found = await reads.file(ada, 1, file);
  const pieces: Uint8Array[] = [];
  for await (const piece of found?.pieces ?? []) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.concat(pieces).equals(Buffer.alloc(700_000, 'lamp '))).toBe(true);
  expect(found).toMatchObject({ name: 'lamp.txt', size: 700_000 });
  // It came with a comment.
  expect(await reads.file(rita, 1, file)).toBeNull();
  expect(await reads.file(ada, 2, file)).toBeNull();
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Inbound } from '../../connectors/connector.ts';
import { Messages } from '../../connectors/console/messages.ts';
import { type Client, card, type House, openHouse } from './house.ts';

let house: House;
let rita: Client;

beforeAll(async () => {
  house = await openHouse();
  rita = await house.client('rita');
  await house.db.query(`
    insert into tickets (id, version, queue, subject, status, priority, next, resolution, time_worked, created, updated)
    values (7, 1, 'helpdesk', 'Printer', 'new', 20, '', '', 0, now(), now())`);
});
afterAll(() => house.close());

/** A message that was committed to ticket 7 as `type`, and whose answer a killed process never gave. */
async function taken(type: string, staffOnly: boolean): Promise<number> {
  const message = await rita.say('helpdesk', `taken up as ${type}`);
  const { rows } = await house.db.query<{ id: number }>(
    `insert into transactions (ticket_id, at, actor_id, command, via, type, change, body, staff_only)
     values (7, now(), 1, $1, 'console', $2, '{}', '', $3) returning id::int`,
    [randomUUID(), type, staffOnly],
  );
  await house.db.query(
    `insert into messages (platform, workspace, channel, message, ticket_id, transaction_id)
     values ('console', 'docket', 'helpdesk', $1, 7, $2)`,
    [`${message}`, rows[0]?.id],
  );
  return message;
}

test.each([
  ['create', false, { held: false, tickets: [7], staffOnly: false }],
  ['reply', false, { held: false, tickets: [7], staffOnly: false }],
  ['comment', true, { held: false, tickets: [7], staffOnly: true }],
])('a %s whose answer was lost is released at the next start', async (type, staffOnly, released) => {
  const message = await taken(type, staffOnly);
  const messages = new Messages(house.db);
  expect(await messages.byId(message)).toMatchObject({ held: true });
  await messages.releaseTakenUp();
  expect(await messages.byId(message)).toMatchObject(released);
});

test('a message of which nothing came stays with its author', async () => {
  const message = await rita.say('helpdesk', 'refused');
  const messages = new Messages(house.db);
  await messages.releaseTakenUp();
  expect(await messages.byId(message)).toMatchObject({ held: true });
});

test('a message that all may see, by its answer, is not closed again by the card that was just about to be posted', async () => {
  const message = await rita.say('helpdesk', 'The printer is on fire');
  const query = house.db.query.bind(house.db);
  const adding = vi.spyOn(house.db, 'query').mockImplementation((async (...asked: Parameters<typeof query>) => {
    if (String(asked[0]).includes('insert into console_messages')) {
      adding.mockRestore();
      const inbound = { kind: 'message', message: `${message}`, answerTo: {} } as Inbound;
      await house.connector.answer(inbound, {
        reaction: null,
        audience: 'everyone',
        views: [],
        form: null,
        tickets: [7],
      });
    }
    return query(...asked);
  }) as typeof query);
  const thread = { platform: 'console', workspace: 'docket', channel: 'helpdesk', thread: `${message}`, direct: false };
  await house.connector.post(thread, card(7, 'Printer'), 'card 7', false);
  expect(await new Messages(house.db).byId(message)).toMatchObject({ held: false, tickets: [] });
});

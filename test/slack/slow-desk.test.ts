import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, asked, cardOf, command, eventually, open, press } from '../conformance/acts.ts';
import type { Message } from '../conformance/user.ts';
import { openWorld, type World } from './world.ts';

/** Milliseconds that Slack's clock is ahead: so that triggers get old while nobody waits. */
let ahead = 0;
let world: World;
beforeAll(async () => {
  world = await openWorld({ now: () => Date.now() + ahead });
});
afterAll(async () => {
  await world?.close();
  expect(world?.slack.violations).toEqual([]);
});

const ada = () => world.slack.client('U0ADA');
/** The modal that Ada has before her, in Slack's own JSON. */
const modal = () => ({ id: ada().views.at(-1)?.id, shows: JSON.stringify(ada().views.at(-1)?.content ?? null) });

async function ticketWithCard(subject: string): Promise<{ ticket: number; card: Message }> {
  const ticket = await open(world.ada, `in noc ${subject}`);
  const card = await eventually(world.ada, () => cardOf(world.ada, 'noc', ticket));
  await world.quiet();
  return { ticket, card };
}

test('where the desk takes its time, a modal that says so comes while the trigger is good, and becomes the form', async () => {
  const { ticket, card } = await ticketWithCard('Slow form');
  const release = await world.hold('tickets');
  await world.ada.press(card, 'Reply');
  await eventually(world.ada, () => expect(modal().shows).toContain('One moment'));
  const { id } = modal();
  const form = await asked(world.ada, release);
  expect(modal().id).toBe(id);
  await answer(world.ada, () => world.ada.submit(form, { Reply: 'slowly-said' }));
  expect((await command(world.ada, `history ${ticket}`)).text.match(/slowly-said/g)).toHaveLength(1);
});

test('whoever closes the modal that says so is told all the same what came of their press', async () => {
  const { ada, sue } = world;
  const { ticket, card } = await ticketWithCard('Closed meanwhile');
  await command(sue, `move ${ticket} security`);
  const release = await world.hold('tickets');
  await ada.press(card, 'Reply');
  const view = await eventually(ada, () => {
    expect(modal().shows).toContain('One moment');
    return world.slack.client('U0ADA').views.at(-1);
  });
  if (view === undefined) throw new Error('there is no modal');
  await world.slack.client('U0ADA').close(view);
  expect((await answer(ada, release)).text).toContain(`There is no ticket #${ticket}`);
});

test('a form that is worked later than Slack waits is acknowledged in time, done once, and its modal says so', async () => {
  const { ticket } = await ticketWithCard('Slow answer');
  const form = await asked(world.ada, () => press(world.ada, 'noc', ticket, 'Comment'));
  const release = await world.hold('tickets');
  await world.ada.submit(form, { Comment: 'late-but-kept' });
  expect(modal().shows).toContain('One moment');
  await answer(world.ada, release);
  expect(modal().shows).toContain('Done.');
  expect((await command(world.ada, `history ${ticket}`)).text.match(/late-but-kept/g)).toHaveLength(1);
  expect(ada().failures).toEqual([]);
});

test('a form that is refused later than Slack waits comes back with what was written, and with what is wrong', async () => {
  const { ticket } = await ticketWithCard('Slow refusal');
  const form = await asked(world.ada, () => press(world.ada, 'noc', ticket, 'Time worked…'));
  const release = await world.hold('tickets');
  await world.ada.submit(form, { 'How long': 'a while' });
  expect(modal().shows).toContain('One moment');
  const again = await asked(world.ada, release);
  expect(again.inputs.map(({ value }) => value)).toContain('a while');
  expect(modal().shows).toContain('is not a length of time');
  await answer(world.ada, () => world.ada.submit(again, { 'How long': '45m' }));
  expect((await command(world.ada, `history ${ticket}`)).text).toMatch(/45 min/);
});

test('where the trigger has expired, what opens the form is a button that only they see', async () => {
  const { ticket } = await ticketWithCard('Too late');
  const release = await world.hold('tickets');
  const shown = await answer(world.ada, async () => {
    await world.ada.slash('lobby', `reply ${ticket}`);
    ahead += 20_000;
    await release();
  });
  const [label = ''] = shown.buttons;
  const form = await asked(world.ada, () => world.ada.press(shown, label));
  await answer(world.ada, () => world.ada.submit(form, { Reply: 'after-all' }));
  expect((await command(world.ada, `history ${ticket}`)).text).toContain('after-all');
});

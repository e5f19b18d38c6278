import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './client.ts';
import { type Discord, startDiscord } from './discord.ts';
import type { Interaction } from './interactions.ts';
import { type Listener, listen } from './listener.ts';
import { ids, smallGuild } from './people.ts';
import { requester, wrongIn } from './requests.ts';
import { recordOf, textOf } from './shapes.ts';

let discord: Discord;
let ask: ReturnType<typeof requester>;
let app: Listener;
let ada: Client;
let bo: Client;
let time = 0;
beforeEach(async () => {
  time = 0;
  discord = await startDiscord({ ...smallGuild, patience: 15_000, now: () => Date.now() + time });
  ask = requester(discord);
  app = await listen(discord);
  ada = discord.client(ids.ada);
  bo = discord.client(ids.bo);
  const registered = await ask('PUT', `/applications/${discord.applicationId}/commands`, commands);
  expect(registered.status).toBe(200);
});
afterEach(async () => {
  app.close();
  await discord.stop();
});

const string = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });
const commands = [
  {
    ...{ type: 1, name: 'ticket', description: 'x' },
    options: [
      {
        ...{ type: 1, name: 'take', description: 'x' },
        options: [string('on', { required: true, autocomplete: true, max_length: 20 })],
      },
      {
        ...{ type: 2, name: 'people', description: 'x' },
        options: [
          {
            ...{ type: 1, name: 'cc', description: 'x' },
            options: [{ type: 6, name: 'person', description: 'x', required: true }],
          },
        ],
      },
      {
        ...{ type: 1, name: 'list', description: 'x' },
        options: [
          string('order', { choices: [{ name: 'By age', value: 'age' }] }),
          { type: 4, name: 'most', description: 'x', min_value: 1, max_value: 50 },
        ],
      },
    ],
  },
  { type: 3, name: 'Make a ticket' },
  { type: 2, name: 'Ticket for this person' },
];

const take = () => ada.slash(ids.noc, ['ticket', 'take'], { on: '12' });

/** Somebody acts, and the application answers what it is told of. */
async function answered(
  act: Promise<Interaction>,
  body: object,
): Promise<{ act: Interaction; answer: Awaited<ReturnType<typeof ask>> }> {
  const told = await app.next('INTERACTION_CREATE');
  const answer = await ask('POST', `/interactions/${told['id']}/${told['token']}/callback`, body, null);
  // What was refused is no answer.
  return { act: await (answer.status < 400 ? act : tooLate(act)), answer };
}

/** Nothing answered what somebody did, until it was too late. */
async function tooLate<T>(act: Promise<T>): Promise<T> {
  discord.core.interactions.expire();
  return act;
}

const ephemeral = (content: string, more: object = {}) => ({ type: 4, data: { content, flags: 64, ...more } });
const buttons = [{ type: 1, components: [{ type: 2, style: 1, label: 'Take', custom_id: 'take 12' }] }];

describe('slash commands', () => {
  test('arrive with their options, and what they name', async () => {
    const sent = bo.slash(ids.noc, ['ticket', 'people', 'cc'], { person: ids.ada });
    const told = await app.next('INTERACTION_CREATE');
    expect(told).toMatchObject({
      ...{ type: 2, guild_id: ids.guild, channel_id: ids.noc, member: { user: { id: ids.bo } } },
      data: {
        name: 'ticket',
        options: [
          { name: 'people', type: 2, options: [{ name: 'cc', options: [{ name: 'person', value: ids.ada }] }] },
        ],
        resolved: { users: { [ids.ada]: { username: 'ada' } }, members: { [ids.ada]: { roles: [ids.staff] } } },
      },
    });
    await tooLate(sent);
    expect(bo.screen.failures).toEqual(['The application did not respond']);
  });

  test.each([
    ['a subcommand that there is not', ['ticket', 'nonsense'], {}],
    ['no subcommand', ['ticket'], {}],
    ['an option that is required and left out', ['ticket', 'take'], {}],
    ['too long a text', ['ticket', 'take'], { on: 'x'.repeat(21) }],
    ['an option that there is not', ['ticket', 'take'], { on: '1', of: '2' }],
    ['what is none of the choices', ['ticket', 'list'], { order: 'size' }],
    ['too large a number', ['ticket', 'list'], { most: 51 }],
    ['somebody who is not there', ['ticket', 'people', 'cc'], { person: '1' }],
  ])('are not sent with %s', async (_, words, filled) => {
    await expect(ada.slash(ids.noc, words, filled)).rejects.toThrow();
    expect(discord.core.interactions.all).toEqual([]);
  });

  test('are completed by what the application offers, or by their own choices', async () => {
    const typing = ada.complete(ids.noc, ['ticket', 'take'], { on: '1' }, 'on');
    const told = await app.next('INTERACTION_CREATE');
    expect(told).toMatchObject({
      type: 4,
      data: { options: [{ options: [{ name: 'on', value: '1', focused: true }] }] },
    });
    const answer = { type: 8, data: { choices: [{ name: '#12 Printer', value: '12' }] } };
    await ask('POST', `/interactions/${told['id']}/${told['token']}/callback`, answer, null);
    expect(await typing).toEqual([{ name: '#12 Printer', value: '12' }]);
    expect(ada.screen.received()).toContain('#12 Printer');
    expect(await ada.complete(ids.noc, ['ticket', 'list'], {}, 'order')).toEqual([{ name: 'By age', value: 'age' }]);
  });

  test('of a message and of a person arrive with those', async () => {
    const { id } = bo.say(ids.noc, 'it is down');
    const onMessage = answered(ada.messageCommand(ids.noc, id, 'Make a ticket'), ephemeral('done'));
    expect((await onMessage).answer.status).toBe(204);
    const onUser = ada.userCommand(ids.noc, ids.bo, 'Ticket for this person');
    expect(await app.next('INTERACTION_CREATE')).toMatchObject({ data: { target_id: ids.bo, type: 2 } });
    await tooLate(onUser);
  });

  test('of a guild are not offered in direct conversations', async () => {
    expect(ada.commands('direct').map(({ name }) => name)).toContain('ticket');
    await ask('PUT', `/applications/${discord.applicationId}/commands`, []);
    await ask('PUT', `/applications/${discord.applicationId}/guilds/${ids.guild}/commands`, commands);
    expect(ada.commands('direct')).toEqual([]);
    expect(ada.commands(ids.noc)).toHaveLength(3);
  });
});

describe('answers', () => {
  test('that come too late are refused, and so are second ones', async () => {
    const { act } = await answered(take(), ephemeral('done'));
    expect(await ask('POST', `/interactions/${act.id}/${act.token}/callback`, ephemeral('again'), null)).toMatchObject({
      ...{ status: 400, code: 40060 },
    });
    const late = await tooLate(take());
    const callback = `/interactions/${late.id}/${late.token}/callback`;
    expect(await ask('POST', callback, ephemeral('late'), null)).toMatchObject({ status: 404, code: 10062 });
    expect(await ask('POST', `/interactions/1/${late.token}/callback`, ephemeral('x'), null)).toMatchObject({
      code: 10062,
    });
    expect(ada.ephemerals.map(({ content }) => content)).toEqual(['done']);
  });

  test('that are ephemeral are seen by one alone, and the application is not told of them', async () => {
    await answered(take(), ephemeral('only for you'));
    expect(ada.ephemerals[0]).toMatchObject({ content: 'only for you', onlyFor: ids.ada });
    expect(bo.screen.received()).not.toContain('only for you');
    expect(app.heard('MESSAGE_CREATE')).toEqual([]);
  });

  test('that are put off are filled in later, for 15 minutes', async () => {
    const { act } = await answered(take(), { type: 5, data: { flags: 64 } });
    const original = `/webhooks/${discord.applicationId}/${act.token}/messages/@original`;
    expect((await ask('PATCH', original, { content: 'done' }, null)).status).toBe(200);
    expect(ada.ephemerals[0]).toMatchObject({ content: 'done', flags: 64 });
    expect(
      (await ask('POST', original.replace('/messages/@original', ''), { content: 'more', flags: 64 }, null)).status,
    ).toBe(200);
    expect(ada.ephemerals).toHaveLength(2);
    time = 15 * 60_000;
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await ask(method, original, method === 'PATCH' ? { content: 'x' } : undefined, null)).toMatchObject({
        ...{ status: 401, code: 50027 },
      });
    }
  });

  test('cannot be followed before there is one', async () => {
    const sent = take();
    const told = await app.next('INTERACTION_CREATE');
    const webhook = `/webhooks/${discord.applicationId}/${told['token']}`;
    expect(await ask('POST', webhook, { content: 'x' }, null)).toMatchObject({ status: 404, code: 10015 });
    await tooLate(sent);
  });

  test.each([
    ['a form to what is being typed', () => ada.complete(ids.noc, ['ticket', 'take'], {}, 'on'), { type: 9, data: {} }],
    ['choices to a command', take, { type: 8, data: { choices: [] } }],
    ['an update to a command', take, { type: 6 }],
  ])('are refused that do not fit: %s', async (_, act, body) => {
    const acted = act();
    const told = await app.next('INTERACTION_CREATE');
    const { code } = await ask('POST', `/interactions/${told['id']}/${told['token']}/callback`, body, null);
    expect(code).toBe(50035);
    await tooLate<unknown>(acted);
  });
});

describe('buttons and menus', () => {
  test('are pressed by what is written on them', async () => {
    const sent = await ask('POST', `/channels/${ids.noc}/messages`, { content: 'card', components: buttons });
    const [card] = ada.history(ids.noc);
    if (card === undefined) throw new Error('there is no card');
    const { act } = await answered(ada.press(card, 'Take'), { type: 7, data: { content: 'taken', components: [] } });
    expect(act.message).toBe(sent.body['id']);
    expect(ada.history(ids.noc)[0]).toMatchObject({ content: 'taken', components: [] });
    await expect(ada.press(card, 'Take')).rejects.toThrow('the message has no “Take”');
  });

  test('tell what was chosen', async () => {
    const menu = { type: 3, custom_id: 'more', options: [{ label: 'Due…', value: 'due 12' }] };
    await ask('POST', `/channels/${ids.noc}/messages`, {
      content: 'card',
      components: [{ type: 1, components: [menu] }],
    });
    const [card] = ada.history(ids.noc);
    if (card === undefined) throw new Error('there is no card');
    const pressed = ada.press(card, 'Due…');
    const told = await app.next('INTERACTION_CREATE');
    expect(told).toMatchObject({ type: 3, data: { component_type: 3, custom_id: 'more', values: ['due 12'] } });
    expect(recordOf(told['message'])['id']).toBe(card.id);
    await tooLate(pressed);
    expect(ada.screen.failures).toEqual(['This interaction failed']);
  });
});

const input = (more: object = {}) => ({ type: 4, style: 1, custom_id: 'text', ...more });
const label = (name: string, component: object) => ({ type: 18, label: name, component });
const modal = (components: object[]) => ({ type: 9, data: { custom_id: 'm', title: 'Comment', components } });

describe('forms', () => {
  const whole = modal([
    label('Text', input({ max_length: 10, value: 'as it was' })),
    label('Kind', {
      type: 3,
      custom_id: 'kind',
      options: [
        { label: 'A', value: 'a' },
        { label: 'B', value: 'b', default: true },
      ],
    }),
    label('Person', { type: 5, custom_id: 'person', required: false }),
  ]);

  test('come up, are filled in and sent', async () => {
    await answered(take(), whole);
    const [form] = ada.modals;
    if (form === undefined) throw new Error('there is no form');
    const { act } = await answered(ada.submit(form, { Text: 'new', Person: ids.bo }), ephemeral('thanks'));
    const told = app.heard('INTERACTION_CREATE').at(-1) ?? {};
    expect(told).toMatchObject({
      type: 5,
      data: {
        custom_id: 'm',
        components: [
          { type: 18, component: { custom_id: 'text', value: 'new' } },
          { type: 18, component: { custom_id: 'kind', values: ['b'] } },
          { type: 18, component: { custom_id: 'person', values: [ids.bo] } },
        ],
        resolved: { users: { [ids.bo]: { username: 'bo' } } },
      },
    });
    expect(act.answer).toBe(4);
    expect(ada.modals).toEqual([]);
    await expect(ada.submit(form)).rejects.toThrow('is not open');
  });

  test('are not sent with what they do not take', async () => {
    await answered(take(), whole);
    const [form] = ada.modals;
    if (form === undefined) throw new Error('there is no form');
    for (const answers of [{ Text: '' }, { Text: 'x'.repeat(11) }, { Kind: 'C' }, { Nonsense: 'x' }]) {
      await expect(ada.submit(form, answers)).rejects.toThrow();
    }
    expect(ada.modals).toEqual([form]);
  });

  test.each<[string, object[]]>([
    ['six components', Array.from({ length: 6 }, (_, at) => label(`${at}`, input({ custom_id: `${at}` })))],
    ['none', []],
    ['a label of more than 45 characters', [label('x'.repeat(46), input())]],
    ['a placeholder of more than 100 characters', [label('x', input({ placeholder: 'x'.repeat(101) }))]],
    ['a text of more than 4,000 characters', [label('x', input({ value: 'x'.repeat(4_001) }))]],
    ['two inputs of one name', [label('a', input()), label('b', input())]],
    ['a button in them', [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] }]],
  ])('are refused with %s', async (_, components) => {
    const { answer } = await answered(take(), modal(components));
    expect(answer.code).toBe(50035);
    expect(wrongIn(answer.body['errors'])).not.toEqual([]);
    expect(ada.modals).toEqual([]);
  });

  test('are not followed by another form', async () => {
    await answered(take(), whole);
    const [form] = ada.modals;
    if (form === undefined) throw new Error('there is no form');
    expect((await answered(ada.submit(form), whole)).answer.code).toBe(50035);
  });
});

describe('what people see', () => {
  test('is what their channels hold, and nothing of others', async () => {
    ada.say(ids.secret, 'hush');
    expect(bo.screen.received()).not.toContain('hush');
    expect(() => bo.say(ids.secret, 'x')).toThrow('does not see');
    expect(bo.screen.news).toBe(0);
    expect(ada.screen.news).toBe(1);
  });

  test('what they did last is told once more', async () => {
    const { id } = ada.say(ids.noc, 'once');
    ada.redeliver();
    await app.next('MESSAGE_CREATE');
    expect((await app.next('MESSAGE_CREATE'))['id']).toBe(id);
    expect(ada.history(ids.noc)).toHaveLength(1);
    expect(textOf(app.heard('MESSAGE_CREATE')[0]?.['content'])).toBe('once');
  });
});

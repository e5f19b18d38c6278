import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';
import { requester, wrongIn } from './requests.ts';

let discord: Discord;
let ask: ReturnType<typeof requester>;
beforeEach(async () => {
  discord = await startDiscord(smallGuild);
  ask = requester(discord);
});
afterEach(() => discord.stop());

const v2 = 32_768;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, more: object = {}) => ({ type: 2, style: 2, label: 'x', custom_id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const buttons = (number: number, from = 0) => Array.from({ length: number }, (_, at) => button(`b${from + at}`));
const options = (number: number) => Array.from({ length: number }, (_, at) => ({ label: `o${at}`, value: `v${at}` }));
const select = (number: number) => ({ type: 3, custom_id: 's', options: options(number) });

/** Where a message breaks a limit, and how; `refused` where the published description already says so. */
const refused: Record<string, [body: object, where: RegExp]> = {
  'a content of more than 2,000 characters': [{ content: 'x'.repeat(2_001) }, /content BASE_TYPE_MAX_LENGTH/],
  'more than ten embeds': [{ embeds: Array(11).fill({ title: 'x' }) }, /./],
  'embeds of more than 6,000 characters in all': [
    { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    /embeds MAX_EMBED_SIZE_EXCEEDED/,
  ],
  'a title of more than 256 characters': [{ embeds: [{ title: 'x'.repeat(257) }] }, /./],
  'more than 25 fields': [{ embeds: [{ fields: Array(26).fill({ name: 'a', value: 'b' }) }] }, /./],
  'the value of a field of more than 1,024 characters': [
    { embeds: [{ fields: [{ name: 'a', value: 'x'.repeat(1_025) }] }] },
    /./,
  ],
  'an embed that says nothing': [{ embeds: [{}] }, /embeds.0.description BASE_TYPE_REQUIRED/],
  'more than five rows': [{ components: Array.from({ length: 6 }, (_, at) => row(button(`b${at}`))) }, /components/],
  'more than five buttons in a row': [{ components: [row(...buttons(6))] }, /./],
  'a menu beside a button': [{ components: [row(button('a'), select(1))] }, /COMPONENT_LAYOUT_WIDTH_EXCEEDED/],
  'more than 25 options': [{ components: [row(select(26))] }, /./],
  'a button without a custom id': [
    { components: [row({ type: 2, style: 2, label: 'x' })] },
    /components.0.components.0.custom_id BASE_TYPE_REQUIRED/,
  ],
  'a custom id of more than 100 characters': [{ components: [row(button('x'.repeat(101)))] }, /./],
  'a custom id that stands twice': [
    { components: [row(button('a'), button('a'))] },
    /components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED/,
  ],
  'a label of more than 80 characters': [{ components: [row(button('a', { label: 'x'.repeat(81) }))] }, /./],
  'a text among components without the flag for it': [
    { components: [text('x')] },
    /components.0.type UNION_TYPE_CHOICES/,
  ],
  'content beside the new components': [
    { flags: v2, content: 'x', components: [text('x')] },
    /content MESSAGE_CANNOT_USE_LEGACY_FIELDS/,
  ],
  'more than 40 components': [
    { flags: v2, components: [{ type: 17, components: Array.from({ length: 40 }, (_, at) => text(`${at}`)) }] },
    /COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED/,
  ],
  'more than 4,000 characters among components': [
    { flags: v2, components: [text('x'.repeat(2_500)), text('x'.repeat(1_501))] },
    /COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED/,
  ],
  'all users and some users allowed at once': [
    { content: 'x', allowed_mentions: { parse: ['users'], users: [ids.ada] } },
    /MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE/,
  ],
};

describe('messages are refused with', () => {
  test.each(Object.entries(refused))('%s', async (_, [body, where]) => {
    const { status, code, body: answer } = await ask('POST', `/channels/${ids.noc}/messages`, { content: '', ...body });
    expect({ status, code }).toEqual({ status: 400, code: 50035 });
    expect(wrongIn(answer['errors']).join('\n')).toMatch(where);
    expect(discord.posted(ids.noc)).toEqual([]);
  });

  test('nothing in them', async () => {
    const say = (body: object) => ask('POST', `/channels/${ids.noc}/messages`, body);
    expect(await say({ content: ' ' })).toMatchObject({ status: 400, code: 50006 });
    expect(await say({ flags: v2, components: [] })).toMatchObject({ code: 50006 });
  });

  test.each([
    ['rows of buttons and a menu', { components: [row(...buttons(5)), row(...buttons(5, 5)), row(select(25))] }],
    ['a box of components', { flags: v2, components: [{ type: 17, components: [text('x'), row(button('a'))] }] }],
    ['embeds', { embeds: [{ title: 'x'.repeat(256), fields: Array(25).fill({ name: 'a', value: 'b' }) }] }],
  ])('none of it where all is within the limits: %s', async (_, body) => {
    const path = `/channels/${ids.noc}/messages`;
    const sent = await ask('POST', path, body);
    expect(sent.status).toBe(200);
    expect((await ask('PATCH', `${path}/${sent.body['id']}`, body)).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  test('content, once they are made of components', async () => {
    const path = `/channels/${ids.noc}/messages`;
    const { body } = await ask('POST', path, { flags: v2, components: [text('x')] });
    expect((await ask('PATCH', `${path}/${body['id']}`, { content: 'x' })).code).toBe(50035);
    expect((await ask('PATCH', `${path}/${body['id']}`, { components: [text('y')] })).status).toBe(200);
  });
});

const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });
const command = (more: object) => ({ name: 'ticket', description: 'x', ...more });
const many = (number: number, make: (name: string) => object) =>
  Array.from({ length: number }, (_, at) => make(`o${at}`));

const refusedCommands: Record<string, object> = {
  'a capital in their name': command({ name: 'Ticket' }),
  'a blank in their name': command({ name: 'my ticket' }),
  'no description': command({ description: '' }),
  'a description of more than 100 characters': command({ description: 'x'.repeat(101) }),
  'more than 25 options': command({ options: many(26, option) }),
  'more than 25 choices': command({
    options: [option('a', { choices: Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` })) })],
  }),
  'the same option twice': command({ options: [option('a'), option('a')] }),
  'an option that is required behind one that is not': command({
    options: [option('a'), option('b', { required: true })],
  }),
  'subcommands beside options': command({ options: [option('a'), { type: 1, name: 'b', description: 'x' }] }),
  'choices that are also completed': command({
    options: [option('a', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })],
  }),
  'more than 8,000 characters in all': command({
    options: many(4, (group) => ({
      ...{ type: 2, name: group, description: 'x'.repeat(100) },
      options: many(25, (name) => ({ type: 1, name, description: 'x'.repeat(100) })),
    })),
  }),
};

describe('commands are refused with', () => {
  test.each(Object.entries(refusedCommands))('%s', async (_, definition) => {
    const path = `/applications/${discord.applicationId}/commands`;
    for (const [method, body] of [
      ['POST', definition],
      ['PUT', [definition]],
    ] as const) {
      expect(await ask(method, path, body)).toMatchObject({ status: 400, code: 50035 });
    }
    expect(discord.core.commands.written).toBe(0);
  });

  test('none of it where all is within the limits; what is registered anew keeps its id', async () => {
    const path = `/applications/${discord.applicationId}/guilds/${ids.guild}/commands`;
    const subcommands = many(25, (name) => ({ type: 1, name, description: 'x', options: many(25, option) }));
    const definitions = [command({ options: subcommands }), { type: 3, name: 'Make a ticket' }];
    const before = await ask('PUT', path, definitions);
    expect(before.status).toBe(200);
    const after = await ask('PUT', path, definitions);
    expect(after.body).toEqual(before.body);
    expect(discord.core.commands.written).toBe(2);
    expect((await ask('GET', path)).body).toEqual(before.body);
  });
});

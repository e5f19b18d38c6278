import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContentHouse, openContentHouse } from './content-house.ts';

let house: ContentHouse;
beforeAll(async () => {
  house = await openContentHouse();
});
afterAll(() => house.close());

async function tickets(): Promise<readonly string[]> {
  const { rows } = await house.store.pool.query<{ subject: string }>('select subject from tickets order by id');
  return rows.map(({ subject }) => subject);
}

/** The subjects that a search finds. */
async function found(words: string): Promise<readonly string[]> {
  await house.say('ada', `find ${words}`);
  const view = house.paper.answers.at(-1)?.views[0];
  return view?.view === 'list' ? view.rows.map(({ subject }) => subject) : [];
}

test('a text that was typed decomposed is found by composed words, without regard to case and ß', async () => {
  await house.message('rita', 'Größentabelle fehlt'.normalize('NFD'));
  await house.message('rita', 'Ohne Betreff\nStraßenkarte fehlt'.normalize('NFD'));
  for (const words of ['Größentabelle', 'größentabelle'.normalize('NFD'), 'GRÖSSENTABELLE', 'Grössentabelle']) {
    expect(await found(words)).toEqual(['Größentabelle fehlt']);
  }
  expect(await found('STRASSENKARTE')).toEqual(['Ohne Betreff']);
  const who = { platform: 'slack', workspace: 'T1', sender: { id: 'ada', name: 'ada' } };
  const offered = await house.door.complete(who, `show ${'Größ'.normalize('NFD')}`);
  expect(offered.map(({ detail, label }) => `${label} ${detail}`).join()).toContain('Größentabelle');
});

test.each(['\u200b\u200b\u200b', '\ufeff', '\u2060', '\u00ad', '\u3164', '\u{e0020}\u{e007f}', '\ufe0f'])(
  'a subject of %j alone is refused like a blank one',
  async (invisible) => {
    const before = await tickets();
    await house.message('rita', invisible);
    expect(house.lastAnswer()).toMatchObject({ mark: '❓', words: expect.stringContaining('no text') });
    await house.say('ada', `new in help ${invisible}`);
    await house.say('ada', `set 1 subject=${invisible}`);
    expect(JSON.stringify(house.paper.answers.at(-1))).toMatch(/needs a subject|refused/);
    expect(await tickets()).toEqual(before);
  },
);

test('controls of direction do not reach subjects, names of files or texts', async () => {
  await house.message('rita', 'invoice \u202efdp.exe', { files: [await house.file('inv\u202egnp.exe')] });
  await house.say('ada', 'new in help say \u2067left\u2069');
  await house.say('ada', 'list');
  const all = JSON.stringify([house.paper.answers, house.paper.notes]);
  expect((await tickets()).slice(-2)).toEqual(['invoice fdp.exe', 'say left']);
  expect(all).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});

test('lines that end in CR or CRLF are lines, without the CR', async () => {
  await house.say('ada', 'comment 1 one\r\ntwo\rthree');
  await house.say('ada', 'history 1');
  expect(JSON.stringify(house.paper.answers.at(-1))).not.toContain('\\r');
});

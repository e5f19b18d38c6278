import { expect, test } from 'vitest';
import { openHouse } from './house.ts';

test('what one person writes is limited whether or not it concerns a ticket, and nothing of the rest is kept', async () => {
  const house = await openHouse(3);
  try {
    house.takes(() => 'ignored');
    const ada = await house.client('ada');
    const bo = await house.client('bo');
    const first = await ada.say('noc', 'one');
    await ada.say('noc', 'two');
    const edit = (words: string) => ada.post(`/c/noc/messages/${first}/edit`, { 'answer.text': words });
    expect((await edit('one again')).status).toBe(204);
    const fourth = await ada.post('/c/noc/messages', { text: 'too many' });
    expect(fourth.status).toBe(429);
    expect(await fourth.text()).toMatch(/Nothing was sent: try again in \d+ s/);
    expect((await edit('once more')).status).toBe(429);
    // A deletion is never refused, and others are not held up.
    expect((await ada.post(`/c/noc/messages/${first}/delete`, {})).status).toBe(204);
    await bo.say('noc', 'from Bo');
    const shown = await bo.sees('noc');
    expect(shown).toContain('from Bo');
    expect(shown).not.toMatch(/too many|once more/);
  } finally {
    await house.close();
  }
});

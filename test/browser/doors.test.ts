import { expect, test } from 'vitest';
import { findPerson } from '../../src/store/people.ts';
import { createSignInLink } from '../../src/web/sessions.ts';
import { follow, inBrowser, type Site } from './browser.ts';

function noMenu(site: Site): void {
  test('there is no menu to sit in by, and no way around it', async () => {
    const page = await site.open('/');
    await page.getByText('one-time link').waitFor();
    expect(await page.getByText('Sit in as').count()).toBe(0);
    const answer = await page.request.post(new URL('/sit-in', page.url()).href, { form: { handle: 'ada' } });
    expect(answer.status()).toBe(404);
    expect(await page.context().cookies()).toEqual([]);
  });
}

inBrowser('a configuration that is no sample', noMenu, { sample: false });

// The address is the machine's own, but not written as one: as far as Docket is told, others may come by it.
inBrowser('the sample, bound elsewhere than to loopback', noMenu, { host: '::ffff:127.0.0.1' });

inBrowser(
  'signing in',
  (site) => {
    test('a sign-in link works once', async () => {
      const { store } = site.docket();
      const person = await findPerson(store, { person: 'name', name: 'admin' });
      const link = `/sign-in/${await createSignInLink(store.pool, person ?? 0)}`;
      const first = await site.open(link);
      await first.getByText('Alex Admin').waitFor();
      await first.getByRole('button', { name: 'Sign in' }).click();
      await first.getByRole('textbox', { name: 'Message' }).waitFor();

      const second = await site.open(link);
      await second.getByText(/has been used/).waitFor();
      expect(await second.getByRole('button', { name: 'Sign in' }).count()).toBe(0);

      await first.getByRole('button', { name: 'Sign out' }).click();
      await first.getByText('one-time link').waitFor();
      await first.goto(new URL('/board', first.url()).href);
      expect(new URL(first.url()).pathname).toBe('/sign-in');
    });
  },
  { sample: false },
);

inBrowser('the sample’s menu', (site) => {
  test('one person sees both sides by sitting in as one and then the other', async () => {
    const page = await site.sitIn('Rita Gomez');
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill('Both sides');
    await box.press('Enter');
    const card = page.getByRole('article', { name: /Both sides/ });
    await card.waitFor();
    expect(await card.getByRole('button', { name: 'Take' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sit in as' }).click();
    await follow(page, () => page.getByRole('button', { name: /Ada Okafor/ }).click());
    await card.getByRole('button', { name: 'Take' }).click();
    await card.getByText('Ada Okafor').waitFor();
    await page.goto(new URL('/c/security', page.url()).href);
    await page.getByText('Not found').waitFor();
  });
});

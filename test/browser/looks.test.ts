import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { follow, inBrowser } from './browser.ts';

/** How much wider a page is than its window, in pixels. */
function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

function colours(page: Page): Promise<string> {
  return page.evaluate(
    '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join()',
  );
}

inBrowser('how it looks', (site) => {
  test('nothing has to be scrolled sideways on a phone', async () => {
    const page = await site.sitIn('Ada Okafor', { viewport: { width: 360, height: 640 }, isMobile: true });
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill(`A-very-long-word-${'x'.repeat(200)} in a message`);
    await box.press('Enter');
    const card = page.getByRole('article').last();
    await card.waitFor();
    expect(await overhang(page)).toBe(0);
    const ticket = await card.getByRole('link').first().getAttribute('href');
    for (const path of ['/board', ticket ?? '', '/c/noc', '/c/@ada']) {
      await page.goto(new URL(path, page.url()).href);
      expect(await overhang(page), path).toBe(0);
    }
  });

  test('a ticket can be worked on a phone', async () => {
    const page = await site.sitIn('Bo Lindqvist', {
      viewport: { width: 360, height: 640 },
      isMobile: true,
      hasTouch: true,
    });
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill('From the phone');
    await page.getByRole('button', { name: 'Send' }).first().tap();
    const card = page.getByRole('article', { name: /From the phone/ });
    await card.getByRole('button', { name: 'Take' }).tap();
    await card.getByText('Bo Lindqvist').first().waitFor();
    await card.getByRole('button', { name: 'Resolve', exact: true }).tap();
    await card.getByRole('button', { name: 'Reopen' }).waitFor();
  });

  test('it is dark for those who like it dark', async () => {
    const light = await site.sitIn('Ada Okafor', { colorScheme: 'light' });
    const dark = await site.sitIn('Ada Okafor', { colorScheme: 'dark' });
    expect(await colours(light)).not.toBe(await colours(dark));
    expect((await light.screenshot()).equals(await dark.screenshot())).toBe(false);
  });

  test('what was not read is counted beside its channel, and no more once it is read', async () => {
    const ada = await site.sitIn('Ada Okafor');
    const bo = await site.sitIn('Bo Lindqvist');
    const channels = bo.getByRole('navigation', { name: 'Channels' });
    await follow(ada, () => ada.getByRole('link', { name: 'noc' }).first().click());
    const box = ada.getByRole('textbox', { name: 'Message' });
    for (const words of ['one', 'two']) {
      await box.fill(words);
      await box.press('Enter');
    }
    await channels.getByRole('link', { name: /noc\s*2\s*unread/ }).waitFor();
    await channels.getByRole('link', { name: /noc/ }).click();
    await bo.getByText('two', { exact: true }).waitFor();
    await bo.getByRole('link', { name: 'helpdesk' }).click();
    await bo.waitForURL('**/c/helpdesk');
    await expect.poll(() => channels.getByRole('link', { name: /unread/ }).count()).toBe(0);
  });

  test('no page complains in the browser’s console', async () => {
    const page = await site.sitIn('Sue Tanaka');
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    for (const path of ['/', '/c/noc', '/c/security', '/c/@sue', '/board']) {
      await page.goto(new URL(path, page.url()).href);
      await page.getByRole('main').waitFor();
    }
    expect(complaints).toEqual([]);
  });
});

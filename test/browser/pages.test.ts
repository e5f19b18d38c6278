import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { follow, inBrowser } from './browser.ts';

/** Types into the composer of the channel that is open, and sends it. */
async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill(text);
  await box.press('Enter');
}

/** Opens the page of a ticket from its card. */
async function openTicket(page: Page, subject: string): Promise<void> {
  await follow(page, () => page.getByRole('article', { name: subject }).getByRole('link').first().click());
  await page.getByRole('heading', { name: 'History' }).waitFor();
}

inBrowser('threads and pages', (site) => {
  test('a thread is opened, answered, and seen by the other one at once', async () => {
    const rita = await site.sitIn('Rita Gomez');
    const ada = await site.sitIn('Ada Okafor');
    await say(rita, 'Talk to me');
    for (const page of [rita, ada]) {
      const message = page.getByRole('listitem').filter({ hasText: 'Talk to me' }).first();
      await message.hover();
      await message.getByRole('link', { name: 'Reply in thread' }).click();
      await page.getByRole('textbox', { name: 'Reply in thread' }).waitFor();
    }
    await ada.getByRole('textbox', { name: 'Reply in thread' }).fill('I am here');
    await ada.getByRole('textbox', { name: 'Reply in thread' }).press('Enter');
    const thread = rita.getByRole('log', { name: 'Thread messages' });
    await thread.getByText('I am here').waitFor();
  });

  test('a ticket’s page shows the whole history, takes a reply and a comment, and is live', async () => {
    const rita = await site.sitIn('Rita Gomez');
    const ada = await site.sitIn('Ada Okafor');
    await say(rita, 'Page of a ticket');
    await openTicket(rita, 'Page of a ticket');
    await openTicket(ada, 'Page of a ticket');
    await ada.getByRole('textbox', { name: /^Reply/ }).fill('an open word');
    await ada.getByRole('button', { name: 'Send reply' }).click();
    await rita.getByText('an open word').waitFor();
    await ada.getByRole('textbox', { name: /Comment/ }).fill('a quiet word');
    await ada.getByRole('button', { name: 'Add comment' }).click();
    await ada.getByText('a quiet word').first().waitFor();
    await ada.getByRole('article').getByRole('button', { name: 'Resolve', exact: true }).click();
    await rita.getByRole('article').getByText('resolved', { exact: true }).waitFor();
    expect(await rita.content()).not.toContain('a quiet word');
    expect(await rita.getByRole('textbox', { name: /Comment/ }).count()).toBe(0);
  });

  test('what is typed while a reply is on its way stays, and a reply counts also before the scripts have come', async () => {
    const ada = await site.sitIn('Ada Okafor');
    await say(ada, 'Replied to in haste');
    await openTicket(ada, 'Replied to in haste');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ada.route('**/submit', async (route) => {
      await released;
      await route.continue();
    });
    const reply = ada.getByRole('textbox', { name: /^Reply/ });
    await reply.fill('the first');
    const onItsWay = ada.waitForRequest('**/submit');
    await ada.getByRole('button', { name: 'Send reply' }).click();
    await onItsWay;
    await reply.fill('and the next');
    release();
    await ada.getByText('the first').waitFor();
    expect(await reply.inputValue()).toBe('and the next');

    const bare = await site.sitIn('Bo Lindqvist', { javaScriptEnabled: false });
    await bare.goto(ada.url());
    await bare.getByRole('textbox', { name: /^Reply/ }).fill('without a script');
    await bare.getByRole('button', { name: 'Send reply' }).click();
    await ada.getByText('without a script').waitFor();
    expect(bare.url()).toBe(ada.url());
  });

  test('a ticket that one may not see, and one that there is not, are the same page', async () => {
    const sue = await site.sitIn('Sue Tanaka');
    await say(sue, '/ticket new in security Hidden from most');
    const notice = sue.getByText(/Hidden from most/).first();
    await notice.waitFor();
    const number = Number(/#(\d+)/.exec(await sue.getByRole('listitem').filter({ has: notice }).innerText())?.[1]);
    const rita = await site.sitIn('Rita Gomez');
    const pages: string[] = [];
    for (const ticket of [number, 777_777]) {
      const answer = await rita.goto(new URL(`/tickets/${ticket}`, rita.url()).href);
      expect(answer?.status()).toBe(404);
      pages.push((await rita.content()).replaceAll(`${ticket}`, 'N'));
    }
    expect(pages[0]).toBe(pages[1]);
    await rita.goto(new URL('/board', rita.url()).href);
    expect(await rita.getByRole('main').innerText()).not.toMatch(/security|Hidden from most/);
  });

  test('what only one person is told is marked so, seen by nobody else, and can be put away', async () => {
    const ada = await site.sitIn('Ada Okafor');
    const bo = await site.sitIn('Bo Lindqvist');
    await say(ada, '/ticket take 777777');
    const told = ada.getByRole('listitem').filter({ hasText: 'There is no ticket #777777' });
    await told.getByText('Only you see this').waitFor();
    expect(await bo.content()).not.toContain('777777');
    await told.getByRole('button', { name: 'Dismiss' }).click();
    await told.waitFor({ state: 'detached' });
    await ada.reload();
    expect(await ada.getByText('777777').count()).toBe(0);
  });

  test('markup in a subject is shown as it was typed, and nothing of it runs', async () => {
    const ada = await site.sitIn('Ada Okafor');
    let alarmed = false;
    ada.on('dialog', (dialog) => {
      alarmed = true;
      void dialog.dismiss();
    });
    const subject = '<img src=x onerror=alert(1)> <b>bold</b> @everyone';
    await say(ada, subject);
    await ada.getByRole('article', { name: subject }).waitFor();
    await ada.goto(new URL('/board', ada.url()).href);
    await ada.getByText(subject).first().waitFor();
    expect(alarmed).toBe(false);
    expect(await ada.locator('main img').count()).toBe(0);
  });
});

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { follow, inBrowser } from './browser.ts';

/** Says something in the channel that is open. */
async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).first().click();
}

/** The card of a ticket: the article that is named by its number. */
function card(page: Page, subject: string): Locator {
  return page.getByRole('article', { name: new RegExp(`^#\\d+ ${subject}$`) });
}

async function buttons(within: Locator): Promise<string[]> {
  const all = await within.getByRole('button').all();
  return Promise.all(all.map((button) => button.innerText()));
}

inBrowser('a ticket in two browsers', (site) => {
  test('a message becomes a card with its buttons, and after Resolve with Reopen', async () => {
    const ada = await site.sitIn('Ada Okafor');
    await say(ada, 'Printer on fire');
    const ticket = card(ada, 'Printer on fire');
    await ticket.waitFor();
    expect(await buttons(ticket)).toEqual(['Take', 'Reply', 'Comment', 'Stall', 'Resolve', 'More']);
    await ticket.getByRole('button', { name: 'Resolve', exact: true }).click();
    await ticket.getByRole('button', { name: 'Reopen' }).waitFor();
    expect(await buttons(ticket)).toEqual(['Reply', 'Comment', 'Reopen', 'More']);
  });

  test('a second browser sees every change, without a reload', async () => {
    const rita = await site.sitIn('Rita Gomez');
    const ada = await site.sitIn('Ada Okafor');
    await say(rita, 'Second browser');
    const [seen, worked] = [card(rita, 'Second browser'), card(ada, 'Second browser')];
    await worked.waitFor();
    await worked.getByRole('button', { name: 'Take' }).click();
    await seen.getByText('Ada Okafor').waitFor();
    await worked.getByRole('button', { name: 'Stall' }).click();
    await seen.getByText('stalled', { exact: true }).waitFor();
    await worked.getByRole('button', { name: 'Resolve', exact: true }).click();
    await seen.getByText('resolved', { exact: true }).waitFor();
    await worked.getByRole('button', { name: 'Reopen' }).click();
    await seen.getByText('open', { exact: true }).waitFor();
  });

  test('a requestor sees no comment on any page, and an operator does', async () => {
    const rita = await site.sitIn('Rita Gomez');
    const ada = await site.sitIn('Ada Okafor');
    await say(rita, 'Who sees what');
    const worked = card(ada, 'Who sees what');
    await worked.getByRole('button', { name: 'Comment' }).click();
    await ada.getByRole('dialog').getByRole('textbox', { name: 'Comment' }).fill('not for Rita');
    await ada.getByRole('dialog').getByRole('button', { name: 'Comment' }).click();
    await ada.getByRole('dialog').waitFor({ state: 'hidden' });
    await worked.getByRole('link', { name: /Who sees what/ }).click();
    await ada.getByText('not for Rita').waitFor();
    const address = ada.url();

    const seen: string[] = [await rita.content()];
    const own = await card(rita, 'Who sees what').getByRole('link').first().getAttribute('href');
    for (const path of [own ?? '', '/board', '/c/@rita', '/c/helpdesk']) {
      await rita.goto(new URL(path, rita.url()).href);
      seen.push(await rita.content());
    }
    expect(new URL(address).pathname).toBe(own);
    expect(seen.join()).not.toContain('not for Rita');
  });

  test('a message that is sent while the one before is on its way is sent after it', async () => {
    const ada = await site.sitIn('Ada Okafor');
    await follow(ada, () => ada.getByRole('link', { name: 'noc' }).first().click());
    const messages = ada.getByRole('listitem');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ada.route('**/messages', async (route) => {
      await released;
      await route.continue();
    });
    const onItsWay = ada.waitForRequest('**/messages');
    for (const words of ['First of two', 'Second of two']) await say(ada, words);
    await onItsWay;
    release();
    for (const words of ['First of two', 'Second of two']) await messages.filter({ hasText: words }).first().waitFor();
    expect(await ada.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('');
  });

  test('a message is edited and deleted where it stands, in both browsers', async () => {
    const ada = await site.sitIn('Ada Okafor');
    const bo = await site.sitIn('Bo Lindqvist');
    for (const page of [ada, bo]) await follow(page, () => page.getByRole('link', { name: 'noc' }).first().click());
    await say(ada, 'Lunch at twelfe');
    const message = ada.getByRole('listitem').filter({ hasText: 'Lunch at twelfe' });
    await bo.getByText('Lunch at twelfe').waitFor();
    await message.hover();
    await message.getByRole('button', { name: 'Edit' }).click();
    await ada.getByRole('dialog').getByRole('textbox').fill('Lunch at twelve');
    await ada.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await bo.getByText('Lunch at twelve').waitFor();
    const mended = ada.getByRole('listitem').filter({ hasText: 'Lunch at twelve' });
    await mended.hover();
    ada.once('dialog', (dialog) => void dialog.accept());
    await mended.getByRole('button', { name: 'Delete' }).click();
    await bo.getByText('Lunch at twelve').waitFor({ state: 'detached' });
  });

  test('a file is uploaded with a message and downloaded from it', async () => {
    const rita = await site.sitIn('Rita Gomez');
    const ada = await site.sitIn('Ada Okafor');
    await rita
      .getByLabel('Attach files')
      .first()
      .setInputFiles({
        name: 'fault.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('it beeps'),
      });
    await say(rita, 'Listen to this');
    const [download] = await Promise.all([
      ada.waitForEvent('download'),
      ada
        .getByRole('link', { name: /fault\.txt/ })
        .first()
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe('fault.txt');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('it beeps');
  });

  test('the board counts tickets by queue and status, live', async () => {
    const ada = await site.sitIn('Ada Okafor');
    const bo = await site.sitIn('Bo Lindqvist');
    await bo.getByRole('link', { name: 'Board' }).click();
    const counted = bo.getByRole('table', { name: 'Tickets by queue and status' });
    const before = Number(
      /\d+$/.exec((await counted.getByRole('link', { name: /^noc, new:/ }).getAttribute('aria-label')) ?? '')?.[0],
    );
    await say(ada, '/ticket new in noc p90 Seen on the board');
    await bo.getByRole('link', { name: /Seen on the board/ }).waitFor();
    await counted.getByRole('link', { name: `noc, new: ${before + 1}` }).waitFor();
  });

  test('what changes while the board is being fetched shows on it as well', async () => {
    const ada = await site.sitIn('Ada Okafor');
    const bo = await site.sitIn('Bo Lindqvist');
    await follow(bo, () => bo.getByRole('link', { name: 'Board' }).click());
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let fetched = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      fetched = resolve;
    });
    await bo.route('**/board?part=board', async (route) => {
      const response = await route.fetch();
      fetched();
      await released;
      await route.fulfill({ response });
    });
    await say(ada, '/ticket new in noc p90 Changed first');
    await held;
    const refreshed = bo.evaluate('new Promise((told) => document.addEventListener("refresh", () => told(true)))');
    await say(ada, '/ticket new in noc p90 Changed meanwhile');
    expect(await refreshed).toBe(true);
    release();
    await bo.getByRole('link', { name: /Changed meanwhile/ }).waitFor();
  });
});

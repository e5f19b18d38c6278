import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inBrowser } from './browser.ts';

/** What has the focus, as assistive technology calls it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
  })()`);
}

/** Moves on by Tab (or back, by Shift+Tab) until something with this name has the focus. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press(key);
    const here = await focused(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Keeps what is asked to complete a line waiting. */
async function heldCompletions(page: Page) {
  const asked: (string | null)[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/complete?*', async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('line'));
    await released;
    await route.continue();
  });
  return { askedFor: (line: string) => expect.poll(() => asked).toContain(line), release };
}

inBrowser('by keyboard alone', (site) => {
  test('a ticket is opened, taken, commented, resolved and reopened', async () => {
    const page = await site.sitIn('Ada Okafor');
    await tabTo(page, 'Message');
    await page.keyboard.type('All by keyboard');
    await page.keyboard.press('Enter');
    const card = page.getByRole('article', { name: /All by keyboard/ });
    await card.waitFor();

    await tabTo(page, 'Take', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await card.getByText('Ada Okafor').first().waitFor();

    await tabTo(page, 'Comment');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await tabTo(page, 'Comment');
    await page.keyboard.press('Enter');
    await dialog.getByRole('textbox', { name: 'Comment' }).waitFor();
    await page.keyboard.type('typed in the dialog');
    await tabTo(page, 'Comment');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });

    await tabTo(page, 'Resolve');
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Reopen' }).waitFor();
    await tabTo(page, 'Reopen');
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Take' }).waitFor();

    await tabTo(page, 'More');
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'History' }).waitFor();
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'History' }).waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('More');
  });

  test('commands, people and queues are completed by arrows, Tab and Enter', async () => {
    const page = await site.sitIn('Ada Okafor');
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.focus();
    await page.keyboard.type('/ticket ne');
    // What is shown until the next ones have come is not chosen from any more.
    const options = page.locator('[role=listbox]:not([aria-busy])').getByRole('option');
    await options.filter({ hasText: 'new' }).first().waitFor();
    await page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('/ticket new ');
    await page.keyboard.type('in n');
    await options.filter({ hasText: 'noc' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('/ticket new in noc ');
    await page.keyboard.type('Completed to the end');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Completed to the end/)
      .first()
      .waitFor();
    expect(await box.inputValue()).toBe('');
  });

  test('Escape puts the suggestions away and keeps what was typed', async () => {
    const page = await site.sitIn('Bo Lindqvist');
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.focus();
    await page.keyboard.type('/ticket re');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    expect(await box.inputValue()).toBe('/ticket re');
  });

  test('a key that comes before the suggestions for the one before it has its own', async () => {
    const page = await site.sitIn('Ada Okafor');
    const answers = await heldCompletions(page);
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('/ticket n');
    await answers.askedFor('/ticket n');
    await page.keyboard.type('e');
    await answers.askedFor('/ticket ne');
    answers.release();
    await page.getByRole('option').filter({ hasText: 'next' }).first().waitFor();
  });

  test('suggestions that come after Escape do not show', async () => {
    const page = await site.sitIn('Ada Okafor');
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('/ticket n');
    await page.locator('[role=listbox]:not([aria-busy])').getByRole('option').first().waitFor();
    const answers = await heldCompletions(page);
    await page.keyboard.type('e');
    await answers.askedFor('/ticket ne');
    const givenUp = page.waitForEvent('requestfailed');
    await page.keyboard.press('Escape');
    await givenUp;
    expect(await page.getByRole('option').count()).toBe(0);
  });

  test('an answer that cannot be taken brings the dialog back with what is wrong', async () => {
    const page = await site.sitIn('Ada Okafor');
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill('Asked twice');
    await box.press('Enter');
    const card = page.getByRole('article', { name: /Asked twice/ });
    await card.getByRole('button', { name: 'More' }).click();
    await card.getByRole('button', { name: 'Due…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Due' }).fill('blursday');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await dialog.getByText(/blursday/).waitFor();
    await expect.poll(() => dialog.count()).toBe(1);
    const due = dialog.getByRole('textbox', { name: 'Due' });
    expect(await due.getAttribute('aria-invalid')).toBe('true');
    expect(await due.inputValue()).toBe('blursday');
  });
});

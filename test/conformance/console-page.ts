import { type HTMLElement, parse as parseHtml } from 'node-html-parser';
import type { Card, Form, Message, Ref, Where } from './user.ts';

/** Reads a page, or a piece of one. */
export function parse(html: string): HTMLElement {
  return parseHtml(html, { blockTextElements: { script: true, style: true } });
}

/** What assistive technology calls an element. */
export function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label');
  if (label !== undefined) return label;
  const spoken = copy(element);
  for (const hidden of spoken.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  const icons = spoken.querySelectorAll('[role=img]').map((icon) => icon.getAttribute('aria-label') ?? '');
  return [spoken.textContent, ...icons].join(' ').replace(/\s+/g, ' ').trim();
}

/** The element of a kind with this name; null where there is none. */
export function named(within: HTMLElement, kind: string, name: string): HTMLElement | null {
  return within.querySelectorAll(kind).find((element) => nameOf(element) === name) ?? null;
}

/** The messages of a log, each with the element that it was read from; cards stand behind the message they hang on. */
export function messagesIn(log: HTMLElement, where: Where, root: Ref | null): [Message, HTMLElement][] {
  return items(log).flatMap((item) => {
    const author = item.querySelector('.author')?.textContent ?? '';
    const own: Message = { ...contents(item), where, id: numberOf(item), root, author };
    const cards = item.querySelectorAll('article');
    const [first] = cards;
    // A message of the bot that is nothing but a card.
    if (first !== undefined && numberOf(first) === own.id) return [[{ ...own, ...cardMessage(first) }, item]];
    const hung = cards.map((card): [Message, HTMLElement] => [
      {
        ...contents(card),
        ...cardMessage(card),
        where,
        id: numberOf(card),
        root: { where, id: own.id },
        author: 'Docket',
      },
      card,
    ]);
    return [[own, item], ...hung];
  });
}

/** Something that only one person was told. */
export function noticeIn(item: HTMLElement): Message {
  const card = item.querySelector('article');
  const notice = { ...contents(item), where: 'direct', id: item.id, root: null, author: 'Docket' } as const;
  return card === null ? notice : { ...notice, ...cardMessage(card) };
}

export function formIn(dialog: HTMLElement): Form {
  return {
    title: dialog.querySelector('h2')?.textContent ?? '',
    inputs: dialog.querySelectorAll('label').map((label) => {
      const control = controlOf(dialog, label);
      const options = control.querySelectorAll('option');
      const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
      const value = chosen?.getAttribute('value') ?? control.getAttribute('value') ?? control.textContent.trim();
      return {
        label: label.textContent,
        value,
        choices: options.map((option) => option.textContent),
        error: label.parentNode?.querySelector('.error')?.textContent ?? '',
      };
    }),
  };
}

/** The name under which each input of a form is sent, by its label. */
export function inputNames(dialog: HTMLElement): ReadonlyMap<string, string> {
  const labels = dialog.querySelectorAll('label');
  return new Map(labels.map((label) => [label.textContent, controlOf(dialog, label).getAttribute('name') ?? '']));
}

function controlOf(dialog: HTMLElement, label: HTMLElement): HTMLElement {
  const control = dialog.querySelector(`[id="${label.getAttribute('for')}"]`);
  if (control === null) throw new Error(`nothing is labelled “${label.textContent}”`);
  return control;
}

function contents(
  item: HTMLElement,
): Pick<Message, 'text' | 'edited' | 'locked' | 'files' | 'reactions' | 'buttons' | 'card'> {
  const head = item.querySelector('.message-head');
  return {
    text: wordsOf(item),
    edited: head?.querySelectorAll('small').some((mark) => mark.textContent === 'edited') ?? false,
    locked: item.querySelectorAll('[role=img]').some((icon) => icon.getAttribute('aria-label') === 'Staff only'),
    files: item.querySelectorAll('a[download]').map((link) => link.getAttribute('download') ?? ''),
    reactions: item.querySelectorAll('.reaction').map((reaction) => reaction.textContent.trim()),
    buttons: item
      .querySelectorAll('.buttons button')
      .map(nameOf)
      .filter((name) => name !== 'More'),
    card: null,
  };
}

/** The words of a message, without what stands around it: its head, its marks, its tools, the cards below it. */
function wordsOf(item: HTMLElement): string {
  const words = copy(item);
  const around = '.message-head, .reactions, .toolbar, .thread-link, .dismiss, .avatar, .buttons, li > div > article';
  for (const part of words.querySelectorAll(around)) part.remove();
  return words.structuredText;
}

function cardMessage(article: HTMLElement): Pick<Message, 'card' | 'buttons' | 'text'> {
  const all = article
    .querySelectorAll('.buttons button')
    .map(nameOf)
    .filter((name) => name !== 'More');
  return { card: cardIn(article), buttons: all, text: article.structuredText };
}

/** A card: the article that is named by its number. */
export function cardIn(article: HTMLElement): Card {
  const found = /^#(\d+) (.*)$/s.exec(nameOf(article));
  const facts = article.querySelectorAll('dl > div').map((row): [string, string] => {
    return [row.querySelector('dt')?.textContent ?? '', row.querySelector('dd')?.textContent ?? ''];
  });
  const inMenu = new Set(article.querySelectorAll('.menu button').map(nameOf));
  return {
    ticket: Number(found?.[1]),
    subject: found?.[2] ?? '',
    status: article.querySelector('.status')?.textContent ?? '',
    queue: article.querySelector('.queue')?.textContent ?? '',
    priority: Number(article.querySelector('.priority')?.textContent.replace('P', '')),
    facts: Object.fromEntries(facts),
    buttons: article
      .querySelectorAll('.buttons button')
      .map(nameOf)
      .filter((name) => !inMenu.has(name)),
  };
}

function items(log: HTMLElement): HTMLElement[] {
  return log.querySelectorAll('ol > li').filter((item) => item.classList.contains('message'));
}

function numberOf(element: HTMLElement): string {
  return /\d+$/.exec(element.id)?.[0] ?? '';
}

function copy(element: HTMLElement): HTMLElement {
  return parse(element.outerHTML);
}

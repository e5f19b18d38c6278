import type { Refusal } from '../ticket/refusal.ts';
import { type Block, type Inline, paragraph } from '../ticket/text.ts';
import type { Button, NoticeView } from './view.ts';

/** A refusal as its person sees it. */
export function refused(refusal: Refusal, buttons: readonly Button[] = []): NoticeView {
  return { view: 'notice', tone: 'refused', text: [paragraph(...refusal.text)], buttons };
}

/** A confirmation. */
export function done(text: readonly Inline[], buttons: readonly Button[] = []): NoticeView {
  return { view: 'notice', tone: 'done', text: [paragraph(...text)], buttons };
}

/** Something to read. */
export function info(text: readonly Block[], buttons: readonly Button[] = []): NoticeView {
  return { view: 'notice', tone: 'info', text, buttons };
}

import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import type { Api } from './api.ts';

/** Slack takes a trigger for three seconds; until then an answer may come that opens the right modal. Milliseconds. */
const patience = 1_500;

interface Waiting {
  readonly trigger: string;
  readonly timer: NodeJS.Timeout | null;
  /** The id of the modal that stands open by now, in which the answer is to be shown; null while there is none. */
  opened: Promise<string | null> | null;
}

/**
 * Modals for those who pressed something. Docket's answer mostly comes at once, and opens the modal itself; where it is
 * slow, a modal that says so holds its place (docs.slack.dev/surfaces/modals: a trigger is good for three seconds).
 */
export class Dialogs {
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly api: Api,
    private readonly log: Logger,
  ) {}

  /**
   * Something was pressed.
   *
   * @param loading what to open where the answer is slow; null where no form is expected
   */
  begin(event: string, trigger: string, loading: ModalView | null): void {
    const timer = loading === null ? null : setTimeout(() => this.#hold(event, loading), patience);
    this.#waiting.set(event, { trigger, timer, opened: null });
  }

  /** A modal stands open already: what was sent came from it. */
  stands(event: string, trigger: string, view: string): void {
    this.#waiting.set(event, { trigger, timer: null, opened: Promise.resolve(view) });
  }

  /** Shows a modal to the one who pressed. False where that cannot be done any more: they are to be asked otherwise. */
  async show(event: string, view: ModalView): Promise<boolean> {
    const waiting = this.#end(event);
    if (waiting === null) return false;
    const standing = await waiting.opened;
    try {
      await this.api.call(null, (web) =>
        standing === null || standing === undefined
          ? web.views.open({ trigger_id: waiting.trigger, view })
          : web.views.update({ view_id: standing, view }),
      );
      return true;
    } catch (error) {
      this.log.debug({ err: error }, 'a modal could not be shown');
      return false;
    }
  }

  /** There is nothing to ask after all: what holds the modal's place says so, where it was opened and still stands. */
  async close(event: string, words: ModalView): Promise<void> {
    const waiting = this.#end(event);
    const standing = await waiting?.opened;
    if (standing === null || standing === undefined) return;
    try {
      await this.api.call(null, (web) => web.views.update({ view_id: standing, view: words }));
    } catch (error) {
      // Whoever waited may have closed it; what they are to be told is still to come.
      this.log.debug({ err: error }, 'a modal could not be closed');
    }
  }

  /** Nothing comes of it. */
  forget(event: string): void {
    this.#end(event);
  }

  stop(): void {
    for (const event of [...this.#waiting.keys()]) this.#end(event);
  }

  #end(event: string): Waiting | null {
    const waiting = this.#waiting.get(event) ?? null;
    if (waiting?.timer) clearTimeout(waiting.timer);
    this.#waiting.delete(event);
    return waiting;
  }

  #hold(event: string, loading: ModalView): void {
    const waiting = this.#waiting.get(event);
    if (waiting === undefined) return;
    waiting.opened = this.api
      .call(null, (web) => web.views.open({ trigger_id: waiting.trigger, view: loading }))
      .then(({ view }) => view?.id ?? null)
      .catch((error: unknown) => {
        this.log.warn({ err: error }, 'no modal could be opened in time');
        return null;
      });
  }
}

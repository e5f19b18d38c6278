import { MessageFlags, Routes, InteractionResponseType as Type } from 'discord.js';
import type { Api } from './api.ts';

/** Discord gives three seconds to answer an interaction; until then an answer may come that is a modal. Milliseconds. */
const patience = 2_000;

/** An interaction, as Discord names it. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
}

/** How an interaction is acknowledged that is not answered by a modal: by a private reply to come, or by nothing to see. */
export type Manner = 'reply' | 'update';

interface Open extends Interaction {
  readonly manner: Manner;
  readonly timer: NodeJS.Timeout | null;
  /** Resolves when Discord has been told; null while it was not. */
  told: Promise<boolean> | null;
}

/**
 * Interactions that came in, from when they are kept until Discord has been told so
 * (docs.discord.com/developers/interactions/receiving-and-responding). A modal can only be the first answer, so that one
 * which may bring up a form waits a moment for it.
 */
export class Acknowledgements {
  readonly #open = new Map<string, Open>();

  /** @param lost hears why an interaction could not be answered in time */
  constructor(
    private readonly api: Api,
    private readonly lost: (error: unknown) => void,
  ) {}

  /** An interaction came in by the event of this name. `waits`: a form is likely to follow. */
  begin(event: string, interaction: Interaction, manner: Manner, waits: boolean): void {
    const timer = waits ? setTimeout(() => void this.settle(event), patience) : null;
    this.#open.set(event, { ...interaction, manner, timer, told: null });
  }

  /** Tells Discord that it was received, unless that was done. False where that was too late, or is not known here. */
  async settle(event: string): Promise<boolean> {
    const open = this.#open.get(event);
    if (open === undefined) return false;
    open.told ??= this.#tell(
      open,
      open.manner === 'reply'
        ? { type: Type.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } }
        : { type: Type.DeferredMessageUpdate },
    );
    return open.told;
  }

  /** Brings up a modal. False where it is too late for one: then a message has to ask. */
  async modal(event: string, modal: object): Promise<boolean> {
    const open = this.#open.get(event);
    if (open === undefined || open.told !== null) return false;
    open.told = this.#tell(open, { type: Type.Modal, data: modal });
    const shown = await open.told;
    this.end(event);
    return shown;
  }

  /** It is answered, or nothing comes of it. */
  end(event: string): void {
    const open = this.#open.get(event);
    if (open?.timer) clearTimeout(open.timer);
    this.#open.delete(event);
  }

  stop(): void {
    for (const event of [...this.#open.keys()]) this.end(event);
  }

  async #tell({ id, token, timer }: Open, body: object): Promise<boolean> {
    if (timer) clearTimeout(timer);
    try {
      await this.api.raw((rest) => rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
      return true;
    } catch (error) {
      this.lost(error);
      return false;
    }
  }
}

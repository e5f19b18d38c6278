import type { MatrixClient } from 'matrix-bot-sdk';
import type { Memory } from '../../connector.ts';

/** How a room is encrypted: the content of its `m.room.encryption`, and who may read its history. */
export type RoomEncryption = Readonly<Record<string, unknown>> & { readonly algorithm: string };

/** Who is asked for what no sync told. */
type Asked = Pick<MatrixClient, 'getRoomStateEvent'>;

interface StateEvent {
  readonly type: string;
  readonly state_key?: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The part of a sync's answer that tells of rooms, and of keys. */
interface Sync {
  readonly to_device?: { readonly events?: readonly unknown[] };
  readonly rooms?: {
    readonly join?: Readonly<Record<string, Partial<Record<'state' | 'timeline', { readonly events?: StateEvent[] }>>>>;
  };
}

/**
 * Knows which rooms are encrypted, in the place of matrix-bot-sdk's own tracker. That one takes every failure to ask
 * for "not encrypted", and would then send in clear; it asks anew before each message to a room that is not encrypted,
 * and does not see what a sync tells beside the timeline.
 */
export class Rooms {
  /** What is known; null: it is not encrypted. */
  readonly #known = new Map<string, RoomEncryption | null>();
  readonly #client: Asked;
  readonly #memory: Memory;

  constructor(client: Asked, memory: Memory) {
    this.#client = client;
    this.#memory = memory;
  }

  /** Takes up what a sync tells of encryption; to be called before the sync is processed. */
  async hear(sync: Sync): Promise<void> {
    for (const [room, { state, timeline }] of Object.entries(sync.rooms?.join ?? {})) {
      for (const event of [...(state?.events ?? []), ...(timeline?.events ?? [])]) {
        if (event.state_key !== '') continue;
        if (event.type === 'm.room.encryption') await this.#turnOn(room, event.content);
        if (event.type === 'm.room.history_visibility') await this.#change(room, event.content);
      }
    }
  }

  /** Each room is asked about when it is first written to, or when something encrypted comes from it. */
  async prepare(): Promise<void> {}
  async onRoomJoin(): Promise<void> {}
  /** All that this could tell was heard with the sync. */
  async onRoomEvent(): Promise<void> {}

  /**
   * How a room is encrypted; nothing in it where it is not.
   *
   * @throws where the homeserver does not say
   */
  async getRoomCryptoConfig(room: string): Promise<Partial<RoomEncryption>> {
    const known = this.#known.get(room);
    if (known !== undefined) return usable(known);
    const found = (await this.#kept(room)) ?? (await this.#ask(room));
    // A sync may have told of it meanwhile, and knows better.
    if (!this.#known.has(room)) this.#known.set(room, found);
    return usable(this.#known.get(room) ?? null);
  }

  async #ask(room: string): Promise<RoomEncryption | null> {
    const content = await this.#state(room, 'm.room.encryption');
    if (content === null) return null;
    const { history_visibility } = (await this.#state(room, 'm.room.history_visibility')) ?? {};
    const found = { ...content, algorithm: String(content['algorithm']), historyVisibility: history_visibility };
    await this.#memory.save(nameOf(room), found);
    return found;
  }

  /** Once a room is encrypted it stays so, whatever the homeserver says later. */
  async #turnOn(room: string, content: StateEvent['content']): Promise<void> {
    const known = this.#known.get(room) ?? (await this.#kept(room));
    if (typeof content['algorithm'] !== 'string') return;
    const found = { ...known, ...content, algorithm: content['algorithm'] };
    this.#known.set(room, found);
    await this.#memory.save(nameOf(room), found);
  }

  async #change(room: string, { history_visibility }: StateEvent['content']): Promise<void> {
    const known = this.#known.get(room) ?? (await this.#kept(room));
    if (known === null) return;
    const found = { ...known, historyVisibility: history_visibility };
    this.#known.set(room, found);
    await this.#memory.save(nameOf(room), found);
  }

  async #kept(room: string): Promise<RoomEncryption | null> {
    return (await this.#memory.load(nameOf(room))) as RoomEncryption | null;
  }

  async #state(room: string, type: string): Promise<Record<string, unknown> | null> {
    try {
      return await this.#client.getRoomStateEvent(room, type, '');
    } catch (error) {
      if (error instanceof Error && 'errcode' in error && error.errcode === 'M_NOT_FOUND') return null;
      throw error;
    }
  }
}

const periods: ReadonlySet<string> = new Set(['rotation_period_ms', 'rotation_period_msgs']);

/** The settings of a room (null: none) without those that are no number of anything: the library fails at them, each time. */
function usable(config: RoomEncryption | null): Partial<RoomEncryption> {
  if (config === null) return {};
  const entries = Object.entries(config).filter(
    ([name, value]) => !periods.has(name) || (Number.isSafeInteger(value) && Number(value) > 0),
  );
  return { ...Object.fromEntries(entries), algorithm: config.algorithm };
}

const nameOf = (room: string): string => `matrix encryption ${room}`;

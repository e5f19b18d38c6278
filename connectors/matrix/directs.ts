import { z } from 'zod';
import { Closed, Undeliverable } from '../connector.ts';
import { Turns } from '../turns.ts';
import type { Api } from './api.ts';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Rooms } from './rooms.ts';

/** The account data in which every client of an account keeps its direct conversations, the newest last. */
const directShape = z.record(z.string(), z.array(z.string())).catch({});

/** How long what is known of direct conversations is good. Milliseconds. */
const remembered = 60_000;

const encryption = 'm.room.encryption';
const megolm = { algorithm: 'm.megolm.v1.aes-sha2' };
/** Rooms that are remembered to be looked after. */
const mostLooked = 5_000;

/** Direct conversations with people (spec.matrix.org/latest/client-server-api/#direct-messaging). */
export class Directs {
  #known: { readonly rooms: Promise<z.infer<typeof directShape>>; readonly until: number } | null = null;
  readonly #opening = new Map<string, Promise<string>>();
  readonly #marking = new Turns();
  /** The rooms whose encryption was looked after. */
  readonly #looked = new Set<string>();

  constructor(
    private readonly bot: string,
    private readonly api: Api,
    private readonly rooms: Rooms,
  ) {}

  /**
   * Whether a room is somebody's own conversation with Docket: marked as direct, or of two without a name. As soon as a third
   * is in it or invited, it is not, for they would read along.
   *
   * @throws TryLater, Undeliverable, Refused
   */
  async isDirect(room: string): Promise<boolean> {
    const members = await this.rooms.members(room);
    if (members.size > 2 || !members.has(this.bot)) return false;
    if (Object.values(await this.#marked()).some((rooms) => rooms.includes(room))) return true;
    for (const type of ['m.room.name', 'm.room.canonical_alias']) {
      const content = (await this.rooms.state(room, type)) ?? {};
      if ([content['name'], content['alias']].some((name) => typeof name === 'string' && name !== '')) return false;
    }
    return members.size === 2;
  }

  /**
   * The room of somebody's conversation with Docket; where there is none, they are invited to one. One that they have left is
   * given as well: it is theirs to come back.
   *
   * @throws TryLater, Undeliverable
   */
  async with(person: string): Promise<string> {
    const rooms = ((await this.#marked())[person] ?? []).toReversed();
    let left: string | null = null;
    for (const room of rooms) {
      const members = await this.#alone(room, person);
      if (members === 'both') return this.#sealed(room, person);
      if (members === 'bot') left ??= room;
    }
    return left ?? this.#open(person);
  }

  /**
   * Refuses what is to be said to somebody alone where they are not, or not alone.
   *
   * @throws TryLater, Undeliverable; Closed where they have left
   */
  async check(room: string): Promise<void> {
    const members = await this.rooms.membersNow(room);
    if (members.size < 2) {
      throw new Closed(`Invite ${this.bot} to a direct conversation, or write to it.`);
    }
    if (members.size > 2) throw new Undeliverable(`others have come to the direct conversation ${room}`);
  }

  /** Marks a room as somebody's conversation with Docket. The marks are one piece of data, so that it is done one by one. */
  mark(room: string, person: string): Promise<void> {
    return this.#marking.take('all', () => this.#mark(room, person));
  }

  async #mark(room: string, person: string): Promise<void> {
    if ((await this.#marked())[person]?.includes(room)) return;
    // Another process may have marked others since this one looked.
    this.#known = null;
    const marked = await this.#marked();
    if (marked[person]?.includes(room)) return;
    const body = { ...marked, [person]: [...(marked[person] ?? []), room] };
    await this.api.call({ ...this.#accountData, method: 'PUT', body, shape: z.unknown() });
    this.#known = { rooms: Promise.resolve(body), until: Date.now() + remembered };
  }

  async #alone(room: string, person: string): Promise<'both' | 'bot' | 'neither'> {
    try {
      const members = await this.rooms.membersNow(room);
      if (!members.has(this.bot)) return 'neither';
      if (members.size === 1) return 'bot';
      return members.size === 2 && members.has(person) ? 'both' : 'neither';
    } catch (error) {
      if (error instanceof Undeliverable || error instanceof Refused) return 'neither'; // Docket is not in it any more.
      throw error;
    }
  }

  /** Turns encryption on in a conversation that Docket opened before it could, or before its partner could read it. */
  async #sealed(room: string, person: string): Promise<string> {
    if (this.#looked.has(room)) return room;
    try {
      const isOpen = (await this.rooms.state(room, encryption)) === null;
      if (isOpen && (await this.rooms.creation(room)).creator === this.bot && (await this.#hasKeys(person))) {
        const path = `/client/v3/rooms/${part(room)}/state/${encryption}/`;
        await this.api.call({ path, method: 'PUT', body: megolm, room, shape: z.unknown() });
      }
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Undeliverable)) throw error;
    }
    if (this.#looked.size >= mostLooked) this.#looked.clear();
    this.#looked.add(room);
    return room;
  }

  /** Whether somebody has a device that can read what is encrypted. */
  async #hasKeys(person: string): Promise<boolean> {
    try {
      const { device_keys } = await this.api.call({
        path: '/client/v3/keys/query',
        method: 'POST',
        body: { device_keys: { [person]: [] } },
        shape: z.object({ device_keys: z.record(z.string(), z.record(z.string(), z.unknown())).default({}) }),
      });
      return Object.keys(device_keys[person] ?? {}).length > 0;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  #open(person: string): Promise<string> {
    const opening = this.#opening.get(person) ?? this.#create(person).finally(() => this.#opening.delete(person));
    this.#opening.set(person, opening);
    return opening;
  }

  async #create(person: string): Promise<string> {
    try {
      const { room_id } = await this.api.call({
        path: '/client/v3/createRoom',
        method: 'POST',
        body: {
          ...{ preset: 'trusted_private_chat', is_direct: true, invite: [person] },
          initial_state: (await this.#hasKeys(person)) ? [{ type: encryption, state_key: '', content: megolm }] : [],
        },
        shape: z.object({ room_id: z.string() }),
      });
      await this.mark(room_id, person);
      return room_id;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Undeliverable(`${person} cannot be invited to a direct conversation`, { cause: error });
    }
  }

  #marked(): Promise<z.infer<typeof directShape>> {
    if (this.#known !== null && this.#known.until > Date.now()) return this.#known.rooms;
    const rooms = this.api.call({ ...this.#accountData, shape: directShape }).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 404) return {};
      this.#known = null;
      throw error;
    });
    this.#known = { rooms, until: Date.now() + remembered };
    return rooms;
  }

  get #accountData() {
    return { path: `/client/v3/user/${part(this.bot)}/account_data/m.direct` };
  }
}

import { z } from 'zod';
import type { Api } from './api.ts';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import { eventShape, memberContent, type RoomEvent } from './payloads.ts';

/** Who is in a room, or invited. */
export interface Member {
  readonly name: string;
  readonly joined: boolean;
}

interface Known {
  readonly members: Promise<Map<string, Member>>;
  readonly until: number;
}

/** How long it is remembered who is in a room, where no sync tells that it changed. Milliseconds. */
const remembered = 60_000;

const memberEvents = z.object({ chunk: z.array(z.unknown()) });

/** The rooms that Docket is in: who is in them, and what they are. */
export class Rooms {
  readonly #known = new Map<string, Known>();

  constructor(private readonly api: Api) {}

  /**
   * Everybody who is in a room or invited, by their ids.
   *
   * @throws TryLater, Undeliverable, Refused
   */
  members(room: string): Promise<ReadonlyMap<string, Member>> {
    const known = this.#known.get(room);
    if (known !== undefined && known.until > Date.now()) return known.members;
    const members = this.#ask(room);
    this.#known.set(room, { members, until: Date.now() + remembered });
    members.catch(() => this.#known.delete(room));
    return members;
  }

  /** The same as the homeserver has it now. */
  membersNow(room: string): Promise<ReadonlyMap<string, Member>> {
    this.forget(room);
    return this.members(room);
  }

  /** What somebody is called in a room; the first part of their id where that is not known. */
  async nameIn(room: string, user: string): Promise<string> {
    return (await this.members(room)).get(user)?.name ?? localpart(user);
  }

  /** A sync told of somebody who came, went, or is called otherwise. */
  async hear(room: string, event: RoomEvent): Promise<void> {
    const known = this.#known.get(room);
    const content = memberContent.safeParse(event.content).data;
    if (known === undefined || event.state_key === undefined || content === undefined) return;
    const members = await known.members.catch(() => null);
    const member = memberOf(event.state_key, content);
    if (member === null) members?.delete(event.state_key);
    else members?.set(event.state_key, member);
  }

  forget(room: string): void {
    this.#known.delete(room);
  }

  /**
   * The content of a state event; null where there is none.
   *
   * @throws TryLater, Undeliverable, Refused
   */
  async state(room: string, type: string): Promise<Readonly<Record<string, unknown>> | null> {
    try {
      const path = `/client/v3/rooms/${part(room)}/state/${part(type)}/`;
      return await this.api.call({ path, room, shape: z.record(z.string(), z.unknown()) });
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  /**
   * Who made a room, and its `m.room.create`.
   *
   * @throws TryLater, Undeliverable, Refused
   */
  async creation(
    room: string,
  ): Promise<{ readonly creator: string; readonly content: Readonly<Record<string, unknown>> }> {
    const path = `/client/v3/rooms/${part(room)}/state`;
    const all = await this.api.call({ path, room, shape: z.array(z.unknown()) });
    const created = all
      .flatMap((each) => eventShape.safeParse(each).data ?? [])
      .find(({ type }) => type === 'm.room.create');
    return { creator: created?.sender ?? '', content: created?.content ?? {} };
  }

  async #ask(room: string): Promise<Map<string, Member>> {
    const path = `/client/v3/rooms/${part(room)}/members`;
    const { chunk } = await this.api.call({ path, query: { not_membership: 'leave' }, room, shape: memberEvents });
    const members = new Map<string, Member>();
    for (const each of chunk) {
      const event = eventShape.safeParse(each).data;
      const content = memberContent.safeParse(event?.content).data;
      if (event?.state_key === undefined || content === undefined) continue;
      const member = memberOf(event.state_key, content);
      if (member !== null) members.set(event.state_key, member);
    }
    return members;
  }
}

function memberOf(user: string, { membership, displayname }: z.infer<typeof memberContent>): Member | null {
  if (membership !== 'join' && membership !== 'invite') return null;
  return { name: displayname?.trim() || localpart(user), joined: membership === 'join' };
}

function localpart(user: string): string {
  return user.slice(1, Math.max(user.indexOf(':'), 2));
}

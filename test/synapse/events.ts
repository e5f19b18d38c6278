export type Content = Readonly<Record<string, unknown>>;

/** An event as a homeserver tells it (spec.matrix.org/latest/client-server-api/#room-event-format). */
export interface RoomEvent {
  readonly type: string;
  readonly event_id: string;
  readonly sender: string;
  readonly origin_server_ts: number;
  readonly content: Content;
  readonly state_key?: string;
  readonly redacts?: string;
  readonly unsigned?: Content;
}

/** What a login answers. */
export interface Account {
  readonly user_id: string;
  readonly access_token: string;
  readonly device_id: string;
}

interface Told {
  readonly state?: { readonly events: readonly RoomEvent[] };
  readonly timeline?: { readonly events: readonly RoomEvent[] };
}

/** The part of a sync's answer that these tests look at. */
export interface Sync {
  readonly next_batch: string;
  readonly rooms?: {
    readonly join?: Readonly<Record<string, Told>>;
    readonly leave?: Readonly<Record<string, Told>>;
    readonly invite?: Readonly<Record<string, unknown>>;
  };
}

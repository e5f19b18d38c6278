/** A JSON object, as it goes over the wire. */
export type Json = Readonly<Record<string, unknown>>;

export interface Person {
  readonly id: string;
  /** The handle: `ada`. */
  readonly name: string;
  readonly realName: string;
  readonly displayName: string;
  readonly zone: string;
  /** Their own workspace: another one's for guests of a shared channel. */
  readonly team: string;
  readonly deleted: boolean;
  readonly bot: boolean;
}

export interface Group {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  users: readonly string[];
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  archived: boolean;
  /** By `ts`, oldest first. */
  readonly messages: Map<string, Message>;
}

export interface Message {
  readonly ts: string;
  /** The user id of the author. */
  readonly user: string;
  readonly subtype: string | null;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly files: readonly string[];
  /** The `ts` of the message whose thread it stands in; null outside of threads. */
  readonly thread: string | null;
  /** It stands in a thread, and is shown in the channel as well. */
  readonly broadcast: boolean;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly metadata: Json | null;
}

/** A message that one person sees, and Slack keeps nowhere. */
export interface Ephemeral {
  readonly ts: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly user: string;
  content: Buffer;
  /** Its upload has ended, and it can be shared. */
  complete: boolean;
  readonly channels: Set<string>;
}

/** A modal, or somebody's App Home. */
export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly owner: string;
  readonly externalId: string;
  /** The view that it was pushed onto; null at the bottom. */
  readonly below: string | null;
  /** Changes with every update. */
  readonly hash: string;
  readonly title: string;
  readonly content: Json;
  readonly blocks: readonly Json[];
  /** What stands in its inputs: `block_id` → `action_id` → value object. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** What is said at its inputs, by `block_id`. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What happens in the workspace: the app is told of it as events, people's clients as what they see. */
export type Happening =
  | { readonly kind: 'posted'; readonly channel: Channel; readonly message: Message }
  | { readonly kind: 'changed'; readonly channel: Channel; readonly message: Message; readonly before: Message }
  | { readonly kind: 'deleted'; readonly channel: Channel; readonly message: Message; readonly by: string }
  | {
      readonly kind: 'reaction';
      readonly channel: Channel;
      readonly message: Message;
      readonly user: string;
      readonly name: string;
      readonly added: boolean;
    }
  | { readonly kind: 'member'; readonly channel: Channel; readonly user: string; readonly joined: boolean }
  | { readonly kind: 'archived'; readonly channel: Channel; readonly user: string }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'group'; readonly group: Group; readonly how: 'created' | 'updated' | 'members_changed' }
  | { readonly kind: 'ephemeral'; readonly user: string; readonly message: Ephemeral }
  | { readonly kind: 'ephemeral gone'; readonly user: string; readonly ts: string }
  | { readonly kind: 'view'; readonly user: string; readonly views: readonly View[] }
  | { readonly kind: 'home'; readonly user: string; readonly view: View };

export function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function recordsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

import type { PersonLimits } from '../desk/allowance.ts';
import type { Intake } from '../desk/desk.ts';
import type { ConfiguredGroup, ConfiguredPerson } from '../store/groups.ts';
import type { Audience, PlaceKey } from '../store/unit.ts';
import type { Policy } from '../ticket/policy.ts';

/** All that docket.yaml says, checked. */
export interface Config {
  /** A try-out: its people may be sat in as, where Docket is bound to loopback. */
  readonly sample: boolean;
  /** IANA zone of those who have none of their own. */
  readonly zone: string;
  /** The address people open Docket by; null while none is known. */
  readonly web: { readonly url: string | null };
  readonly people: readonly Person[];
  readonly groups: readonly ConfiguredGroup[];
  readonly policy: Policy;
  readonly intakes: readonly Intake[];
  readonly feeds: readonly ConfiguredFeed[];
  readonly channels: readonly ConsoleChannel[];
  readonly limits: PersonLimits;
}

/** `about` says in a word what they are: "operator". Empty when it is not said. */
export interface Person extends ConfiguredPerson {
  readonly about: string;
}

/** A place that is told what happens in a queue. An empty search lets everything through. */
export interface ConfiguredFeed {
  readonly queue: string;
  readonly audience: Audience;
  readonly search: string;
  readonly key: PlaceKey;
}

/** A channel of the built-in console; `members` are groups, or `everyone`. */
export interface ConsoleChannel {
  readonly name: string;
  readonly topic: string;
  readonly members: readonly string[];
  /** The queue in which each message becomes a ticket; null where none does. */
  readonly intake: string | null;
}

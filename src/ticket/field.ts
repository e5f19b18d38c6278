/** The value of a custom field. Dates are ISO days (`2026-12-01`); a `many` choice is a list. */
export type FieldValue = string | number | boolean | readonly string[];

/** A custom field, as a queue's configuration defines it. */
export interface FieldDefinition {
  readonly name: string;
  /** `address` is an IP address or a network (`192.0.2.1`, `2001:db8::/32`), as RT's IPAddress; `choices` takes several. */
  readonly type: 'text' | 'number' | 'yesno' | 'date' | 'choice' | 'choices' | 'address';
  /** What `choice` and `choices` may take. */
  readonly values: readonly string[];
  /** A regular expression a `text` must match as a whole; null for any. */
  readonly pattern: string | null;
  /** For `number`: the bounds, both inclusive. */
  readonly min: number | null;
  readonly max: number | null;
  /** The ticket cannot be resolved while it is empty. */
  readonly requiredToResolve: boolean;
}

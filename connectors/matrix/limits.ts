/** What Matrix and its homeservers take (spec.matrix.org/latest/client-server-api), in bytes unless it is said otherwise. */
export const limits = {
  /**
   * A whole event as the homeserver keeps it may take 65,536 ("Size limits"). Ours, for the content that Docket writes: what
   * the homeserver adds finds room beside it, and so does encryption, which makes four bytes of three.
   */
  content: 44_000,
  /** Ours: the plain twin of a message in an edit, for clients that know no edits. Characters. */
  editTwin: 300,
  /** Ours: reactions that Docket sets under one message. Each is an event that every client there is sent. */
  reactions: 8,
  /** Ours: of a button's label and of its command. Characters. */
  label: 60,
  command: 500,
  /** Ours: quotes in quotes, when a message is read. What is deeper stands in the last of them. */
  quotes: 5,
} as const;

/**
 * What Slack takes, in characters (UTF-16 units, which never count less than Slack does) unless it is said otherwise.
 * From the reference at docs.slack.dev: `block-kit/blocks/*`, `block-kit/block-elements/*`,
 * `block-kit/composition-objects/*`, `views/*` and `methods/chat.postMessage`; the others are marked.
 */
export const limits = {
  /** `chat.postMessage` cuts a longer text. */
  messageText: 40_000,
  /** Ours: what stands in a notification and is read out; Slack advises against more than 4,000. */
  fallback: 3_000,
  messageBlocks: 50,
  /**
   * All blocks of a message as JSON. Not documented: `msg_blocks_too_long` is seen from about 13,200 on, and with many
   * small elements from less (slackapi/bolt-js issues 2509 and 2867).
   */
  messageJson: 11_000,

  /** Not documented: ids of users are seen with 9 to 11 characters. */
  userId: 15,

  sectionText: 3_000,
  headerText: 150,
  blockId: 255,
  /** That of a button; not documented for links in rich text. */
  url: 3_000,

  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  /** Ours: the part of `messageJson` that the buttons of a message may take. */
  actionsJson: 6_000,
  overflowOptions: 5,
  selectOptions: 100,
  optionText: 75,
  /** The reference says 150 by now, the published types 75. */
  optionValue: 75,

  viewBlocks: 100,
  /** Title, submit and close of a modal. */
  viewTitle: 24,
  privateMetadata: 3_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputText: 3_000,
  /** Not documented: what `response_action: errors` shows below a field. */
  inputError: 300,
  /** All of a view as JSON: Slack documents 250 kB (`view_too_large`); ours, for people scroll no further. */
  viewJson: 60_000,
} as const;

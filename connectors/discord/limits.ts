/**
 * What Discord takes, in characters unless it is said otherwise (docs.discord.com/developers: components/reference,
 * resources/message, interactions). Characters are counted in UTF-16 units, which never count less than Discord does.
 */
export const limits = {
  /** All text displays of a message together. */
  messageText: 4_000,
  /** Digits of an id, at most. */
  snowflake: 20,
  customId: 100,
  buttonLabel: 80,
  rowButtons: 5,
  selectOptions: 25,
  optionLabel: 100,
  optionValue: 100,
  fileName: 100,

  /** The name and the value of what is offered for an option, and how many there can be. */
  choice: 100,
  choices: 25,

  modalTitle: 45,
  modalInputs: 5,
  inputLabel: 45,
  inputDescription: 100,
  inputText: 4_000,
} as const;

/** Bits of a message's `flags`. */
export const flag = {
  suppressEmbeds: 4,
  hasThread: 32,
  ephemeral: 64,
  loading: 128,
  silent: 4_096,
  v2: 32_768,
} as const;

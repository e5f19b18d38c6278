/** The first moment of Discord's ids. Milliseconds since 1970 (docs.discord.com/developers/reference, "Snowflakes"). */
const epoch = 1_420_070_400_000;

/** The smallest id of what was made after a moment (milliseconds since 1970). */
export function snowflakeAt(moment: number): bigint {
  return BigInt(Math.max(0, moment - epoch)) << 22n;
}

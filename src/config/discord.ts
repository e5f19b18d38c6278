import { z } from 'zod';

/** The secret of a Discord application's bot, and where Discord is. */
export interface DiscordEnvironment {
  readonly token: string;
  /** The only guild that Docket works in; null: every guild that its bot is in. */
  readonly guild: string | null;
  /** Discord's REST API without the version, where it is not Discord's own. */
  readonly apiUrl: string | null;
}

/** No message repeats a secret. */
export const discordVariables = {
  DISCORD_TOKEN: z
    .string()
    // Three parts of base64url, the first of them the bot's own id.
    .regex(/^[\w-]{10,}\.[\w-]+\.[\w-]{20,}$/, {
      error: 'is no bot token: three parts with points between them, at Bot, Reset Token, of the application',
    })
    .optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{15,20}$/, { error: 'is no id of a server: 15 to 20 digits, by Copy Server ID in developer mode' })
    .optional(),
  DISCORD_API_URL: z.url({ protocol: /^https?$/, error: 'is no address: https://discord.com/api' }).optional(),
};

type Read = z.infer<z.ZodObject<typeof discordVariables>>;

/** The settings of Discord; null where Discord is not used, or what is missing, as a sentence. */
export function discordEnvironment(read: Read): DiscordEnvironment | null | string {
  const { DISCORD_TOKEN: token, DISCORD_GUILD_ID: guild = null, DISCORD_API_URL: apiUrl } = read;
  if (token === undefined) {
    return guild === null
      ? null
      : 'DISCORD_TOKEN: is missing, though DISCORD_GUILD_ID is set. The server is nothing without the bot';
  }
  // Discord's own library joins addresses with a stroke of its own.
  return { token, guild, apiUrl: apiUrl?.replace(/\/+$/, '') ?? null };
}

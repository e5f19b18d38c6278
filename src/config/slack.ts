import { z } from 'zod';

/** The secrets of a Slack app, and where Slack is. One of `appToken` and `signingSecret` is there. */
export interface SlackEnvironment {
  readonly botToken: string;
  /** For Socket Mode. */
  readonly appToken: string | null;
  /** For events over HTTP. */
  readonly signingSecret: string | null;
  /** Slack's Web API, where it is not Slack's own. */
  readonly apiUrl: string | null;
  /** Milliseconds between two messages in a channel. */
  readonly messageInterval: number;
}

/** No message repeats a secret. */
export const slackVariables = {
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', {
      error: 'is no bot token: it begins with xoxb-, and stands at OAuth & Permissions of the app',
    })
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', { error: 'is no app token: it begins with xapp-, and stands at Basic Information of the app' })
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'is no address: https://slack.com/api/' }).optional(),
  SLACK_MESSAGE_INTERVAL: z.coerce
    .number({ error: 'is no number of milliseconds' })
    .int()
    .min(0)
    .max(60_000)
    .default(1_000),
};

type Read = z.infer<z.ZodObject<typeof slackVariables>>;

/** The settings of Slack; null where Slack is not used, or what is missing, as a sentence. */
export function slackEnvironment(read: Read): SlackEnvironment | null | string {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = read;
  if (botToken === undefined) {
    const lonely = appToken === undefined ? signingSecret && 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN';
    return lonely ? `SLACK_BOT_TOKEN: is missing, though ${lonely} is set. Slack takes both` : null;
  }
  if (appToken === undefined && signingSecret === undefined) {
    return 'SLACK_APP_TOKEN: is missing. Socket Mode takes it; events over HTTP take SLACK_SIGNING_SECRET instead';
  }
  return {
    botToken,
    appToken: appToken ?? null,
    signingSecret: signingSecret ?? null,
    // Slack's own library joins addresses by their end.
    apiUrl: read.SLACK_API_URL?.replace(/\/*$/, '/') ?? null,
    messageInterval: read.SLACK_MESSAGE_INTERVAL,
  };
}

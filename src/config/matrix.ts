import { z } from 'zod';

/** Where Docket's homeserver is, and how Docket signs in there. */
export interface MatrixEnvironment {
  readonly homeserverUrl: string;
  readonly login: { readonly accessToken: string } | { readonly user: string; readonly password: string };
  /** Proves to the homeserver that cross-signing keys are Docket's own; null where only a token is set. */
  readonly password: string | null;
  /** Opens the secret storage of an account whose identity another client made; null where none is set. */
  readonly recoveryKey: string | null;
  /**
   * Whose invitations are accepted: servers (`example.org`) and people (`@ada:example.org`). Empty: of everybody on
   * Docket's own server.
   */
  readonly inviters: readonly string[];
}

const server = String.raw`(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d+)?`;
const inviter = new RegExp(`^(?:@[^\\s:]+:)?${server}$`);

/** No message repeats a secret. */
export const matrixVariables = {
  MATRIX_HOMESERVER_URL: z.url({ protocol: /^https?$/, error: 'is no address: https://matrix.example.org' }).optional(),
  MATRIX_ACCESS_TOKEN: z.string().optional(),
  MATRIX_USER: z.string().optional(),
  MATRIX_PASSWORD: z.string().optional(),
  MATRIX_RECOVERY_KEY: z.string().max(1_000, { error: 'is longer than any recovery key' }).optional(),
  MATRIX_INVITERS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter((each) => each !== ''))
    .refine((list) => list.every((each) => inviter.test(each)), {
      error: 'is no list of servers and people: example.org, @ada:example.org',
    })
    .default([]),
};

type Read = z.infer<z.ZodObject<typeof matrixVariables>>;

/** The settings of Matrix; null where Matrix is not used, or what is missing, as a sentence. */
export function matrixEnvironment(read: Read): MatrixEnvironment | null | string {
  const { MATRIX_HOMESERVER_URL: homeserverUrl, MATRIX_ACCESS_TOKEN: accessToken } = read;
  const { MATRIX_USER: user, MATRIX_PASSWORD: password } = read;
  if (homeserverUrl === undefined) {
    const lonely = ['MATRIX_ACCESS_TOKEN', 'MATRIX_USER', 'MATRIX_PASSWORD', 'MATRIX_RECOVERY_KEY'].find(
      (name) => name in read,
    );
    return lonely === undefined ? null : `MATRIX_HOMESERVER_URL: is missing, though ${lonely} is set`;
  }
  const at = {
    homeserverUrl: homeserverUrl.replace(/\/+$/, ''),
    password: password ?? null,
    recoveryKey: read.MATRIX_RECOVERY_KEY ?? null,
    inviters: read.MATRIX_INVITERS,
  };
  if (accessToken !== undefined) return { ...at, login: { accessToken } };
  if (user !== undefined && password !== undefined) return { ...at, login: { user, password } };
  return 'MATRIX_ACCESS_TOKEN: is missing. Matrix takes it, or MATRIX_USER and MATRIX_PASSWORD instead';
}

import type { Failing } from '../store/administrators.ts';
import { checkConfig } from './check-config.ts';
import { printSchema } from './print-schema.ts';
import { printSlackManifest } from './slack-manifest.ts';
import type { Subcommand } from './subcommand.ts';

/**
 * All that `docket` can do, in the order in which help tells of it. What opens the database, or is large, is loaded only
 * when it is asked for, so that the others answer at once.
 */
export const subcommands: readonly Subcommand[] = [
  {
    name: 'start',
    takes: [],
    summary: 'Starts Docket, as `npm start` does.',
    run: async () => {
      // It starts by itself.
      await import('../main.ts');
      return 0;
    },
  },
  {
    name: 'config check',
    takes: ['[FILE]'],
    summary: 'Reads the configuration over and names every mistake with its line.',
    run: checkConfig,
  },
  {
    name: 'config schema',
    takes: [],
    summary: 'Prints the JSON Schema by which an editor completes and checks docket.yaml.',
    run: printSchema,
  },
  {
    name: 'sign-in',
    takes: ['PERSON'],
    summary: 'Prints a link by which a person signs in once. Docket has to be running.',
    run: async (person) => (await import('./sign-in.ts')).signIn(person),
  },
  {
    name: 'sign-out',
    takes: ['[PERSON]'],
    options: ['all'],
    summary: 'Ends the sessions of a person, or of everybody, and voids their unused sign-in links.',
    run: async (person, all) => (await import('./sign-out.ts')).signPeopleOut(person, all),
  },
  ...failureSubcommands('inbox', 'messages and commands that Docket failed to process'),
  ...failureSubcommands('deliveries', 'messages that a platform refused for good'),
  {
    name: 'forget-secrets',
    takes: [],
    summary: 'Forgets the encrypted secrets of a key that was lost: Docket signs in to Matrix as a new device.',
    run: async () => (await import('./forget-secrets.ts')).forget(),
  },
  {
    name: 'slack manifest',
    takes: [],
    options: ['url'],
    summary: 'Prints the manifest of the Slack app: for Socket Mode, or for events over HTTP to URL.',
    run: printSlackManifest,
  },
  {
    name: 'discord invite',
    takes: ['[APPLICATION]'],
    summary: 'Prints the link by which an administrator of a Discord server invites the bot.',
    run: async (application) => (await import('./discord-invite.ts')).printDiscordInvite(application),
  },
];

/** The subcommands `WHAT failed`, `WHAT retry` and `WHAT drop`. */
function failureSubcommands(what: Failing, things: string): readonly Subcommand[] {
  const load = () => import('./failures.ts');
  return [
    {
      name: `${what} failed`,
      takes: [],
      summary: `Lists ${things}, with the reasons.`,
      run: async () => (await load()).listFailures(what),
    },
    {
      name: `${what} retry`,
      takes: ['[ID]'],
      options: ['all'],
      summary: 'Tries one of these again, or all of them.',
      run: async (id, all) => (await load()).settleFailures(what, 'retry', id, all),
    },
    {
      name: `${what} drop`,
      takes: ['[ID]'],
      options: ['all'],
      summary: 'Gives up one of these, or all of them.',
      run: async (id, all) => (await load()).settleFailures(what, 'drop', id, all),
    },
  ];
}

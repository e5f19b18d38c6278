import { Routes } from 'discord.js';
import { z } from 'zod';
import { type Connector, type Door, TryLater } from '../connector.ts';
import { Errands } from '../errands.ts';
import { Turns } from '../turns.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { answerIn } from './answering.ts';
import { Api } from './api.ts';
import { Channels } from './channels.ts';
import { checkUp } from './checkup.ts';
import type { Discord } from './discord.ts';
import { fits } from './drawing.ts';
import { enrich } from './enrich.ts';
import { download } from './files.ts';
import { listen } from './gateway.ts';
import { joinedGuilds, learnGuilds } from './guilds.ts';
import { hearing } from './hear.ts';
import { Intents, intentTroubles, switchedOn } from './intents.ts';
import type { DiscordOptions } from './options.ts';
import { People } from './people.ts';
import { platform } from './platform.ts';
import { edit, post } from './posting.ts';
import { register } from './registration.ts';
import { Roles } from './roles.ts';

/** How long to wait before Discord is tried again, where it could not be reached at the start. Milliseconds. */
const retryMs = 5_000;

interface Connected {
  readonly discord: Discord;
  /** Ends listening here; another process goes on. */
  readonly stopListening: () => Promise<void>;
}

const applicationShape = z.object({ id: z.string(), flags: z.int().default(0) });
const namedById = z.object({ id: z.string() });

/**
 * Discord. It connects as soon as Discord can be reached; until then, what is to be told waits. Every process on the database
 * speaks; one of them listens.
 */
export function discordConnector(options: DiscordOptions): Connector {
  const { settings, log } = options;
  let connected: Connected | null = null;
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;

  function now(): Discord {
    if (connected === null) throw new TryLater('Docket is not connected to Discord', null);
    return connected.discord;
  }

  /** Connects; where Discord cannot be reached, or does not take the token, it is tried again in a while. */
  async function connect(door: Door): Promise<void> {
    try {
      connected = await open(door);
      if (stopped) await connected.stopListening();
    } catch (error) {
      log.error({ err: error }, 'Discord cannot be connected to; it is tried again');
      if (!stopped) retry = setTimeout(() => void connect(door), retryMs);
    }
  }

  async function open(door: Door): Promise<Connected> {
    const api = new Api(settings.token, settings.apiUrl);
    const nowhere = { guild: null, channel: null };
    const app = await api.call(nowhere, applicationShape, (rest) => rest.get(Routes.currentApplication()));
    const bot = await api.call(nowhere, namedById, (rest) => rest.get(Routes.user()));
    const guilds = new Set<string>();
    const roles = new Roles(api, door);
    const errands = new Errands(log);
    for (const guild of await guildsAtFirst(api)) guilds.add(guild);
    const wants = await Promise.all([...guilds].map((guild) => roles.wanted(guild)));
    const intents = new Intents(api, switchedOn(app.flags), wants.includes(true));
    const discord: Discord = {
      app: app.id,
      bot: bot.id,
      api,
      channels: new Channels(api),
      people: new People(api, () => [...guilds]),
      roles,
      acknowledgements: new Acknowledgements(api, (error) =>
        log.info({ why: error instanceof Error ? error.message : error }, 'an interaction was not answered in time'),
      ),
      turns: new Turns(),
      guilds,
      intents,
      errands,
      door,
      options,
      log,
    };
    for (const trouble of intentTroubles(intents.used, intents.wantsMembers)) log.warn(trouble);
    errands.run('check the channels', '', async () => {
      for (const trouble of await checkUp(discord)) log.warn(trouble);
    });
    // Without its commands Docket still hears messages, buttons and direct conversations.
    errands.until('register the commands with Discord', () => register(discord));
    const hear = hearing(discord);
    const stopListening = options.alone('discord gateway', (signal) =>
      listen({ api, options, intents, goOn: () => learnGuilds(discord), hear }, signal),
    );
    return { discord, stopListening };
  }

  /** Where Discord does not list them, the gateway tells of each. */
  async function guildsAtFirst(api: Api): Promise<readonly string[]> {
    try {
      return await joinedGuilds({ api, options });
    } catch (error) {
      if (error instanceof TryLater) throw error;
      log.warn({ err: error }, 'Discord does not list the servers that the bot is in');
      return [...new Set(options.channels.map(({ workspace }) => workspace))];
    }
  }

  return {
    platform,
    capabilities: { buttons: true, forms: true, privateNotices: true, threads: true, edits: true },
    start: (door) => connect(door),
    async stop() {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      await connected?.stopListening();
      connected?.discord.acknowledgements.stop();
      connected?.discord.errands.stop();
    },
    post: (to, view, key, again) => post(now(), to, view, key, again),
    fits: (line) => fits(options.ticketUrl, line),
    edit: (to, message, view) => edit(now(), to, message, view),
    enrich: (inbound) => enrich(now(), inbound),
    answer: (inbound, answer) => answerIn(now(), inbound, answer),
    direct: (workspace, person) => now().people.direct(workspace, person),
    fetchFile: (ref) => download(now(), ref),
  };
}

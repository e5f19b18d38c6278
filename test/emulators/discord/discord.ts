import { Administrator } from './administrator.ts';
import { Attachments } from './attachments.ts';
import { Client } from './client.ts';
import { Commands } from './commands.ts';
import type { Call, Core } from './core.ts';
import { dispatchesOf } from './dispatches.ts';
import { Faults, type Trouble } from './faults.ts';
import { applicationFlags, Gateway } from './gateway.ts';
import { Interactions } from './interactions.ts';
import { Nonces } from './nonces.ts';
import { type DiscordOptions, furnished } from './options.ts';
import { Rates } from './rates.ts';
import { DiscordServer } from './server.ts';
import { Sessions } from './sessions.ts';
import type { Channel, Message } from './shapes.ts';
import type { World } from './world.ts';

/** Starts Discord's side on loopback. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const discord = new Discord(options);
  await discord.server.open();
  return discord;
}

/** Discord's side: who is there, the servers that an application talks to, and what can go wrong with them. */
export class Discord {
  readonly world: World;
  readonly core: Core;
  readonly gateway: Gateway;
  readonly server: DiscordServer;
  /** Whoever runs the guilds. */
  readonly administrator: Administrator;
  readonly #clients = new Map<string, Client>();

  constructor(options: DiscordOptions) {
    const { now = Date.now, patience = 3_000, heartbeat = 41_250, sessionStarts = 1_000 } = options;
    const baseUrl = () => this.server.url;
    this.world = furnished(options);
    this.gateway = new Gateway(() => this.core, heartbeat);
    this.server = new DiscordServer(
      () => this.core,
      () => this.gateway,
    );
    this.core = {
      ...{ world: this.world, baseUrl },
      token: { valid: true, value: tokenOf(this.world.app) },
      privileged: new Set(options.privileged ?? ['GuildMembers', 'GuildPresences', 'MessageContent']),
      sessions: new Sessions(sessionStarts),
      commands: new Commands(),
      interactions: new Interactions(this.world, patience),
      attachments: new Attachments(now, baseUrl),
      nonces: new Nonces(now),
      rates: new Rates(),
      faults: new Faults(),
      ...{ calls: [], violations: [] },
    };
    this.administrator = new Administrator(this.core);
    this.world.onHappening((happening) => {
      for (const dispatch of dispatchesOf(this.core, happening)) this.core.sessions.dispatch(dispatch);
    });
    // Everybody's client is on from the start, so that it holds all that they were ever sent.
    for (const { id, bot } of this.world.users.values()) if (!bot) this.#clients.set(id, new Client(this.core, id));
  }

  /** Where the API is, without its version: `http://127.0.0.1:PORT/api`. */
  get apiUrl(): string {
    return `${this.server.url}/api`;
  }

  get token(): string {
    return this.core.token.value;
  }

  get applicationId(): string {
    return this.world.app;
  }

  /** Somebody's client, by user id. */
  client(user: string): Client {
    const client = this.#clients.get(user);
    if (client === undefined) throw new Error(`there is nobody ${user}`);
    return client;
  }

  /** Every request so far, oldest first. */
  get calls(): readonly Call[] {
    return this.core.calls;
  }

  /** The requests that Discord counts against an application: 10,000 of them in ten minutes, and it is shut out. */
  get invalidRequests(): readonly Call[] {
    return this.calls.filter(({ status }) => status === 401 || status === 403 || status === 404 || status === 429);
  }

  /** What the application did that Discord's published description has no room for; empty where all was well. */
  get violations(): readonly string[] {
    return this.core.violations;
  }

  channel(id: string): Channel {
    return this.world.channel(id);
  }

  /** What the bot has posted in a channel or thread, oldest first. */
  posted(channel: string): readonly Message[] {
    return this.world.history(channel).filter(({ author }) => author === this.world.app);
  }

  /** Who was called by the bot, oldest first: user ids, `@ROLE`, `@everyone`. */
  pings(): readonly string[] {
    const all = [...this.world.messages.values()].filter(({ author }) => author === this.world.app);
    return all.flatMap(({ pings }) => pings);
  }

  /** Resolves when the application listens at the gateway. */
  listening(): Promise<void> {
    return this.core.sessions.listening();
  }

  /** Resolves when the application was told of all that has happened so far. */
  async told(): Promise<void> {
    await Promise.all(this.core.sessions.connected.map((session) => session.arrived()));
  }

  /** Resolves when the application has registered commands. */
  registered(): Promise<void> {
    return this.core.commands.registered();
  }

  /** Discord is away: it refuses connections. */
  async down(): Promise<void> {
    await this.server.close();
  }

  async up(): Promise<void> {
    await this.server.open();
  }

  /** Requests run into trouble: 429 or 5xx, as often as it is said. */
  trouble(trouble: Trouble): void {
    this.core.faults.add(trouble);
  }

  /** Requests (`GET /users/1`) wait until they are released. `arrived` resolves when one of them waits. */
  hold(what: RegExp): ReturnType<Faults['hold']> {
    return this.core.faults.hold(what);
  }

  /** No more trouble. */
  calm(): void {
    this.core.faults.clear();
  }

  /**
   * The next such request (`POST`, a pattern of its path) is done, but its answer never comes: it is held for good, or the
   * connection is cut. Resolves as soon as it is done.
   */
  loseAnswer(method: string, path: RegExp, how: 'hold' | 'cut' = 'hold'): Promise<void> {
    return this.core.faults.loseAnswer(method, path, how);
  }

  /** Requests are limited by buckets, and all together to 50 a second. */
  limitRates(on = true): void {
    this.core.rates.on = on;
  }

  revokeToken(): void {
    this.core.token.valid = false;
    this.gateway.drop(4_004);
  }

  restoreToken(): void {
    this.core.token.valid = true;
  }

  /** A privileged intent is switched on for the application, or off: its next session is refused with it. */
  switchIntent(name: 'GuildMembers' | 'GuildPresences' | 'MessageContent', on: boolean): void {
    if (on) this.core.privileged.add(name);
    else this.core.privileged.delete(name);
  }

  /** The flags of the application go on saying what they say now, whatever is switched on or off. */
  freezeFlags(): void {
    this.core.flags = applicationFlags(this.core);
  }

  /** The application is told once more of what it was told last. */
  redeliverLast(): void {
    const last = this.core.sessions.sent.at(-1);
    last?.session.again(last.frame);
  }

  async stop(): Promise<void> {
    this.core.interactions.stop();
    await this.server.close();
  }
}

/** A token as Discord makes them: the bot's id, a moment, and what nobody can guess. */
function tokenOf(app: string): string {
  return `${Buffer.from(app).toString('base64url')}.EmuLtd.${'e'.repeat(38)}`;
}

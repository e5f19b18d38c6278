import { setTimeout } from 'node:timers/promises';
import { Client } from './client.ts';
import type { Call, Core } from './core.ts';
import { Deliveries, type Delivery, type Outcome } from './deliveries.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { furnished, type SlackOptions } from './options.ts';
import { pingsIn } from './pings.ts';
import { Rates } from './rates.ts';
import { ResponseUrls } from './response-urls.ts';
import { everyScope } from './scopes.ts';
import { SlackServer } from './server.ts';
import type { Channel, Message } from './shapes.ts';
import { HttpLine } from './signed-requests.ts';
import { SocketLine } from './sockets.ts';
import { Tokens } from './tokens.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';
import { bot, type Workspace } from './workspace.ts';

/** Starts Slack's side on loopback. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const slack = new Slack(options);
  await slack.server.open();
  return slack;
}

/** How long Slack goes on using the sockets that it wants back, and how long it then waits for what they still bring. */
interface Refresh {
  readonly used: () => Promise<unknown>;
  readonly answered: () => Promise<unknown>;
}

const moment = () => setTimeout(100, undefined, { ref: false });

/** Slack's side: a workspace, the servers that an app talks to, and what can go wrong with them. */
export class Slack {
  readonly signingSecret = 'emulated-signing-secret';
  readonly workspace: Workspace;
  readonly events: Events;
  readonly server = new SlackServer(() => this.core);
  readonly core: Core;
  readonly #http: HttpLine;
  readonly #clients = new Map<string, Client>();

  constructor(options: SlackOptions) {
    const {
      now = Date.now,
      patience = 3_000,
      opening = 0,
      retries = [0, 60_000, 300_000],
      scopes = everyScope,
    } = options;
    const baseUrl = () => this.server.url;
    this.workspace = furnished(options);
    this.#http = new HttpLine(this.signingSecret, patience, now);
    const sockets = new SocketLine(patience, opening);
    this.core = {
      ...{ workspace: this.workspace, baseUrl, sockets },
      tokens: new Tokens('xoxb-emulated', 'xapp-emulated', new Set(scopes)),
      triggers: new Triggers(now, patience),
      responseUrls: new ResponseUrls(now, baseUrl),
      views: new Views(this.workspace),
      deliveries: new Deliveries(options.mode === 'http' ? this.#http : sockets, retries),
      rates: new Rates(now),
      faults: new Faults(),
      ...{ unfurlDomains: options.unfurlDomains ?? [], composed: new Map(), calls: [], violations: [] },
    };
    this.events = new Events(this.core, options.events === undefined ? null : new Set(options.events));
    this.workspace.onHappening((happening) => this.events.hear(happening));
    // Everybody's client is on from the start, so that it holds all that they were ever sent.
    for (const { id } of this.workspace.people.values()) this.#clients.set(id, new Client(this.core, this.events, id));
  }

  /** Where the Web API is: `http://127.0.0.1:PORT/api/`. */
  get apiUrl(): string {
    return `${this.server.url}/api/`;
  }

  get botToken(): string {
    return this.core.tokens.bot;
  }

  get appToken(): string {
    return this.core.tokens.app;
  }

  /** Somebody's client, by user id. */
  client(user: string): Client {
    const client = this.#clients.get(user);
    if (client === undefined) throw new Error(`there is nobody ${user}`);
    return client;
  }

  /** Every call of the Web API so far, oldest first. */
  get calls(): readonly Call[] {
    return this.core.calls;
  }

  /** What the app did that Slack's published description has no room for; empty where all was well. */
  get violations(): readonly string[] {
    return this.core.violations;
  }

  /** All that was sent to the app, oldest first, and what became of it. */
  get deliveries(): readonly Delivery[] {
    return this.core.deliveries.all;
  }

  channel(id: string): Channel {
    const channel = this.workspace.channels.get(id);
    if (channel === undefined) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  /** What the bot has posted in a channel, oldest first. */
  posted(channel: string): readonly Message[] {
    return [...this.channel(channel).messages.values()].filter(({ user }) => user === bot.user);
  }

  /** Who was called by messages of the bot, as they stand now. */
  pings(): readonly string[] {
    return [...this.workspace.channels.keys()].flatMap((id) => this.posted(id).flatMap(pingsIn));
  }

  /** Where events are posted in the mode `http`. */
  postEventsTo(url: string): void {
    this.#http.url = url;
  }

  /** Whether the address answers as Slack wants it before it takes it. */
  verifyUrl(): Promise<boolean> {
    return this.#http.verified();
  }

  /** Resolves when the app has a socket open. */
  connected(): Promise<void> {
    return this.core.sockets.connected();
  }

  /**
   * Slack warns that it wants its sockets back, asks for them when `used` is over, and closes them when `answered` is, a
   * moment later each unless it is said otherwise. Resolves when they are closed.
   */
  refreshSockets({ used = moment, answered = moment }: Partial<Refresh> = {}): Promise<void> {
    return this.core.sockets.refresh(used, answered);
  }

  /** Sockets break. */
  dropSockets(): void {
    this.core.sockets.drop();
  }

  /** Slack is away: it refuses connections, or answers everything with this status. */
  async down(how: 'refuse' | 500 | 429): Promise<void> {
    this.core.faults.down = how;
    if (how !== 'refuse') return this.server.open();
    this.core.sockets.drop();
    await this.server.close();
  }

  async up(): Promise<void> {
    this.core.faults.down = null;
    await this.server.open();
  }

  /**
   * The next call of a method is done, but the app never hears of it: the connection is cut. Resolves as soon as it is
   * done.
   */
  hangAfter(method: string): Promise<void> {
    return this.core.faults.hangAfter(method);
  }

  /** So many of the next requests for a file are answered with this status. */
  failFiles(status: number, times = 1): void {
    this.core.faults.failFiles(status, times);
  }

  /** Calls of a method wait for their answer until they are released. `arrived` resolves when one of them waits. */
  hold(method: string): ReturnType<Faults['hold']> {
    return this.core.faults.hold(method);
  }

  /** Calls of a method are refused, with a code of Slack's or an HTTP status: so many of them, or until `allow`. */
  refuse(...how: Parameters<Faults['refuse']>): void {
    this.core.faults.refuse(...how);
  }

  /** Calls of a method, or of all, are answered again. */
  allow(method?: string): void {
    this.core.faults.allow(method);
  }

  /** The app loses a scope, or is granted it. */
  grant(scope: string, granted = true): void {
    if (granted) this.core.tokens.scopes.add(scope);
    else this.core.tokens.scopes.delete(scope);
  }

  /** The workspace's plan has no user groups (any more). */
  withoutUserGroups(): void {
    for (const method of ['usergroups.list', 'usergroups.users.list']) this.refuse(method, 'plan_upgrade_required');
  }

  /** Posts are limited to one a second for each channel, and with `tiers` all other methods to so many a minute. */
  limitRates({ tiers = false } = {}): void {
    this.core.rates.posts = true;
    this.core.rates.tiers = tiers;
  }

  /** The next call of a method is answered 429, and asked to wait for so many seconds. */
  askToWait(method: string, seconds: number): void {
    this.core.rates.askToWait(method, seconds);
  }

  revokeToken(): void {
    this.core.tokens.revoke();
  }

  restoreToken(): void {
    this.core.tokens.restore();
  }

  archive(channel: string, archived = true): void {
    this.workspace.archive(this.channel(channel), archived, 'USLACKBOT');
  }

  /** Somebody joins a channel, or leaves it; the bot, unless it is said otherwise. */
  invite(channel: string, user: string = bot.user): void {
    this.workspace.member(this.channel(channel), user, true);
  }

  kick(channel: string, user: string = bot.user): void {
    this.workspace.member(this.channel(channel), user, false);
  }

  /** A message goes, as by an administrator's hand. */
  remove(channel: string, ts: string): void {
    const place = this.channel(channel);
    this.workspace.delete(place, this.workspace.message(place, ts), 'USLACKBOT');
  }

  rename(user: string, realName: string): void {
    const person = { ...this.workspace.person(user), realName, displayName: realName };
    this.workspace.people.set(user, person);
    this.workspace.tell({ kind: 'person', person });
  }

  /** Puts other people in a user group; makes it where there is none. */
  regroup(id: string, users: readonly string[]): void {
    const group = this.workspace.groups.get(id) ?? { id, handle: id, name: id, users: [] };
    const how = this.workspace.groups.has(id) ? 'members_changed' : 'created';
    group.users = users;
    this.workspace.groups.set(id, group);
    this.workspace.tell({ kind: 'group', group, how });
  }

  /** The app is told once more of what it was told last, as when its acknowledgement was lost. */
  async redeliverLast(): Promise<Outcome | null> {
    const last = this.deliveries.at(-1);
    return last === undefined ? null : this.core.deliveries.again(last);
  }

  async stop(): Promise<void> {
    this.core.deliveries.stop();
    this.core.sockets.stop();
    this.#http.stop();
    await this.server.close();
  }
}

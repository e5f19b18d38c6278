import type { Arguments } from './arguments.ts';
import { checkArguments } from './content.ts';
import type { Core } from './core.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { peopleMethods } from './methods/people.ts';
import { reactionMethods } from './methods/reactions.ts';
import { viewMethods } from './methods/views.ts';
import { Refusal } from './refusal.ts';
import { neededFor, scopeOf } from './scopes.ts';
import type { Json } from './shapes.ts';
import { bot } from './workspace.ts';

/** A method of the Web API: what it answers beside `ok`. Throws a `Refusal` where Slack says no. */
export type Method = (core: Core, args: Arguments) => Json;

const methods: Readonly<Record<string, Method>> = {
  'auth.test': ({ workspace, baseUrl }) => ({
    ...{ url: `${baseUrl()}/`, team: workspace.domain, user: bot.name, is_enterprise_install: false },
    ...{ team_id: workspace.team, user_id: bot.user, bot_id: bot.id, app_id: bot.app },
  }),
  'apps.connections.open': ({ sockets, baseUrl }) => ({
    url: `${baseUrl().replace('http', 'ws')}/link?ticket=${sockets.ticket()}&app_id=${bot.app}`,
  }),
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...reactionMethods,
  ...viewMethods,
};

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Answers a call of the Web API, and keeps it for those who look. */
export function answerCall(core: Core, method: string, token: string, args: Arguments): Answer {
  const answer = answered(core, method, token, args);
  core.calls.push({ at: core.workspace.now(), method, arguments: args.all, answer: answer.body });
  return answer;
}

function answered(core: Core, method: string, token: string, args: Arguments): Answer {
  const headers = { 'x-oauth-scopes': [...core.tokens.scopes].join(',') };
  try {
    const run = methods[method];
    if (run === undefined) throw new Refusal('unknown_method', { req_method: method });
    core.tokens.check(token, method);
    const refused = core.faults.refusal(method, args);
    if (typeof refused === 'string') throw new Refusal(refused, moreOf(refused, method));
    if (refused !== null) return failed(refused.status, refused.seconds);
    const wait = core.rates.take(method, args.text('channel'));
    if (wait !== null) return rateLimited(wait);
    if (method !== 'apps.connections.open') core.tokens.need(scopesFor(core, method, args));
    checkArguments(core, method, args.all);
    return { status: 200, headers, body: { ok: true, ...run(core, args) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 200, headers, body: { ok: false, error: error.code, ...error.more } };
  }
}

/** What an answer says beside its error. */
function moreOf(code: string, method: string): Json {
  return code === 'missing_scope' ? { needed: (neededFor[method] ?? []).join(','), provided: 'none' } : {};
}

function failed(status: number, seconds: number | undefined): Answer {
  return status === 429 ? rateLimited(seconds ?? 1) : { status, headers: {}, body: {} };
}

export function rateLimited(seconds: number): Answer {
  return { status: 429, headers: { 'retry-after': `${seconds}` }, body: { ok: false, error: 'ratelimited' } };
}

function scopesFor({ workspace }: Core, method: string, args: Arguments): readonly string[] {
  return (neededFor[method] ?? []).map((scope) => {
    if (scope !== 'history' && scope !== 'read') return scope;
    const channel = workspace.channels.get(args.text('channel'));
    return channel === undefined ? `channels:${scope}` : scopeOf(channel, scope);
  });
}

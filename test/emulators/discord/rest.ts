import type { IncomingMessage } from 'node:http';
import type { Core } from './core.ts';
import { requestFaults } from './description.ts';
import type { Trouble } from './faults.ts';
import { invalidForm, Refusal, refusals } from './refusal.ts';
import { type Ask, readBody } from './request.ts';
import { Answered } from './route.ts';
import { type Found, findRoute } from './routing.ts';
import { recordOf } from './shapes.ts';

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly body: unknown;
}

/** Routes that the token of an interaction opens, in place of the bot's own. */
const openRoutes = /^\/(interactions|webhooks)\/\{/;

/** Answers a request of the application: `/channels/1`, the version left out. */
export async function answerRequest(
  core: Core,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<Answer> {
  const method = request.method ?? 'GET';
  const { body, files } = await readBody(request);
  await core.faults.delay(method, path);
  const found = findRoute(method, path);
  const answer = await answered(core, request, method, path, found, {
    core,
    path: found?.path ?? {},
    query,
    body,
    files,
  });
  const { status, body: said } = answer;
  core.calls.push({ method, path, route: found?.template ?? null, body: recordOf(body), status, answer: said });
  return answer;
}

async function answered(
  core: Core,
  request: IncomingMessage,
  method: string,
  path: string,
  found: Found | null,
  ask: Ask,
): Promise<Answer> {
  const trouble = core.faults.meets(method, path);
  if (trouble !== null) return troubled(trouble);
  if (found === null) return refused(refusals.notFound(), {});
  const open = openRoutes.test(found.template);
  if (!open && !authorized(core, request)) return refused(refusals.unauthorized(), {});
  const major = ask.path['channel_id'] ?? ask.path['guild_id'] ?? ask.path['webhook_id'] ?? '';
  const { headers, wait, global } = core.rates.take(method, found.template, major);
  if (wait !== null) return limited(wait / 1_000, global, headers);
  const faults = requestFaults(method, found.template, ask.body, ask.query);
  if (faults.length > 0) {
    core.violations.push(`${method} ${path}: ${faults.join('; ')}: ${JSON.stringify(ask.body)}`);
    const all = faults.map((message) => ({ path: [], code: 'NOT_AS_DESCRIBED', message }));
    return refused(invalidForm(all), headers);
  }
  try {
    const done = await found.route(ask);
    if (done instanceof Answered) return { status: done.status, headers, body: done.body };
    return { status: done === null ? 204 : 200, headers, body: done };
  } catch (error) {
    if (error instanceof Refusal) return refused(error, headers);
    throw error;
  }
}

function authorized({ token }: Core, request: IncomingMessage): boolean {
  return token.valid && request.headers.authorization === `Bot ${token.value}`;
}

function refused({ status, code, message, more }: Refusal, headers: Answer['headers']): Answer {
  return { status, headers, body: { message, code, ...more } };
}

function troubled({ status, retryAfter = 1, global = false, code = 0, message }: Trouble): Answer {
  if (status === 429) return limited(retryAfter, global, global ? { 'x-ratelimit-global': 'true' } : {});
  return { status, headers: {}, body: { message: message ?? `${status}: Internal Server Error`, code } };
}

/** @param seconds to wait */
function limited(seconds: number, global: boolean, headers: Answer['headers']): Answer {
  const scope = { 'x-ratelimit-scope': global ? 'global' : 'user', 'retry-after': `${Math.ceil(seconds)}` };
  const body = { message: 'You are being rate limited.', retry_after: seconds, global };
  return { status: 429, headers: { ...headers, ...scope }, body };
}

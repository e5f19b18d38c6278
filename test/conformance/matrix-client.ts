import type { Wire } from '../matrix/wire.ts';
import { MatrixError } from '../synapse/call.ts';
import type { Client } from '../synapse/client.ts';
import type { Content, RoomEvent } from '../synapse/events.ts';
import {
  askedFor,
  buttonsOf,
  messagesIn,
  type Shown,
  shownButtons,
  shownCard,
  shownForm,
  shownLines,
  shownText,
} from './matrix-shown.ts';
import type { MatrixWorld } from './matrix-world.ts';
import type { Form, Message, Ref, User, Where } from './user.ts';

/** Somebody of the configuration at their Matrix client. What they do is done when Docket has heard of it. */
export async function matrixUser({ bot, people, rooms }: MatrixWorld, wire: Wire, handle: string): Promise<User> {
  const client = people.get(handle);
  if (client === undefined) throw new Error(`there is no ${handle}`);
  const direct = await client.createRoom({
    ...{ preset: 'trusted_private_chat', is_direct: true, invite: [bot.userId] },
  });
  await client.until(() => client.state(direct, 'm.room.member', bot.userId)?.['membership'] === 'join');
  const refusals: Message[] = [];
  const notices = new Map<string, Message>();
  /** By the message that asks them, for the first time or again. */
  const forms = new Map<string, Form>();
  /** What they have answered in the thread of a form, or were about to, by its root. */
  const given = new Map<string, Readonly<Record<string, string>>>();
  let last = '';

  const roomOf = (where: Where): string => (where === 'direct' ? direct : (rooms.get(where) ?? ''));

  /** The whole of a room by now: all that stood there when it was asked for has been told to the client. */
  async function timeline(where: Where): Promise<readonly RoomEvent[]> {
    await at(client).caughtUp(roomOf(where));
    return at(client).timeline(roomOf(where));
  }

  function shown(where: Where, message: Shown): Message {
    const { event, content, edited, thread, reactions } = message;
    const text = shownText(content);
    const own = content['msgtype'] === 'm.file' ? [String(content['filename'])] : [];
    return {
      ...{ where, id: event.event_id, root: thread === null ? null : { where, id: thread } },
      author: event.sender === bot.userId ? 'Docket' : (nameOf(event.sender) ?? event.sender),
      ...{ text, edited, locked: text.startsWith('🔒') },
      files: [...own, ...[...text.matchAll(/📎 (.+) \(\d[\d.]* k?M?B\)/g)].map(([, name = '']) => name)],
      reactions: [...new Set(reactions.map(({ sign }) => sign))],
      buttons: [...buttonsOf(content).values(), ...shownButtons(content, 'More').values()],
      card: event.sender === bot.userId ? shownCard(content) : null,
    };
  }

  function nameOf(user: string): string | undefined {
    const room = rooms.get('lobby') ?? '';
    return client?.state(room, 'm.room.member', user)?.['displayname'] as string | undefined;
  }

  /** Does something, and waits until Docket has heard of it. */
  async function done(event: Promise<string>): Promise<string> {
    last = await event;
    await wire.heard(last);
    return last;
  }

  async function say(where: Where, text: string, thread: Ref | undefined, more: Content = {}): Promise<Ref> {
    try {
      const threaded = thread === undefined ? {} : { thread: thread.id };
      // Homeservers take neither: clients send what stands for what cannot be shown.
      const sendable = text.toWellFormed().replaceAll('\0', '\uFFFD');
      return { where, id: await done(at(client).say(roomOf(where), sendable, { ...threaded, ...more })) };
    } catch (error) {
      if (!(error instanceof MatrixError) || error.code !== 'M_TOO_LARGE') throw error;
      refusals.push(refusal('Your message has more characters than Matrix takes.'));
      return { where, id: '' };
    }
  }

  async function sendFiles(where: Where, text: string, thread: Ref | undefined, files: readonly Upload[]) {
    let first: Ref | null = null;
    for (const [nth, { name, content }] of files.entries()) {
      const bytes = Buffer.from(content);
      const url = await at(client).upload(name, bytes, 'text/plain');
      const sent = await say(where, nth === 0 && text !== '' ? text : name, thread, {
        ...{ msgtype: 'm.file', filename: name, url, info: { size: bytes.length, mimetype: 'text/plain' } },
      });
      first ??= sent;
    }
    return first ?? say(where, text, thread);
  }

  /** The messages of the direct conversation that they were told of so far. */
  function told(): readonly Shown[] {
    return messagesIn(at(client).timeline(direct)).filter(({ event }) => event.sender === bot.userId);
  }

  function formOf(asking: Shown): Form {
    const id = asking.event.event_id;
    const form = forms.get(id) ?? (asking.thread === null ? shownForm(asking.content) : askedAgain(asking));
    forms.set(id, form);
    return form;
  }

  /** The form of a thread with what is wrong with an answer, and with all that they wrote in it. */
  function askedAgain({ content, thread }: Shown): Form {
    const root = told().find(({ event }) => event.event_id === thread);
    const { title, inputs } = shownForm(root?.content ?? {});
    const answers = given.get(thread ?? '') ?? {};
    const label = askedFor(content, { title, inputs });
    const error = shownLines(content).find((line) => line.startsWith('❓ ')) ?? '';
    return {
      title,
      inputs: inputs.map((input) => ({
        ...input,
        value: answers[input.label] || input.value,
        error: input.label === label ? error.slice(2).trim() : '',
      })),
    };
  }

  /** A message that asks a form: the one that it begins with, or one in its thread that asks again for what was wrong. */
  const isForm = ({ event, thread, content }: Shown) =>
    event.content['org.docket.form'] !== undefined &&
    (thread === null || shownLines(content).some((line) => line.startsWith('❓ ')));
  const inThread = (root: string) => told().filter(({ event, thread }) => event.event_id === root || thread === root);

  /** Whether Docket has said what came of a form, or asks it again. */
  const answered = (event: string): boolean =>
    told().some(({ event: { content } }) => {
      const form = content['org.docket.form'] as { readonly after: string } | undefined;
      return content['org.docket.answers'] === event || form?.after === `asked ${event}`;
    });

  async function submit(form: Form, answers: Readonly<Record<string, string>>): Promise<void> {
    const [asking] = [...forms].find(([, each]) => each === form) ?? [];
    const root = told().find(({ event }) => event.event_id === asking)?.thread ?? asking;
    if (root === undefined) throw new Error(`the form “${form.title}” was not asked`);
    const before = forms.size;
    const all = { ...given.get(root), ...answers };
    given.set(root, all);
    const asked = new Set<string>();
    for (let seen = 0; ; ) {
      // What was wrong is asked again at once.
      for (const each of told().filter(isForm)) formOf(each);
      if (forms.size > before) return;
      const messages = inThread(root).filter(({ event }) => event.content['org.docket.form'] !== undefined);
      const label = askedFor(messages.at(-1)?.content ?? {}, form);
      if (label === null || asked.has(label)) return void (await at(client).until(() => answered(last)));
      asked.add(label);
      seen = messages.length;
      await say('direct', all[label] || '-', { where: 'direct', id: root });
      await at(client).until(
        () => inThread(root).filter(({ event }) => event.content['org.docket.form'] !== undefined).length > seen,
      );
    }
  }

  async function press({ where, id }: Message, label: string): Promise<void> {
    const find = async () => messagesIn(await timeline(where)).find(({ event }) => event.event_id === id);
    const inSight = shownButtons((await find())?.content ?? {}, 'React');
    const others = shownButtons((await find())?.content ?? {}, 'More');
    const [sign] =
      [...inSight, ...others, ...buttonsOf((await find())?.content ?? {})].find(([, each]) => each === label) ?? [];
    if (sign === undefined) throw new Error(`there is no button ${label}`);
    let message = await find();
    for (let tries = 0; inSight.has(sign) && tries < 100; tries++) {
      if (message?.reactions.some((each) => each.by === bot.userId && each.sign === sign)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
      message = await find();
    }
    // Whoever has pressed it already takes that back first, as clients do.
    const own = message?.reactions.find((each) => each.by === at(client).userId && each.sign === sign);
    if (own !== undefined) await at(client).redact(roomOf(where), own.id);
    await done(at(client).react(roomOf(where), id, sign));
  }

  return {
    name: handle,
    say: (where, text, { thread, files = [] } = {}) =>
      files.length > 0 ? sendFiles(where, text, thread, files) : say(where, text, thread, marked(text)),
    // In a room a command is a message like others: what is not about the room is written to Docket itself.
    slash: async (where, line, thread) => {
      const alone = where === 'lobby' && thread === undefined && !/\bhere\b/.test(line);
      await say(alone ? 'direct' : where, `!ticket ${line}`, thread);
    },
    press,
    submit,
    react: async ({ where, id }, emoji) => void (await done(at(client).react(roomOf(where), id, emoji))),
    edit: async ({ where, id }, text) => void (await done(at(client).edit(roomOf(where), id, text))),
    delete: async ({ where, id }) => void (await done(at(client).redact(roomOf(where), id))),
    redeliver: () => wire.tellAgain(last),
    see: async (where) =>
      messagesIn(await timeline(where))
        .filter(({ thread }) => thread === null)
        .map((message) => shown(where, message)),
    thread: async ({ where, id }) =>
      messagesIn(await timeline(where))
        .filter(({ thread }) => thread === id)
        .map((message) => shown(where, message)),
    cards: async (where) =>
      messagesIn(await timeline(where))
        .map((message) => shown(where, message))
        .filter(({ card }) => card !== null),
    notices: () => {
      for (const message of told()) {
        const { event_id, content } = message.event;
        if (content['org.docket.answers'] !== undefined && !notices.has(event_id)) {
          notices.set(event_id, shown('direct', message));
        }
      }
      return [...notices.values(), ...refusals];
    },
    forms: () => told().filter(isForm).map(formOf),
    complete: async () => [],
    download: (_message, file) => downloaded(at(client), [...rooms.values(), direct], file),
    received: () => at(client).received(),
    news: () => at(client).news(),
    told: (seen, withinMs) => at(client).told(seen, withinMs),
  };
}

type Upload = { readonly name: string; readonly content: string };

function at(client: Client | undefined): Client {
  if (client === undefined) throw new Error('nobody is at this client');
  return client;
}

function refusal(text: string): Message {
  return {
    ...{ where: 'direct', id: '', root: null, author: 'Matrix', text, edited: false, locked: false },
    ...{ files: [], reactions: [], buttons: [], card: null },
  };
}

/** What people type as Markdown, clients send as HTML as well. */
function marked(text: string): Content {
  if (!/^(?:> |```)/m.test(text)) return {};
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/^> /gm, '\0');
  const html = escaped
    .replace(/^```\n([\s\S]*?)\n```$/gm, '<pre><code>$1\n</code></pre>')
    .replace(/^\0(.*)$/gm, '<blockquote>$1</blockquote>')
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map((piece) => (piece.startsWith('<pre>') ? piece : piece.replaceAll('\n', '<br />\n')))
    .join('');
  return { format: 'org.matrix.custom.html', formatted_body: html };
}

/** A file of a conversation that somebody is in, by its name. */
async function downloaded(client: Client, rooms: readonly string[], name: string): Promise<string> {
  for (const room of rooms) {
    const file = client
      .timeline(room)
      .find(({ content }) => content['msgtype'] === 'm.file' && content['filename'] === name);
    if (file !== undefined) return (await client.download(String(file.content['url']))).toString();
  }
  throw new Error(`${client.userId} finds no file ${name}`);
}

import type { HTMLElement } from 'node-html-parser';
import type { Docket } from '../../src/docket.ts';
import { buttonIn, ConsoleClient, requestOf } from './console-client.ts';
import { formIn, inputNames, messagesIn, named, noticeIn } from './console-page.ts';
import type { Form, Message, Platform, Ref, User, Where } from './user.ts';

/** The built-in console: its people sit in by the sample's menu and speak HTTP as its pages do. */
export const consolePlatform: Platform = {
  name: 'console',
  lacks: [],
  place: (channel) => `console:#${channel}`,
  account: () => null,
  settings: `
console:
  channels:
    helpdesk: { members: [everyone] }
    lobby: { members: [everyone] }
    noc: { members: [staff] }
    security: { members: [security] }
`,
  async start(startDocket) {
    const docket = await startDocket();
    const clients: ConsoleClient[] = [];
    return {
      user: (handle) => consoleUser(docket, handle, (client) => clients.push(client)),
      reconnect: async (docket) => {
        for (const client of clients) await client.moveTo(docket.url);
      },
      stop: async () => {
        for (const client of clients) client.close();
      },
    };
  },
};

/** Somebody at the console, who sits in by the menu of the sample. */
export async function consoleUser(
  { url, menuUrl }: Pick<Docket, 'url' | 'menuUrl'>,
  handle: string,
  enter: (client: ConsoleClient) => void,
): Promise<User> {
  const notices = new Map<string, Message>();
  const dialogs = new Map<string, { form: Form; dialog: HTMLElement }>();
  const elements = new WeakMap<Message, HTMLElement>();

  const client = new ConsoleClient(url, (piece) => {
    if (piece.tagName === 'DIALOG') {
      if (!dialogs.has(piece.id)) dialogs.set(piece.id, { form: formIn(piece), dialog: piece });
    } else if (piece.classList.contains('private')) {
      const notice = noticeIn(piece);
      elements.set(notice, piece);
      if (!notices.has(piece.id)) notices.set(piece.id, notice);
    }
  });
  enter(client);
  await client.sitIn(handle, menuUrl ?? url);

  const at = (where: Where) => `/c/${where === 'direct' ? `@${handle}` : where}`;
  const inThread = ({ where, id }: Ref) => `${at(where)}/t/${id}?part=panel`;

  /** Sends an act; what the page tells when it is refused is a notice like others. */
  async function act(...sent: Parameters<ConsoleClient['act']>): Promise<HTMLElement> {
    const { html, refusal } = await client.act(...sent);
    if (refusal !== null) notices.set(refusal, { ...noticeIn(html), text: refusal });
    return html;
  }

  function read(messages: [Message, HTMLElement][]): Message[] {
    for (const [message, element] of messages) elements.set(message, element);
    return messages.map(([message]) => message);
  }

  async function look(where: Where): Promise<Message[]> {
    const log = (await client.page(at(where))).querySelector('main [role=log]');
    return log === null ? [] : read(messagesIn(log, where, null));
  }

  async function thread(root: Ref): Promise<Message[]> {
    const log = named(await client.page(inThread(root)), '[role=log]', 'Thread messages');
    return log === null ? [] : read(messagesIn(log, root.where, root)).slice(1);
  }

  async function compose(
    where: Where,
    text: string,
    root: Ref | undefined,
    files: readonly File[],
  ): Promise<HTMLElement> {
    const page = await client.page(root === undefined ? at(where) : inThread(root));
    const box = named(page, 'textarea', root === undefined ? 'Message' : 'Reply in thread');
    const form = box?.closest('form');
    if (!form) throw new Error(`${handle} finds nowhere to write in ${where}`);
    const { to, fields } = requestOf(form);
    return act(to, { ...fields, text }, files);
  }

  /** The message as it stands there now, with its tools. */
  async function find({ where, id }: Ref): Promise<HTMLElement> {
    const page = await client.page(`${at(where)}/t/${id}?part=panel`);
    const item = page.querySelectorAll('li').find((each) => each.id === `t-${id}`);
    if (item === undefined) throw new Error(`there is no message ${id} in ${where}`);
    return item;
  }

  return {
    name: handle,
    say: async (where, text, { thread: root, files = [] } = {}) => {
      const uploads = files.map(({ name, content }) => new File([content], name, { type: 'text/plain' }));
      const said = await compose(where, text, root, uploads);
      return { where, id: /\d+$/.exec(said.querySelector('li')?.id ?? '')?.[0] ?? '' };
    },
    slash: async (where, line, root) => void (await compose(where, `/ticket ${line}`, root, [])),
    press: async (message, label) => {
      const element = elements.get(message);
      if (element === undefined) throw new Error('this message was not read from a page');
      const { to, fields } = requestOf(buttonIn(element, label));
      await act(to, fields);
    },
    submit: async (form, answers) => {
      const [id, open] = [...dialogs].find(([, each]) => each.form === form) ?? [];
      if (id === undefined || open === undefined) throw new Error(`the form “${form.title}” is not open`);
      const { dialog } = open;
      const names = inputNames(dialog);
      const asked = dialog.querySelector('form');
      if (asked === null) throw new Error(`the dialog “${form.title}” has no form`);
      const { to, fields } = requestOf(asked);
      const values = form.inputs.map(({ label, value }) => [names.get(label), answers[label] ?? value]);
      dialogs.delete(id);
      await act(to, { ...fields, ...Object.fromEntries(values) });
    },
    react: async (message, emoji) => {
      if (emoji !== '🎫') throw new Error(`the console has no reaction ${emoji}`);
      const { to, fields } = requestOf(buttonIn(await find(message), 'Make a ticket'));
      await act(to, fields);
    },
    edit: async (message, text) => {
      const button = buttonIn(await find(message), 'Edit');
      const dialog = (await client.page(button.getAttribute('hx-get') ?? '')).querySelector('dialog form');
      if (dialog === null) throw new Error('the message cannot be edited');
      const { to, fields } = requestOf(dialog);
      await act(to, { ...fields, 'answer.text': text });
    },
    delete: async (message) => {
      const { to, fields } = requestOf(buttonIn(await find(message), 'Delete'));
      await act(to, fields);
    },
    redeliver: () => client.again(),
    see: async (where) => (await look(where)).filter(({ root }) => root === null),
    thread,
    cards: async (where) => (await look(where)).filter(({ card }) => card !== null),
    notices: () => [...notices.values()],
    forms: () => [...dialogs.values()].map(({ form }) => form),
    complete: async (where, line) => {
      const asked = new URLSearchParams({ line: where === 'direct' ? line : `/ticket ${line}` });
      const found = JSON.parse(await client.text(`${at(where)}/complete?${asked}`, 'application/json'));
      return found.map(({ label, detail }: { label: string; detail: string }) => `${label} ${detail}`.trim());
    },
    download: async (message, file) => {
      const links = elements.get(message)?.querySelectorAll('a[download]') ?? [];
      const link = links.find((each) => each.getAttribute('download') === file);
      if (link === undefined) throw new Error(`the message has no file ${file}`);
      return client.text(link.getAttribute('href') ?? '', '*/*');
    },
    received: () => client.received(),
    news: () => client.news,
    told: (seen, withinMs) => client.told(seen, withinMs),
  };
}

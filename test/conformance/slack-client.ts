import { type Client, TooLong } from '../emulators/slack/client.ts';
import { emojiSign } from '../emulators/slack/emoji.ts';
import type { Pressable } from '../emulators/slack/interactions.ts';
import { inputsOf } from '../emulators/slack/modal.ts';
import type { Ephemeral, Message as Posted, View } from '../emulators/slack/shapes.ts';
import type { Slack } from '../emulators/slack/slack.ts';
import { bot } from '../emulators/slack/workspace.ts';
import { shownButtons, shownCard, shownForm, shownText } from './slack-shown.ts';
import { channelId, userId } from './slack-workspace.ts';
import type { Form, Message, User, Where } from './user.ts';

/** Somebody of the configuration at their Slack. */
export function slackUser(slack: Slack, handle: string): User {
  const client = slack.client(userId(handle));
  const { workspace } = slack;
  const eyes = { workspace, zone: workspace.person(client.user).zone };
  const notices: Message[] = [];
  const pressable = new WeakMap<Message, Pressable>();
  const forms = new WeakMap<View, Form>();
  const views = new WeakMap<Form, View>();

  workspace.onHappening((happening) => {
    if (happening.kind === 'ephemeral' && happening.user === client.user) notices.push(whispered(happening.message));
    // In the direct conversation answers are messages like others, only that no delivery is named in them.
    const direct = happening.kind === 'posted' && happening.channel.id === workspace.direct(client.user).id;
    if (direct && happening.message.user === bot.user && happening.message.metadata === null) {
      notices.push(shown('direct', happening.message));
    }
  });

  const at = (where: Where) => (where === 'direct' ? 'direct' : channelId(where));

  function whispered(message: Ephemeral): Message {
    const found = { ...said(message), where: 'direct', id: message.ts, root: null, author: 'Docket' } as const;
    pressable.set(found, { ephemeral: message });
    return found;
  }

  function shown(where: Where, message: Posted): Message {
    const { ts, thread, user, edited, reactions, files } = message;
    const found: Message = {
      ...said(message),
      ...{ where, id: ts, root: thread === null ? null : { where, id: thread }, edited: edited !== null },
      author: user === bot.user ? 'Docket' : (workspace.people.get(user)?.displayName ?? user),
      reactions: [...reactions.keys()].map(emojiSign),
      files: files.flatMap((id) => workspace.files.get(id)?.name ?? []),
    };
    pressable.set(found, { message, channel: client.channel(at(where)) });
    return found;
  }

  /** What a message says, whoever sees it. Files that are only named in it stand in the conversation of their ticket. */
  function said({ text, blocks }: Pick<Posted, 'text' | 'blocks'>) {
    const words = shownText(text, blocks, eyes);
    return {
      ...{ text: words, edited: false, locked: words.startsWith('🔒'), reactions: [] },
      files: [...words.matchAll(/📎 (.+) \(\d[\d.]* k?M?B\)/g)].map(([, name = '']) => name),
      ...{ buttons: shownButtons(blocks), card: shownCard(blocks, eyes) },
    };
  }

  /** What Slack's own client has said to them. */
  function told(text: string): void {
    notices.push({
      ...said({ text, blocks: [] }),
      where: 'direct',
      id: `${notices.length}`,
      root: null,
      author: 'Slack',
    });
  }

  async function acting(act: Promise<unknown>): Promise<void> {
    const before = client.failures.length;
    await act;
    for (const failure of client.failures.slice(before)) told(failure);
  }

  return {
    name: handle,
    say: async (where, text, { thread, files = [] } = {}) => {
      try {
        const { ts } = await client.say(at(where), text, { files, ...(thread ? { thread: thread.id } : {}) });
        return { where, id: ts };
      } catch (error) {
        if (!(error instanceof TooLong)) throw error;
        told(error.message);
        return { where, id: '' };
      }
    },
    // Slack has no slash commands in threads; there the bot is spoken to.
    slash: async (where, line, thread) =>
      thread === undefined
        ? acting(client.slash(at(where), '/ticket', line))
        : void (await client.say(at(where), `@docket ${line}`, { thread: thread.id })),
    press: async (message, label) => {
      const on = pressable.get(message);
      if (on === undefined) throw new Error('this message was not read from Slack');
      await acting(client.press(on, label));
    },
    submit: async (form, answers) => {
      const view = views.get(form);
      if (view === undefined) throw new Error(`the form “${form.title}” is not open`);
      await acting(client.submit(view, chosen(view, answers)));
    },
    react: ({ where, id }, emoji) => client.react(at(where), id, emoji),
    edit: ({ where, id }, text) => client.edit(at(where), id, text),
    delete: ({ where, id }) => client.delete(at(where), id),
    redeliver: () => client.redeliver(),
    see: async (where) => client.history(at(where)).map((message) => shown(where, message)),
    thread: async ({ where, id }) => client.replies(at(where), id).map((message) => shown(where, message)),
    cards: async (where) => {
      const all = [...client.channel(at(where)).messages.values()].map((message) => shown(where, message));
      return all.filter(({ card }) => card !== null);
    },
    notices: () => notices,
    forms: () =>
      client.views
        .filter((view) => inputsOf(view).length > 0)
        .map((view) => {
          const form = forms.get(view) ?? shownForm(view);
          forms.set(view, form);
          views.set(form, view);
          return form;
        }),
    // Slack offers nothing to complete the text of a command.
    complete: async () => [],
    download: async (_message, file) => downloaded(client, slack, file),
    received: () => client.screen.received(),
    news: () => client.screen.news,
    told: (seen, withinMs) => client.screen.newsAfter(seen, withinMs),
  };
}

/** Answers as they are given in Slack: people are chosen, not typed. */
function chosen(view: View, answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const people = inputsOf(view).filter(({ element }) => element['type'] === 'users_select');
  const labels = new Set(people.map(({ label }) => label));
  return Object.fromEntries(
    Object.entries(answers).map(([label, answer]) => [
      label,
      labels.has(label) && answer !== '' ? userId(answer.replace(/^@/, '')) : answer,
    ]),
  );
}

/** A file of a conversation that somebody is in, by its name. */
function downloaded(client: Client, { workspace }: Slack, name: string): string {
  const theirs = [...workspace.channels.values()].filter(({ members }) => members.has(client.user));
  const file = [...workspace.files.values()].find(
    (each) => each.name === name && theirs.some(({ id }) => each.channels.has(id)),
  );
  if (file === undefined) throw new Error(`${client.user} finds no file ${name}`);
  return file.content.toString();
}

import { esc, type Html } from '../../src/web/html.ts';
import { Icon } from '../../src/web/icon.tsx';
import { Page } from '../../src/web/layout.tsx';
import type { SignedIn } from '../../src/web/visitors.ts';
import { addressInWeb, type Channel } from './channels.ts';
import { Composer } from './composer.tsx';
import type { Drawing } from './drawing.ts';
import { MessageItem } from './message-item.tsx';
import type { Shown } from './timeline.ts';

/** The messages that a page shows at first, and again for each *Show older*. */
export const pageLength = 60;

export interface ChatPageProps {
  readonly visitor: SignedIn;
  readonly channels: readonly Channel[];
  readonly unread: ReadonlyMap<string, number>;
  readonly channel: Channel;
  readonly messages: readonly Shown[];
  /** The open thread: the message that it hangs on, and those in it. */
  readonly thread: { readonly root: Shown; readonly replies: readonly Shown[] } | null;
  readonly drawing: Drawing;
  readonly page: string;
  /** The moment at which all this was read. */
  readonly since: string;
}

/** A channel with its messages, beside it the list of channels and the open thread. */
export function ChatPage(props: ChatPageProps): Html {
  const { visitor, channel, channels, unread, messages, thread, drawing, page, since } = props;
  const name = channel.direct ? channel.title : `#${channel.title}`;
  return (
    <Page
      title={name}
      visitor={visitor}
      current="chat"
      page={page}
      follows={{ channel: channel.key, since }}
      acts={drawing.base}
    >
      <div class="chat">
        <Sidebar channels={channels} unread={unread} open={channel.key} version={Date.parse(since)} />
        <main id="content" class="channel">
          <header class="channel-head">
            <h1 safe>{name}</h1>
            <p safe>{channel.topic}</p>
          </header>
          <div class="scroll" role="log" aria-label={esc(`Messages in ${name}`)} tabindex="0">
            <Older messages={messages} base={drawing.base} />
            <ol id="messages" class="messages">
              {messages.map((shown) => (
                <MessageItem shown={shown} drawing={drawing} />
              ))}
            </ol>
            <Onboarding channel={channel} />
          </div>
          <Composer base={drawing.base} thread={null} hint={composerHint(channel)} />
        </main>
        <section id="panel" class="panel" aria-label="Thread">
          {thread === null ? '' : <ThreadPanel {...thread} drawing={drawing} />}
        </section>
      </div>
    </Page>
  );
}

/** The way to what was said before the first of these messages; nothing when that is the beginning. */
export function Older({ messages, base }: { messages: readonly Shown[]; base: string }): Html {
  const first = messages[0]?.message.id;
  if (first === undefined || messages.length < pageLength / 2) return '';
  return (
    <p class="older" id="older">
      <button type="button" hx-get={esc(`${base}/older?before=${first}`)} hx-target="#older" hx-swap="outerHTML">
        Show older messages
      </button>
    </p>
  );
}

/** The channels that somebody is in, with what they have not read. */
export function Sidebar({
  channels,
  unread,
  open,
  version,
}: {
  channels: readonly Channel[];
  unread: ReadonlyMap<string, number>;
  open: string;
  version: number;
}): Html {
  const entry = (channel: Channel): Html => {
    const count = channel.key === open ? 0 : (unread.get(channel.key) ?? 0);
    return (
      <li>
        <a
          href={addressInWeb(channel)}
          aria-current={channel.key === open ? 'page' : undefined}
          class={count > 0 ? 'unread' : ''}
        >
          <span class="hash" aria-hidden="true">
            {channel.direct ? '◆' : '#'}
          </span>
          <span safe>{channel.title}</span>
          {count > 0 ? (
            <span class="count" data-unread={count}>
              {count >= unreadLimit ? `${unreadLimit - 1}+` : count}
              <span class="visually-hidden"> unread</span>
            </span>
          ) : null}
        </a>
      </li>
    );
  };
  return (
    <nav id="sidebar" class="sidebar" aria-label="Channels" data-version={version}>
      <h2>Channels</h2>
      <ul>{channels.filter(({ direct }) => !direct).map(entry)}</ul>
      <h2>Direct messages</h2>
      <ul>{channels.filter(({ direct }) => direct).map(entry)}</ul>
    </nav>
  );
}

/** Unread messages are counted up to here. */
export const unreadLimit = 100;

/** The panel of a thread: what it hangs on, what was said in it, and its own composer. */
export function ThreadPanel({
  root,
  replies,
  drawing,
}: {
  root: Shown;
  replies: readonly Shown[];
  drawing: Drawing;
}): Html {
  const { id } = root.message;
  const inThread: Drawing = { ...drawing, list: 'thread' };
  return (
    <>
      <header class="channel-head">
        <h2>Thread</h2>
        <a class="button quiet" href={esc(drawing.base)} data-close-panel aria-label="Close thread">
          <Icon name="close" />
        </a>
      </header>
      <div class="scroll" role="log" aria-label="Thread messages" tabindex="0">
        <ol id={`thread-${id}`} class="messages">
          <MessageItem shown={root} drawing={inThread} />
          {replies.map((shown) => (
            <MessageItem shown={shown} drawing={inThread} />
          ))}
        </ol>
      </div>
      <Composer base={drawing.base} thread={id} hint={threadHint(root, drawing)} />
    </>
  );
}

/** In the thread of somebody's request, who reads along: an internal note is written another way. */
function threadHint({ message, cards }: Shown, { person }: Drawing): string {
  const staff = message.author?.person !== person && cards.some(({ rights }) => rights.has('CommentOnTicket'));
  return staff ? 'Reply – the requester sees this. Begin with !comment for an internal note.' : 'Reply…';
}

function composerHint(channel: Channel): string {
  if (channel.direct) return 'Tell Docket: new Printer on fire';
  return channel.intake === null ? `Message #${channel.title}` : 'What is the matter?';
}

/** Shown while nothing has been said: what to do first. */
function Onboarding({ channel }: { channel: Channel }): Html {
  const example = (command: string): Html => (
    <code class="command" safe>
      {command}
    </code>
  );
  return (
    <div class="onboarding">
      {channel.direct ? (
        <>
          <h2>Your own line to Docket</h2>
          <p>
            Nobody else reads along here. Reminders and news of your tickets arrive here, and you can type commands as
            they are:
          </p>
          <p>
            {example('mine')} {example('new Printer on fire')} {example('help')}
          </p>
        </>
      ) : channel.intake === null ? (
        <>
          <h2>Nothing has been said here yet</h2>
          <p>
            Tickets show up here as they come in. Type {example('/ticket')} for a command, or begin a line with a number
            to update a ticket: {example('#1 rebooted the router')}
          </p>
        </>
      ) : (
        <>
          <h2>Say what is the matter</h2>
          <p>
            Each message here becomes a ticket in <strong safe>{channel.intake}</strong>. Write the first one below, for
            instance:
          </p>
          <p>{example('The printer on floor 3 is on fire')}</p>
        </>
      )}
    </div>
  );
}

import { Card } from '../../src/web/card.tsx';
import { esc, type Html } from '../../src/web/html.ts';
import { Icon, type IconName } from '../../src/web/icon.tsx';
import { Avatar } from '../../src/web/layout.tsx';
import { Moment, type Reader, TextBlocks } from '../../src/web/text.tsx';
import { Files, History, Line, List, Lock, Notice } from '../../src/web/views.tsx';
import type { View } from '../connector.ts';
import type { Drawing } from './drawing.ts';
import { botHandle, type ChatMessage } from './message.ts';
import type { Shown } from './timeline.ts';

/**
 * A message with what hangs on it. In the panel of a thread the cards are left out: they stand below the message in
 * the channel, and one page shows a card once.
 */
export function MessageItem({ shown, drawing }: { shown: Shown; drawing: Drawing }): Html {
  const { message, cards, replies, changed, latest } = shown;
  const inThread = drawing.list === 'thread';
  const bot = message.author.handle === botHandle;
  const classes = ['message', bot ? 'bot' : '', message.held ? 'held' : '', message.staffOnly ? 'staff-only' : ''];
  return (
    <li
      id={`${inThread ? 't' : 'm'}-${message.id}`}
      class={classes}
      data-into={inThread ? `thread-${message.root ?? message.id}` : 'messages'}
      data-order={message.id}
      data-latest={latest}
      data-version={Date.parse(changed)}
    >
      <Avatar person={message.author.person} name={message.author.name} />
      <div class="message-main">
        <p class="message-head">
          <strong class="author" safe>
            {message.author.name}
          </strong>
          {bot ? <small class="tag">bot</small> : null}
          <Moment at={message.created} reader={drawing.reader} />
          {message.edited && !message.deleted ? <small>edited</small> : null}
          {message.staffOnly && message.view === null ? <Lock /> : null}
          {message.held ? <small class="only-you">only you see this</small> : null}
        </p>
        <Content shown={shown} drawing={drawing} />
        <Reactions message={message} />
        {inThread ? null : cards.map((card) => <MessageCard shown={card} drawing={drawing} />)}
        {inThread || replies === 0 ? null : (
          <ThreadLink message={message} drawing={drawing} label={replies === 1 ? '1 reply' : `${replies} replies`} />
        )}
      </div>
      {message.deleted ? null : <Toolbar message={message} drawing={drawing} />}
    </li>
  );
}

/** A message that is no longer to be seen: the page takes it away. */
export function Gone({ message, list }: { message: ChatMessage; list: Drawing['list'] }): Html {
  return (
    <li id={`${list === 'thread' ? 't' : 'm'}-${message.id}`} data-gone data-version={Date.parse(message.changed)} />
  );
}

function Content({ shown, drawing }: { shown: Shown; drawing: Drawing }): Html {
  const { message } = shown;
  if (message.deleted) return <p class="deleted">This message was deleted.</p>;
  if (message.view === null) {
    return (
      <div class="text">
        <TextBlocks text={message.text} reader={drawing.reader} />
        <Files files={message.files} under={`${drawing.base}/messages/${message.id}`} />
      </div>
    );
  }
  if (message.view.view === 'card') {
    return drawing.list === 'thread' ? (
      <p class="card-line">
        <a href={`/tickets/${message.view.ticket}`}>{esc(`#${message.view.ticket} ${message.view.subject}`)}</a>
      </p>
    ) : (
      <MessageCard shown={shown} drawing={drawing} />
    );
  }
  const id = `${drawing.list === 'thread' ? 'tv' : 'v'}-${message.id}`;
  return (
    <PostedView
      id={id}
      view={message.view}
      pressed={{ to: `${drawing.base}/press`, message: `${message.id}` }}
      reader={drawing.reader}
    />
  );
}

/** A view other than a card, in a message or as a private answer. */
export function PostedView({
  id,
  view,
  pressed,
  reader,
}: {
  id: string;
  view: Exclude<View, { view: 'card' }>;
  pressed: { to: string; message: string | null };
  reader: Reader;
}): Html {
  const drawn = { id, pressed, reader };
  switch (view.view) {
    case 'line':
      return <Line {...drawn} line={view} />;
    case 'list':
      return <List {...drawn} list={view} />;
    case 'history':
      return <History {...drawn} history={view} />;
    case 'notice':
      return <Notice {...drawn} notice={view} />;
    case 'form':
      return '';
  }
}

function MessageCard({ shown, drawing }: { shown: Pick<Shown, 'message' | 'rights'>; drawing: Drawing }): Html {
  const { message, rights } = shown;
  if (message.view?.view !== 'card') return '';
  const pressed = { to: `${drawing.base}/press`, message: `${message.id}` };
  // In a thread it hangs below the message that it was made of, which need not be quoted once more.
  const card = message.root === null ? message.view : { ...message.view, excerpt: [] };
  return <Card id={`card-${message.id}`} card={card} rights={rights} pressed={pressed} reader={drawing.reader} />;
}

function Reactions({ message }: { message: ChatMessage }): Html {
  if (message.reactions.length === 0) return '';
  const emojis = [...new Set(message.reactions.map(({ emoji }) => emoji))];
  return (
    <p class="reactions">
      {emojis.map((emoji) => {
        const names = message.reactions.filter((reaction) => reaction.emoji === emoji).map(({ name }) => name);
        const known = marks[emoji];
        const label = `${known?.label ?? emoji}: ${names.join(', ')}`;
        return (
          <span class="reaction" role="img" aria-label={esc(label)} title={esc(label)}>
            {known === undefined ? null : <Icon name={known.icon} />}
            <span class={known === undefined ? '' : 'visually-hidden'} safe>
              {emoji}
            </span>
          </span>
        );
      })}
    </p>
  );
}

/** What the reactions of Docket mean. */
const marks: Readonly<Record<string, { icon: IconName; label: string }>> = {
  '✅': { icon: 'done', label: 'Done' },
  '🔒': { icon: 'lock', label: 'Recorded for staff only' },
  '❓': { icon: 'question', label: 'Not done' },
  '🎫': { icon: 'ticket', label: 'Made a ticket' },
};

function Toolbar({ message, drawing }: { message: ChatMessage; drawing: Drawing }): Html {
  const at = `${drawing.base}/messages/${message.id}`;
  const own = message.view === null && message.author.person === drawing.person;
  return (
    <div class="toolbar">
      {message.view === null ? (
        <Action icon="ticket" label="Make a ticket" request={{ 'hx-post': `${at}/ticket` }} />
      ) : null}
      {drawing.list === 'channel' ? (
        <ThreadLink message={message} drawing={drawing} label="Reply in thread" icon="thread" />
      ) : null}
      {own ? <Action icon="edit" label="Edit" request={{ 'hx-get': `${at}/edit` }} /> : null}
      {own ? <Action icon="bin" label="Delete" request={deletion(at)} /> : null}
    </div>
  );
}

function deletion(at: string) {
  return { 'hx-post': `${at}/delete`, 'hx-confirm': 'Delete this message?' };
}

function Action({ icon, label, request }: { icon: IconName; label: string; request: Record<string, string> }): Html {
  return (
    <button type="button" title={label} aria-label={label} hx-swap="none" hx-sync="this:drop" attrs={request}>
      <Icon name={icon} />
    </button>
  );
}

function ThreadLink({
  message,
  drawing,
  label,
  icon,
}: {
  message: ChatMessage;
  drawing: Drawing;
  label: string;
  icon?: IconName;
}): Html {
  const href = `${drawing.base}/t/${message.id}`;
  return (
    <a
      class="thread-link"
      href={href}
      hx-get={`${href}?part=panel`}
      hx-target="#panel"
      hx-swap="innerHTML"
      title={label}
    >
      {icon === undefined ? label : <Icon name={icon} label={label} />}
    </a>
  );
}

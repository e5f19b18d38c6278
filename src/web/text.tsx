import { linkLabel } from '../ticket/link-label.ts';
import type { Block, Inline, Text } from '../ticket/text.ts';
import { esc, type Html } from './html.ts';
import { fullTime, shortTime } from './time.ts';

/** Whom a piece of a page is drawn for. */
export interface Reader {
  /** IANA zone. */
  readonly zone: string;
  readonly now: Date;
}

/** A text as HTML. Lines that follow each other stay together in one paragraph; an empty line begins a new one. */
export function TextBlocks({ text, reader }: { text: Text; reader: Reader }): Html {
  const parts: Html[] = [];
  let lines: Html[] = [];
  const flush = (): void => {
    if (lines.length > 0) parts.push(<p>{lines.flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</p>);
    lines = [];
  };
  for (const block of text) {
    if (block.block === 'paragraph' && block.inlines.length > 0) {
      lines.push(<Inlines inlines={block.inlines} reader={reader} />);
      continue;
    }
    flush();
    if (block.block !== 'paragraph') parts.push(<OtherBlock block={block} reader={reader} />);
  }
  flush();
  return <>{parts}</>;
}

function OtherBlock({ block, reader }: { block: Exclude<Block, { block: 'paragraph' }>; reader: Reader }): Html {
  if (block.block === 'code') {
    return (
      <pre>
        <code safe>{block.code}</code>
      </pre>
    );
  }
  return (
    <blockquote>
      <TextBlocks text={block.blocks} reader={reader} />
    </blockquote>
  );
}

/** A run of inlines as HTML. */
export function Inlines({ inlines, reader }: { inlines: readonly Inline[]; reader: Reader }): Html {
  return <>{inlines.map((inline) => one(inline, reader))}</>;
}

function one(inline: Inline, reader: Reader): Html {
  if (typeof inline === 'string') return withTickets(inline);
  switch (inline.inline) {
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.inlines} reader={reader} />
        </strong>
      );
    case 'code':
      return <code safe>{inline.code}</code>;
    case 'link':
      return link(inline.url, linkLabel(inline.url, inline.label));
    case 'person':
    case 'mention':
      return (
        <span class="person" safe>
          {inline.name}
        </span>
      );
    case 'ticket':
      return ticketLink(inline.ticket);
    case 'command':
      return <code class="command" safe>{`/ticket ${inline.command}`}</code>;
    case 'time':
      return <Moment at={inline.at} reader={reader} />;
  }
}

/** A moment in the reader's own zone. */
export function Moment({ at, reader }: { at: string; reader: Reader }): Html {
  return (
    <time datetime={esc(at)} title={fullTime(at, reader.zone)}>
      {shortTime(at, reader.zone, reader.now)}
    </time>
  );
}

/** Only addresses that a browser may follow without harm become links; `javascript:` and the like stay text. */
function link(url: string, label: string): Html {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (!['http:', 'https:', 'mailto:'].includes(scheme)) return esc(label === url ? url : `${label} (${url})`);
  return (
    <a href={esc(url)} rel="noopener noreferrer nofollow" target="_blank" safe>
      {label}
    </a>
  );
}

function withTickets(text: string): Html {
  return text
    .split(/(?<![\w#&/])#(\d{1,9})\b/)
    .map((piece, index) => (index % 2 === 0 ? esc(piece) : ticketLink(Number(piece))))
    .join('');
}

function ticketLink(ticket: number): Html {
  return <a class="ticket" href={`/tickets/${ticket}`}>{`#${ticket}`}</a>;
}

import { unescaped } from './mrkdwn.ts';

/**
 * The text of a slash command, as Slack sends it where the app has "Escape channels, users, and links" set, as a line of
 * the grammar: people as `<@U1>` or `<@U1|ada>`, channels and user groups by name, links by their address
 * (docs.slack.dev/interactivity/implementing-slash-commands).
 */
export function commandLine(text: string): string {
  return text
    .split(/(<[^<>\n]+>)/)
    .map((piece, index) => (index % 2 === 0 ? unescaped(piece) : argument(piece.slice(1, -1))))
    .join('')
    .trim();
}

function argument(content: string): string {
  const bar = content.indexOf('|');
  const target = bar === -1 ? content : content.slice(0, bar);
  const label = bar === -1 ? '' : unescaped(content.slice(bar + 1));
  if (target.startsWith('@')) return label === '' ? `<${target}>` : `<${target}|${label.replaceAll(/[<>]/g, '')}>`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!subteam^')) return label || `@${target.slice('!subteam^'.length)}`;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return unescaped(target).replace(/^(?:mailto|tel):/, '');
}

/**
 * What Discord's client makes of markdown: its words, and the kinds of markup in it. The rules and their order are those of
 * the client's parser, which is built on simple-markdown (github.com/Khan/simple-markdown); nothing is shared with the
 * connector.
 */
export interface Shown {
  readonly words: string;
  readonly marks: readonly string[];
}

interface Rule {
  readonly kind: string;
  readonly sign: RegExp;
  readonly atLineStart?: true;
  /** What is shown of it. */
  readonly shown: (found: RegExpExecArray) => Shown;
}

const mark = (kind: string) => (found: RegExpExecArray) => ({ words: found[0], marks: [kind] });
const inner = (kind: string) => (found: RegExpExecArray) => {
  const { words, marks } = shown(found[1] ?? '');
  return { words, marks: [kind, ...marks] };
};
const code = (found: RegExpExecArray) => ({
  words: (found[2] ?? '').replace(/^ (?= *`)|(` *) $/g, '$1'),
  marks: ['code'],
});

const rules: readonly Rule[] = [
  {
    kind: 'block of code',
    sign: /```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```/iy,
    shown: (found) => ({ words: found[2] ?? '', marks: ['block of code'] }),
  },
  { kind: 'quote', sign: / *>>> [\s\S]*| *> [^\n]*/y, atLineStart: true, shown: mark('quote') },
  { kind: 'heading', sign: / *#{1,3}[^\S\n]+\S/y, atLineStart: true, shown: mark('heading') },
  { kind: 'small print', sign: / *-#[^\S\n]+\S/y, atLineStart: true, shown: mark('small print') },
  { kind: 'list', sign: / *(?:[*+-]|\d+\.)[^\S\n]+\S/y, atLineStart: true, shown: mark('list') },
  { kind: 'escape', sign: /\\([^0-9A-Za-z\s])/uy, shown: ([, sign = '']) => ({ words: sign, marks: [] }) },
  { kind: 'address', sign: /<([^: >]+:\/[^ >]+)>/y, shown: ([, url = '']) => ({ words: url, marks: [] }) },
  { kind: 'address', sign: /https?:\/\/[^\s<]+[^<.,:;"')\]\s]/y, shown: ([url]) => ({ words: url, marks: [] }) },
  { kind: 'link', sign: /\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?([^\s)>]+)>?\s*\)/y, shown: inner('link') },
  { kind: 'call', sign: /<@[!&]?\d+>|@everyone|@here/y, shown: mark('call') },
  { kind: 'channel', sign: /<#\d+>|<id:\w+>/y, shown: mark('channel') },
  { kind: 'emoji', sign: /<a?:\w+:\d+>|:[^\s:]+?:/y, shown: mark('emoji') },
  { kind: 'time', sign: /<t:-?\d+(?::[a-zA-Z])?>/y, shown: mark('time') },
  { kind: 'command', sign: /<\/[^:>]+:\d+>/y, shown: mark('command') },
  {
    kind: 'italics',
    sign: /\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
    shown: mark('italics'),
  },
  { kind: 'bold', sign: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, shown: inner('bold') },
  { kind: 'underline', sign: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, shown: inner('underline') },
  { kind: 'struck', sign: /~~([\s\S]+?)~~(?!_)/y, shown: inner('struck') },
  { kind: 'code', sign: /(`+)([\s\S]*?[^`])\1(?!`)/y, shown: code },
  { kind: 'spoiler', sign: /\|\|([\s\S]+?)\|\|/y, shown: inner('spoiler') },
];

/** What Discord shows of a text display's content. */
export function shown(content: string): Shown {
  let words = '';
  const marks: string[] = [];
  for (let at = 0; at < content.length; ) {
    const next = ruleAt(content, at);
    words += next?.shown.words ?? content[at];
    marks.push(...(next?.shown.marks ?? []));
    at += next?.length ?? 1;
  }
  return { words, marks };
}

function ruleAt(content: string, at: number): { readonly shown: Shown; readonly length: number } | null {
  const lineStart = at === 0 || content[at - 1] === '\n';
  for (const { sign, shown, atLineStart } of rules) {
    if (atLineStart && !lineStart) continue;
    sign.lastIndex = at;
    const found = sign.exec(content);
    if (found !== null) return { shown: shown(found), length: found[0].length };
  }
  return null;
}

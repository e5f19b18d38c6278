/**
 * Text as a tree. What people write is kept as this tree and becomes a platform's own markup only in a connector,
 * so that nobody can smuggle `<!channel>`, `@everyone` or HTML through a ticket.
 */
export type Text = readonly Block[];

export type Block =
  | { readonly block: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly block: 'code'; readonly code: string }
  /** `copied`: a whole message of somebody else, below their name, that Docket put in: no edit of the text around it ends it. */
  | { readonly block: 'quote'; readonly blocks: Text; readonly copied?: true };

export type Inline =
  | string
  | { readonly inline: 'strong'; readonly inlines: readonly Inline[] }
  | { readonly inline: 'code'; readonly code: string }
  | { readonly inline: 'link'; readonly url: string; readonly label: string }
  /** A person by number; `name` is how they were called when this was written, for readers that cannot look them up. */
  | { readonly inline: 'person'; readonly person: number; readonly name: string }
  /** Someone as their platform names them. The desk makes a person of it before the text is kept. */
  | { readonly inline: 'mention'; readonly id: string; readonly name: string }
  | { readonly inline: 'ticket'; readonly ticket: number }
  /** Something to type, without a prefix (`steal 123`): each platform shows it with its own (`/ticket`, `!ticket`). */
  | { readonly inline: 'command'; readonly command: string }
  /** A moment, shown in the reader's own zone. */
  | { readonly inline: 'time'; readonly at: string };

/** A text of one paragraph for each line of `plain`. Nothing in it is read as markup. */
export function text(plain: string): Text {
  return plain.split('\n').map((line) => paragraph(line));
}

/** One paragraph of the given inlines. */
export function paragraph(...inlines: Inline[]): Block {
  return { block: 'paragraph', inlines: inlines.filter((inline) => inline !== '') };
}

/** Every inline of a tree that is not within another; code blocks have none. */
export function inlinesOf(tree: Text): readonly Inline[] {
  return tree.flatMap((block) => {
    if (block.block === 'code') return [];
    return block.block === 'quote' ? inlinesOf(block.blocks) : block.inlines;
  });
}

/** A tree with something else in the place of each inline, also of those that are strong. */
export function mapInlines(tree: Text, other: (inline: Inline) => Inline): Text {
  return tree.map((block) => {
    if (block.block === 'code') return block;
    if (block.block === 'quote') return { ...block, blocks: mapInlines(block.blocks, other) };
    return { block: 'paragraph', inlines: mapEach(block.inlines, other) };
  });
}

/** The same, for a run of inlines. */
export function mapEach(inlines: readonly Inline[], other: (inline: Inline) => Inline): readonly Inline[] {
  return inlines.map((inline) =>
    typeof inline !== 'string' && inline.inline === 'strong'
      ? { inline: 'strong', inlines: mapEach(inline.inlines, other) }
      : other(inline),
  );
}

/** The words of a tree without any markup: for search, plain mail and logs. Blocks are separated by a line break. */
export function plain(tree: Text): string {
  return tree.map(plainBlock).join('\n');
}

/** The words of a run of inlines. */
export function plainInlines(inlines: readonly Inline[]): string {
  return inlines.map(plainInline).join('');
}

function plainBlock(block: Block): string {
  if (block.block === 'code') return block.code;
  if (block.block === 'quote') return plain(block.blocks).replace(/^/gm, '> ');
  return plainInlines(block.inlines);
}

function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.inline) {
    case 'strong':
      return plainInlines(inline.inlines);
    case 'code':
      return inline.code;
    case 'link':
      return inline.label === inline.url ? inline.url : `${inline.label} (${inline.url})`;
    case 'person':
    case 'mention':
      return inline.name;
    case 'command':
      return `/ticket ${inline.command}`;
    case 'ticket':
      return `#${inline.ticket}`;
    case 'time':
      return inline.at;
  }
}

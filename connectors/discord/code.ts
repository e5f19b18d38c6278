/** Zero width space: what nobody sees, between backticks that would else be a fence of code. */
export const unseen = '\u200b';

/** Code within a line, of which each line is one of its own. */
export function literal(code: string): string {
  return code.toWellFormed().split('\n').map(ticked).join('\n');
}

function ticked(code: string): string {
  // A fence of three would begin a block.
  const safe = code.replace(/`(?=`)/g, `\`${unseen}`);
  if (safe === '') return '';
  const fence = safe.includes('`') ? '``' : '`';
  // Discord takes a blank for part of the fence where a backtick follows it.
  const apart = safe.replace(/^(?= *`)/, ' ').replace(/(` *)$/, '$1 ');
  return fence + apart + fence;
}

/** A block of code; nothing where there is none. */
export function fenced(code: string): string {
  const safe = code.toWellFormed().replace(/`(?=`)/g, `\`${unseen}`);
  return safe.trim() === '' ? '' : `\`\`\`\n${safe}\n\`\`\``;
}

/** Code as it was before it was drawn. */
export function seen(code: string): string {
  return code.replace(new RegExp(`\`${unseen}(?=\`)`, 'g'), '`');
}

import { type APIFileComponent, ComponentType } from 'discord.js';
import type { LineView } from '../connector.ts';
import { limits } from './limits.ts';

type Attachments = LineView['attachments'];

/** Bytes and number of the files that one message takes in every guild (docs.discord.com/developers/reference). */
const most = { bytes: 10 * 1_024 * 1_024, files: 8 };

/** The files that go with a line: the first that one message takes. The others are named in it. */
export function shownOf(attachments: Attachments): Attachments {
  let left = most.bytes;
  return attachments
    .filter(({ size }) => {
      if (size === 0 || size > left) return false;
      left -= size;
      return true;
    })
    .slice(0, most.files);
}

/** Whether a file goes with its line. */
export function isShown(attachment: Attachments[number], attachments: Attachments): boolean {
  return shownOf(attachments).includes(attachment);
}

/**
 * The names of these files in Discord: their own, in signs that its links can hold, and no two the same. They are the same
 * each time, so that an edited message names the files that it has.
 */
export function fileNames(shown: Attachments): readonly string[] {
  const names: string[] = [];
  for (const { id, name } of shown) {
    const plain = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .slice(-limits.fileName);
    names.push(names.includes(plain) ? `${id.slice(0, 8)}-${plain}`.slice(0, limits.fileName) : plain);
  }
  return names;
}

/** The files of a message of components are shown where a component names them. */
export function fileComponents(attachments: Attachments): APIFileComponent[] {
  return fileNames(shownOf(attachments)).map((name) => ({
    type: ComponentType.File,
    file: { url: `attachment://${name}` },
  }));
}

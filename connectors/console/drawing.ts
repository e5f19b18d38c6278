import type { Viewer } from '../../src/web/sessions.ts';
import type { Reader } from '../../src/web/text.tsx';
import { addressInWeb, type Channel } from './channels.ts';

/** Whom messages are drawn for, and where: in the list of a channel, or in the panel of a thread. */
export interface Drawing {
  readonly reader: Reader;
  readonly person: number;
  /** The address of the channel: `/c/helpdesk`. */
  readonly base: string;
  readonly list: 'channel' | 'thread';
}

/** How messages of a channel are drawn for somebody. */
export function drawingFor(viewer: Viewer, channel: Pick<Channel, 'key'>): Drawing {
  const reader = { zone: viewer.zone, now: new Date() };
  return { reader, person: viewer.person, base: addressInWeb(channel), list: 'channel' };
}
